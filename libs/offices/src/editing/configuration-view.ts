import { currentCaller } from '@app/platform';
import type { FieldDifference } from '../domain/differences';
import type { Period } from '../domain/dated-periods';
import { titleOfEntry } from '../kinds/configuration-kinds';
import { shownPeriod, statusOf, type Chain, type ChainStatus, type ConfigurationAction } from './chain';

/** An entry as it is listed. Instants are ISO UTC, days are London days. */
export interface ConfigurationView {
  readonly kind: string;
  readonly key: string;
  /** Null: shared by all offices. */
  readonly office: string | null;
  readonly title: string;
  readonly status: ChainStatus;
  /** How many decisions there were about it: what a change must name. */
  readonly version: number;
  /** Of what is shown: what holds today, else what comes next, else what held last. */
  readonly validFrom: string;
  readonly validTo: string | null;
  readonly data: unknown;
  /** The day from which it says something else, when that is planned. */
  readonly changesOn: string | null;
  readonly changedBy: string;
  readonly changedAt: string;
  /** Whether the caller's offices answer for it: an entry of all offices needs all of them. */
  readonly isOwn: boolean;
}

export interface RevisionView {
  readonly version: number;
  readonly action: ConfigurationAction;
  readonly reason: string | null;
  readonly changedBy: string;
  readonly changedAt: string;
  readonly validFrom: string;
  readonly validTo: string | null;
  readonly data: unknown;
  /** Against what held on its first day before. */
  readonly differences: readonly FieldDifference[];
}

/** An entry with everything that was ever decided about it. */
export interface ConfigurationHistory extends ConfigurationView {
  readonly periods: readonly Period[];
  /** The newest first. */
  readonly history: readonly RevisionView[];
}

export function viewOf(chain: Chain, today: string, isOwn: boolean): ConfigurationView {
  const { validFrom, validTo, data } = shownPeriod(chain, today);
  const [last] = chain.revisions;
  return {
    kind: chain.kind,
    key: chain.key,
    office: chain.office,
    title: titleOfEntry(chain.key, data),
    status: statusOf(chain, today),
    version: chain.version,
    validFrom,
    validTo,
    data,
    changesOn: chain.periods.find((each) => each.validFrom > validFrom && each.validFrom > today)?.validFrom ?? null,
    changedBy: last?.changedBy ?? '',
    changedAt: last?.changedAt.toISOString() ?? '',
    isOwn,
  };
}

export function historyOf(chain: Chain, today: string, isOwn: boolean): ConfigurationHistory {
  return {
    ...viewOf(chain, today, isOwn),
    periods: chain.periods,
    history: chain.revisions.map((each) => ({ ...each, changedAt: each.changedAt.toISOString() })),
  };
}

/** Whether the caller may know of an entry: shared ones hold in every office. */
export function isVisible(office: string | null): boolean {
  const { offices, system } = currentCaller();
  return system || office === null || offices.includes(office);
}
