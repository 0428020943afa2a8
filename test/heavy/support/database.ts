import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';

/** One statement on a connection of its own, so that a restart of the server in between does no harm. */
export async function rowsOf<T>(url: string, sql: string, values: readonly unknown[] = []): Promise<T[]> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query(sql, [...values])).rows as T[];
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** The only row of a statement that always gives one. */
export async function rowOf<T>(url: string, sql: string, values: readonly unknown[] = []): Promise<T> {
  const [row] = await rowsOf<T>(url, sql, values);
  if (row === undefined) throw new Error('The statement gave no row');
  return row;
}

/** What has not reached its end yet. */
export interface Backlog {
  readonly open_work: number;
  readonly stopped_work: number;
  readonly unfiled: number;
  readonly unnumbered: number;
  readonly unread_by_projections: number;
  readonly unsent: number;
}

const BACKLOG = `
  SELECT (SELECT count(*) FROM outbox WHERE state = 'open')::int AS open_work,
         (SELECT count(*) FROM outbox WHERE state <> 'open')::int AS stopped_work,
         (SELECT count(*) FROM intake_item WHERE outcome IS NULL)::int AS unfiled,
         (SELECT count(*) FROM event_log WHERE position IS NULL)::int AS unnumbered,
         (SELECT coalesce(sum(head.position - c.position), 0) FROM projection_checkpoint c,
                 (SELECT max(position) AS position FROM event_log WHERE position IS NOT NULL) head)::int AS unread_by_projections,
         (SELECT count(*) FROM outgoing_message WHERE status IN ('queued', 'sending'))::int AS unsent`;

/**
 * Waits until nothing is left to be done. Slow machines are waited for as long as something moves.
 * @throws Error when nothing has moved for `stallMs`.
 */
export async function untilDrained(url: string, stallMs = 120_000): Promise<void> {
  let [last, movedAt] = ['', Date.now()];
  for (;;) {
    const backlog = await rowOf<Backlog>(url, BACKLOG).catch(() => null);
    if (backlog && Object.values(backlog).every((count) => count === 0)) return;
    const now = JSON.stringify(backlog);
    if (now !== last) [last, movedAt] = [now, Date.now()];
    else if (Date.now() - movedAt > stallMs) throw new Error(`Nothing moves any more: ${now}. ${await stuck(url)}`);
    await sleep(250);
  }
}

async function stuck(url: string): Promise<string> {
  const work = await rowsOf(
    url,
    `SELECT consumer, state, attempt, last_error, count(*)::int FROM outbox GROUP BY 1, 2, 3, 4 ORDER BY 5 DESC LIMIT 5`,
  ).catch((error: unknown) => String(error));
  return JSON.stringify(work);
}
