import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock, type ConfigurationEntry } from '@app/kernel';
import { EventStore, UnitOfWork, Wake, currentCaller } from '@app/platform';
import type { PeriodVersion } from '../domain/dated-periods';
import { chainOf, type Chain, type ConfigurationAction, type VersionRow } from './chain';

interface Row {
  kind: string;
  key: string;
  office: string | null;
  version: number;
  valid_from: string;
  valid_to: string | null;
  data: unknown;
  retired: boolean;
  revision: number;
  action: ConfigurationAction;
  reason: string | null;
  changed_by: string;
  changed_at: Date;
}

const COLUMNS = `kind, key, office, version, valid_from::text, valid_to::text, data, retired, revision, action, reason,
                 changed_by, changed_at`;

/** A decision about an entry, as it is written down. */
export interface Decision {
  readonly kind: string;
  readonly key: string;
  readonly office: string | null;
  readonly action: ConfigurationAction;
  readonly reason: string;
  readonly versions: readonly PeriodVersion[];
}

/** The stored versions of configuration, read and written in the open transaction. */
@Injectable()
export class ConfigurationRows {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: EventStore,
    private readonly clock: Clock,
    private readonly wake: Wake,
  ) {}

  /** One decision at a time: whether an entry may end depends on all others. */
  async lock(): Promise<void> {
    await this.unitOfWork.manager.query(`SELECT pg_advisory_xact_lock(4208201)`);
  }

  /** Every entry of a kind, or of one key. */
  async chains(kind: string, key: string | null = null): Promise<Chain[]> {
    const rows: Row[] = await this.unitOfWork.manager.query(
      `SELECT ${COLUMNS} FROM configuration_entry WHERE kind = $1 AND ($2::text IS NULL OR key = $2)
        ORDER BY key, office NULLS FIRST, revision, valid_from`,
      [kind, key],
    );
    const byName = new Map<string, VersionRow[]>();
    for (const row of rows.map(toVersionRow)) {
      const name = `${row.key} ${row.office ?? ''}`;
      const known = byName.get(name);
      if (known) known.push(row);
      else byName.set(name, [row]);
    }
    return [...byName.values()].map(chainOf);
  }

  /** Everything that holds or will, of every kind, as this transaction sees it. */
  async liveEntries(): Promise<ConfigurationEntry[]> {
    const rows: Row[] = await this.unitOfWork.manager.query(
      `SELECT ${COLUMNS} FROM (
         SELECT DISTINCT ON (kind, key, coalesce(office, ''), valid_from) * FROM configuration_entry
          ORDER BY kind, key, coalesce(office, ''), valid_from, version DESC
       ) newest WHERE NOT retired`,
    );
    return rows.map(({ kind, key, office, valid_from, valid_to, data }) => ({
      kind,
      key,
      office,
      validFrom: valid_from,
      validTo: valid_to,
      data,
    }));
  }

  /** Adds the rows of a decision and their events. Returns the new version of the entry. */
  async write({ kind, key, office, action, reason, versions }: Decision): Promise<number> {
    const { manager } = this.unitOfWork;
    const [newest]: { revision: number }[] = await manager.query(
      `SELECT coalesce(max(revision), 0) + 1 AS revision FROM configuration_entry
        WHERE kind = $1 AND key = $2 AND office IS NOT DISTINCT FROM $3`,
      [kind, key, office],
    );
    const revision = newest?.revision ?? 1;
    // An office that is just added is nobody's yet.
    const { offices, system } = currentCaller();
    const eventOffice = system || (office !== null && offices.includes(office)) ? office : null;
    for (const { validFrom, validTo, data, retired } of versions) {
      const id = randomUUID();
      const [row]: { version: number }[] = await manager.query(
        `INSERT INTO configuration_entry
                (id, kind, key, office, version, valid_from, valid_to, data, retired, changed_by, changed_at, revision, action, reason)
         SELECT $1, $2, $3, $4, coalesce(max(version), 0) + 1, $5, $6, $7, $8, $9, $10, $11, $12, $13
           FROM configuration_entry
          WHERE kind = $2 AND key = $3 AND office IS NOT DISTINCT FROM $4 AND valid_from = $5
         RETURNING version`,
        [
          ...[id, kind, key, office, validFrom, validTo, JSON.stringify(data), retired],
          ...[currentCaller().actor.id, this.clock.now(), revision, action, reason],
        ],
      );
      // The data and the reason stay in their own table: an event names the entry only.
      const changed = { entryId: id, kind, key, version: row?.version ?? 0, validFrom, validTo, retired };
      await this.store.append([
        {
          stream: `configuration-${id}`,
          office: eventOffice,
          expectedVersion: 0,
          events: [
            {
              type: 'offices.configuration-changed',
              schemaVersion: 1,
              data: { ...changed, action, revision },
              effectiveAt: this.clock.now(),
            },
          ],
        },
      ]);
    }
    this.unitOfWork.afterCommit(() => this.wake.signal('configuration'));
    return revision;
  }
}

function toVersionRow(row: Row): VersionRow {
  const { valid_from, valid_to, changed_by, changed_at, ...same } = row;
  return { ...same, validFrom: valid_from, validTo: valid_to, changedBy: changed_by, changedAt: changed_at };
}
