import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock, DomainError, type ConfigurationEntry } from '@app/kernel';
import { EventStore, UnitOfWork, Wake, currentCaller, runAs, systemCaller } from '@app/platform';

const STALE_AFTER_MS = 5_000;

interface EntryRow {
  kind: string;
  key: string;
  office: string | null;
  version: number;
  valid_from: string;
  valid_to: string | null;
  data: unknown;
}

/** A change was made from an older version of the entry than the one in force. */
export class ConfigurationChangedMeanwhile extends DomainError {
  readonly code = 'offices.configuration-changed-meanwhile';
  readonly kind = 'conflict';
  constructor() {
    super('This setting was changed by somebody else in the meantime. Look again and repeat.');
  }
}

/**
 * Dated, versioned configuration: the newest version of each entry, kept in memory for a few seconds. A change adds a
 * version and never rewrites the past.
 */
@Injectable()
export class Configuration {
  #byKind: Promise<ReadonlyMap<string, readonly ConfigurationEntry[]>> | null = null;
  #loadedAt = 0;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: EventStore,
    private readonly clock: Clock,
    private readonly wake: Wake,
  ) {
    wake.on('configuration', () => (this.#byKind = null));
  }

  /** All entries of a kind, of every office and date. The array is the same object until something changes. */
  async entries<E extends ConfigurationEntry>(kind: E['kind']): Promise<readonly E[]> {
    const byKind = await this.load();
    return (byKind.get(kind) ?? []) as readonly E[];
  }

  /** Adds a version of an entry in the open transaction. `expectedVersion` is 0 for a new one. */
  async change(entry: ConfigurationEntry, expectedVersion: number, retired = false): Promise<void> {
    const manager = this.unitOfWork.manager;
    const [latest]: { version: number }[] = await manager.query(
      `SELECT coalesce(max(version), 0) AS version FROM configuration_entry
        WHERE kind = $1 AND key = $2 AND coalesce(office, '') = coalesce($3, '') AND valid_from = $4`,
      [entry.kind, entry.key, entry.office, entry.validFrom],
    );
    if (latest?.version !== expectedVersion) throw new ConfigurationChangedMeanwhile();
    const id = randomUUID();
    await manager.query(
      `INSERT INTO configuration_entry (id, kind, key, office, version, valid_from, valid_to, data, retired, changed_by)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [
        id,
        entry.kind,
        entry.key,
        entry.office,
        expectedVersion + 1,
        entry.validFrom,
        entry.validTo,
        entry.data,
        retired,
        currentCaller().actor.id,
      ],
    );
    await this.store.append([
      {
        stream: `configuration-${id}`,
        office: entry.office,
        expectedVersion: 0,
        events: [
          {
            type: 'offices.configuration-changed',
            schemaVersion: 1,
            data: {
              entryId: id,
              kind: entry.kind,
              key: entry.key,
              version: expectedVersion + 1,
              validFrom: entry.validFrom,
              validTo: entry.validTo,
              retired,
            },
            effectiveAt: this.clock.now(),
          },
        ],
      },
    ]);
    this.unitOfWork.afterCommit(() => this.wake.signal('configuration'));
  }

  private load(): Promise<ReadonlyMap<string, readonly ConfigurationEntry[]>> {
    if (!this.#byKind || Date.now() - this.#loadedAt > STALE_AFTER_MS) {
      this.#loadedAt = Date.now();
      const previous = this.#byKind;
      this.#byKind = this.read(previous).catch((error: unknown) => {
        this.#byKind = null;
        throw error;
      });
    }
    return this.#byKind;
  }

  private async read(
    previous: Promise<ReadonlyMap<string, readonly ConfigurationEntry[]>> | null,
  ): Promise<ReadonlyMap<string, readonly ConfigurationEntry[]>> {
    const rows = await runAs(systemCaller('configuration'), () =>
      this.unitOfWork.run((manager): Promise<EntryRow[]> =>
        manager.query(
          `SELECT * FROM (
               SELECT DISTINCT ON (kind, key, coalesce(office, ''), valid_from)
                      kind, key, office, version, valid_from::text, valid_to::text, data, retired
                 FROM configuration_entry ORDER BY kind, key, coalesce(office, ''), valid_from, version DESC
             ) newest WHERE NOT retired`,
        ),
      ),
    );
    const fingerprint = rows.map(
      (row) => `${row.kind} ${row.key} ${row.office ?? ''} ${row.valid_from} ${String(row.version)}`,
    );
    // Compiled rules are cached by array identity: an unchanged configuration keeps its objects.
    const unchanged = await previous?.catch(() => undefined);
    if (unchanged && FINGERPRINTS.get(unchanged) === fingerprint.join('\n')) return unchanged;
    const byKind = new Map<string, ConfigurationEntry[]>();
    for (const row of rows) {
      const entry: ConfigurationEntry = {
        kind: row.kind,
        key: row.key,
        office: row.office,
        validFrom: row.valid_from,
        validTo: row.valid_to,
        data: row.data,
      };
      const entries = byKind.get(row.kind);
      if (entries) entries.push(entry);
      else byKind.set(row.kind, [entry]);
    }
    FINGERPRINTS.set(byKind, fingerprint.join('\n'));
    return byKind;
  }
}

const FINGERPRINTS = new WeakMap<object, string>();
