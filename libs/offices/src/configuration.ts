import { Injectable } from '@nestjs/common';
import type { ConfigurationEntry } from '@app/kernel';
import { UnitOfWork, Wake, runAs, systemCaller } from '@app/platform';

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

/**
 * Dated, versioned configuration: the newest version of each period of each entry, kept in memory for a few seconds.
 * `ConfigurationEditor` changes it.
 */
@Injectable()
export class Configuration {
  #byKind: Promise<ReadonlyMap<string, readonly ConfigurationEntry[]>> | null = null;
  #loadedAt = 0;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    wake: Wake,
  ) {
    wake.on('configuration', () => (this.#byKind = null));
  }

  /** All entries of a kind, of every office and date. The array is the same object until something changes. */
  async entries<E extends ConfigurationEntry>(kind: E['kind']): Promise<readonly E[]> {
    const byKind = await this.load();
    return (byKind.get(kind) ?? []) as readonly E[];
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
