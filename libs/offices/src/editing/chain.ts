import { differencesOf, type FieldDifference } from '../domain/differences';
import { applyVersions, periodOn, type Period } from '../domain/dated-periods';

export type ConfigurationAction = 'shipped' | 'add' | 'change' | 'end' | 'retire' | 'revert';

/** A stored version of one period of an entry. */
export interface VersionRow {
  readonly kind: string;
  readonly key: string;
  readonly office: string | null;
  readonly version: number;
  readonly validFrom: string;
  readonly validTo: string | null;
  readonly data: unknown;
  readonly retired: boolean;
  readonly revision: number;
  readonly action: ConfigurationAction;
  readonly reason: string | null;
  readonly changedBy: string;
  readonly changedAt: Date;
}

/** One decision about an entry, with what it changed. */
export interface Revision {
  readonly version: number;
  readonly action: ConfigurationAction;
  readonly reason: string | null;
  readonly changedBy: string;
  readonly changedAt: Date;
  readonly validFrom: string;
  readonly validTo: string | null;
  readonly data: unknown;
  readonly differences: readonly FieldDifference[];
}

/** One entry of one office (or of all) through time. `version` counts the decisions about it. */
export interface Chain {
  readonly kind: string;
  readonly key: string;
  readonly office: string | null;
  readonly version: number;
  readonly periods: readonly Period[];
  /** The newest first. */
  readonly revisions: readonly Revision[];
}

/** In force on the day; not yet; no longer, as it had an end; or taken out by a decision. */
export type ChainStatus = 'in-force' | 'future' | 'past' | 'retired';

/** Puts the versions of one entry together. */
export function chainOf(rows: readonly VersionRow[]): Chain {
  const [first] = rows;
  if (first === undefined) throw new Error('An entry has at least one version');
  const byRevision = new Map<number, VersionRow[]>();
  for (const row of [...rows].sort((a, b) => a.revision - b.revision || a.version - b.version)) {
    byRevision.set(row.revision, [...(byRevision.get(row.revision) ?? []), row]);
  }
  let periods: Period[] = [];
  const revisions: Revision[] = [];
  for (const [version, changed] of byRevision) {
    const main = mainOf(changed);
    const before =
      periodOn(periods, main.validFrom) ?? periods.filter((each) => each.validFrom < main.validFrom).at(-1);
    const { action, reason, changedBy, changedAt, validFrom, validTo, data } = main;
    const differences = before === undefined ? [] : differencesOf(before.data, data);
    revisions.unshift({ version, action, reason, changedBy, changedAt, validFrom, validTo, data, differences });
    periods = applyVersions(periods, changed);
  }
  const { kind, key, office } = first;
  return { kind, key, office, version: revisions[0]?.version ?? 0, periods, revisions };
}

/** The row that says what a decision was about: the last period that it left, else the last that it took away. */
function mainOf(rows: readonly VersionRow[]): VersionRow {
  const kept = rows.filter(({ retired }) => !retired);
  const [main] = [...(kept.length > 0 ? kept : rows)].sort((a, b) => (a.validFrom < b.validFrom ? 1 : -1));
  if (main === undefined) throw new Error('A decision has at least one row');
  return main;
}

export function statusOf({ periods, revisions }: Chain, today: string): ChainStatus {
  if (periodOn(periods, today)) return 'in-force';
  if (periods.some(({ validFrom }) => validFrom > today)) return 'future';
  return revisions[0]?.action === 'retire' || periods.length === 0 ? 'retired' : 'past';
}

/** The period that an entry is shown by: today's, else the next one, else the last one that held. */
export function shownPeriod({ periods, revisions }: Chain, today: string): Period {
  const shown = periodOn(periods, today) ?? periods.find(({ validFrom }) => validFrom > today) ?? periods.at(-1);
  if (shown) return shown;
  const [last] = revisions;
  if (last === undefined) throw new Error('An entry has at least one version');
  return { validFrom: last.validFrom, validTo: last.validTo, data: last.data };
}
