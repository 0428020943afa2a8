import type { EntityManager } from 'typeorm';

type Row = Record<string, unknown>;

/**
 * Rows for several tables written as one statement with one parameter a table: one round trip for a whole batch.
 * Column names come from code, never from a request. Values are JSON (bytea as '\\x…' text).
 */
export class BulkInsert {
  readonly #tables = new Map<string, Row[]>();
  readonly #onConflict = new Map<string, string>();

  add(table: string, ...rows: readonly Row[]): this {
    const existing = this.#tables.get(table);
    if (existing) existing.push(...rows);
    else this.#tables.set(table, [...rows]);
    return this;
  }

  /** Rows that may be there already stay as they are (content-addressed ones). */
  addUnlessThere(table: string, ...rows: readonly Row[]): this {
    this.#onConflict.set(table, 'DO NOTHING');
    return this.add(table, ...rows);
  }

  /** Rows that take the place of those with the same key; all rows of the table, for one statement has one rule. */
  addOrReplace(table: string, key: string, ...rows: readonly Row[]): this {
    const columns = Object.keys(rows[0] ?? {}).filter((column) => column !== key);
    const changes = columns.map((column) => `${column} = excluded.${column}`);
    this.#onConflict.set(table, `(${key}) DO UPDATE SET ${changes.join(', ')}`);
    return this.add(table, ...rows);
  }

  async run(manager: EntityManager): Promise<void> {
    const parts: string[] = [];
    const parameters: string[] = [];
    for (const [table, rows] of this.#tables) {
      const first = rows[0];
      if (!first) continue;
      const columns = Object.keys(first).join(', ');
      // The first row names the columns of all: another's value would be dropped without a word.
      const odd = rows.find((row) => Object.keys(row).join(', ') !== columns);
      if (odd) throw new Error(`Rows of ${table} differ in their columns: ${columns}; ${Object.keys(odd).join(', ')}`);
      parameters.push(JSON.stringify(rows));
      const select = `SELECT ${columns} FROM json_populate_recordset(NULL::${table}, $${String(parameters.length)})`;
      const rule = this.#onConflict.get(table);
      const onConflict = rule === undefined ? '' : ` ON CONFLICT ${rule}`;
      parts.push(`i${String(parts.length)} AS (INSERT INTO ${table} (${columns}) ${select}${onConflict})`);
    }
    if (parts.length > 0) await manager.query(`WITH ${parts.join(', ')} SELECT`, parameters);
  }
}

/** bytea as PostgreSQL reads it from JSON text. */
export function byteaText(bytes: Uint8Array): string {
  return `\\x${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex')}`;
}
