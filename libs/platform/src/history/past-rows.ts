import type { EntityManager } from 'typeorm';
import { BulkInsert } from '../persistence/bulk-insert';

/**
 * Rows of many cases, collected until they are written: one statement for rows of a table with the same columns, and
 * the tables that others point to first.
 */
export class PastRows extends BulkInsert {
  #groups = new Map<string, { readonly table: string; readonly bulk: BulkInsert }>();
  #count = 0;

  constructor(private readonly parents: readonly string[]) {
    super();
  }

  /** How many wait to be written. */
  get size(): number {
    return this.#count;
  }

  override add(table: string, ...rows: readonly Record<string, unknown>[]): this {
    for (const row of rows) this.group(table, row).add(table, row);
    this.#count += rows.length;
    return this;
  }

  override addUnlessThere(table: string, ...rows: readonly Record<string, unknown>[]): this {
    for (const row of rows) this.group(table, row).addUnlessThere(table, row);
    this.#count += rows.length;
    return this;
  }

  override async run(manager: EntityManager): Promise<void> {
    const rank = (table: string): number => (this.parents.includes(table) ? this.parents.indexOf(table) : 1000);
    const groups = [...this.#groups.values()].sort((a, b) => rank(a.table) - rank(b.table));
    this.#groups = new Map();
    this.#count = 0;
    for (const { bulk } of groups) await bulk.run(manager);
  }

  private group(table: string, row: Record<string, unknown>): BulkInsert {
    const key = `${table} ${Object.keys(row).join(' ')}`;
    const known = this.#groups.get(key);
    if (known) return known.bulk;
    const bulk = new BulkInsert();
    this.#groups.set(key, { table, bulk });
    return bulk;
  }
}
