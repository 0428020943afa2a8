import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { HttpConnection, correspondenceRequest } from './http-load.mjs';

/** Logs items at a steady rate and says how long after its 201 each case was routed, by the event's own time. */
export async function openLoopLatency({ port, token, databaseUrl, perSecond, seconds }) {
  const connections = await Promise.all(Array.from({ length: 16 }, () => new HttpConnection(port).open()));
  const free = [...connections];
  const answered = new Map();
  const pending = [];
  const start = performance.now();
  const total = perSecond * seconds;
  for (let n = 0; n < total; n++) {
    const due = start + (n * 1000) / perSecond;
    const wait = due - performance.now();
    if (wait > 1) await sleep(wait);
    while (free.length === 0) await sleep(1);
    const connection = free.pop();
    pending.push(
      connection.request(correspondenceRequest(token, n)).then(({ status, body }) => {
        if (status === 201) answered.set(JSON.parse(body).id, Date.now());
        free.push(connection);
      }),
    );
  }
  await Promise.all(pending);
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const delays = [];
  for (let tries = 0; tries < 240 && delays.length < answered.size; tries++) {
    await sleep(500);
    const { rows } = await client.query(
      `SELECT c.id, e.recorded_at FROM event_log e JOIN case_file c ON e.stream = 'case-' || c.id
        WHERE e.type = 'casework.case-routed' AND c.id = ANY($1)`,
      [[...answered.keys()]],
    );
    delays.length = 0;
    for (const row of rows) delays.push(Math.max(0, row.recorded_at.getTime() - answered.get(row.id)));
  }
  await client.end();
  for (const connection of connections) connection.close();
  delays.sort((a, b) => a - b);
  const at = (share) => delays[Math.min(delays.length - 1, Math.floor(delays.length * share))] ?? null;
  return { sent: total, answered: answered.size, routed: delays.length, p50: at(0.5), p95: at(0.95), max: at(1) };
}
