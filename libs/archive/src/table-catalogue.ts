import type { Client } from 'pg';

/** A table of the archive: its writable columns, and a place in an order in which foreign keys hold. */
export interface TableShape {
  readonly name: string;
  readonly columns: readonly string[];
}

/** Not content: made by migrations, or rebuilt at will. */
const LEFT_OUT = ['schema_migration'];

/** The tables of the service, those that others refer to first. */
export async function readTables(client: Client): Promise<TableShape[]> {
  const { rows } = await client.query<{ name: string; columns: string[]; needs: string[] }>(
    `SELECT t.relname AS name,
            (SELECT array_agg(a.attname::text ORDER BY a.attnum) FROM pg_attribute a
              WHERE a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '') AS columns,
            coalesce((SELECT array_agg(DISTINCT f.relname::text) FROM pg_constraint c JOIN pg_class f ON f.oid = c.confrelid
              WHERE c.conrelid = t.oid AND c.contype = 'f' AND f.oid <> t.oid), '{}') AS needs
       FROM pg_class t WHERE t.relnamespace = 'public'::regnamespace AND t.relkind = 'r' AND NOT t.relname = ANY($1)
      ORDER BY t.relname`,
    [LEFT_OUT],
  );
  const ordered: TableShape[] = [];
  const done = new Set<string>();
  while (ordered.length < rows.length) {
    const ready = rows.filter((row) => !done.has(row.name) && row.needs.every((need) => done.has(need)));
    if (ready.length === 0) throw new Error('Tables refer to each other in a circle');
    for (const { name, columns } of ready) {
      ordered.push({ name, columns });
      done.add(name);
    }
  }
  return ordered;
}

/** Names of the migrations that made the schema, in order. */
export async function readMigrations(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(`SELECT name FROM schema_migration ORDER BY timestamp`);
  return rows.map((row) => row.name);
}

export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
