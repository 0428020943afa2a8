// The floor: what PostgreSQL itself does with the same rows, one transaction per item, as one prepared statement
// without any service between. Numbers come from the client, so that no counter row is waited for.
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import pg from 'pg';
import { LETTER } from './http-load.mjs';

const STATEMENT = `
WITH content AS (
  INSERT INTO stored_content (office, sha256, size_bytes, bytes) VALUES ($1, $2, $3, $4) RETURNING 1
), person AS (
  INSERT INTO correspondent (id, office, match_key, name, email, postcode, capacity)
  VALUES ($5, $1, $6, $7, $8, 'SY7 9ZZ', 'member-of-public')
  ON CONFLICT (office, match_key) WHERE match_key IS NOT NULL DO UPDATE SET name = correspondent.name RETURNING id
), c AS (
  INSERT INTO case_file (id, office, reference, reference_year, reference_number, kind, priority, status, queue, subject,
    channel, correspondent_id, risk_level, answerable, acknowledgement_held, received_at, received_on, acknowledge_by,
    respond_by, update_by, next_deadline, version)
  SELECT $9, $1, $10, 2026, $11, 'correspondence', 'normal', 'received', 'triage', $12, 'email', person.id, 'none', true,
    false, now(), current_date, current_date + 3, current_date + 20, current_date + 20, current_date + 3, 1 FROM person
  RETURNING id
), m AS (
  INSERT INTO case_message (id, case_id, office, direction, channel, at, from_name, from_address, subject, text, intake_item_id)
  SELECT $13, c.id, $1, 'inbound', 'email', now(), $7, $8, $12, $14, $15 FROM c RETURNING 1
), d AS (
  INSERT INTO deadline (id, case_id, office, clock, policy, from_day, calendar_version, due_on, status, created_at)
  SELECT gen_random_uuid(), c.id, $1, clock, '{"rule":"acknowledge","unit":"working-days","count":3,"region":"england-and-wales","dayZero":"receipt","rollForward":"none"}',
    current_date, 1, current_date + 20, 'open', now() FROM c, unnest(ARRAY['acknowledge', 'reply', 'update']) AS clock RETURNING 1
), i AS (
  INSERT INTO intake_item (id, office, source, mailbox, channel, sha256, size_bytes, received_at, received_on, outcome, case_id, filed_at)
  SELECT $15, $1, 'api', 'api', 'email', $2, $3, now(), current_date, 'case-opened', c.id, now() FROM c RETURNING 1
), h AS (
  INSERT INTO stream_head (stream, office, version, hash) VALUES ($16, $1, 1, $2) RETURNING 1
), e AS (
  INSERT INTO event_log (id, stream, version, type, schema_version, office, data, metadata, effective_at, recorded_at, hash)
  VALUES ($17, $16, 1, 'casework.case-opened', 1, $1, $18, $19, now(), now(), $2) RETURNING id
)
INSERT INTO outbox (message_id, consumer, queue, source, office)
SELECT e.id, consumer, 'triage', 'event', $1 FROM e,
  unnest(ARRAY['casework.triage', 'casework.acknowledge', 'casework.risk-alert']) AS consumer`;

/** Items a second with `clients` connections, each one transaction after the other. */
export async function runFloor({ databaseUrl, clients, seconds }) {
  const text = `Dear Commissioner,\n\n${LETTER}\n\nYours faithfully`;
  const run = randomBytes(4).toString('hex');
  let done = 0;
  const connections = await Promise.all(
    Array.from({ length: clients }, async () => {
      const client = new pg.Client({ connectionString: databaseUrl });
      await client.connect();
      return client;
    }),
  );
  const start = performance.now();
  const until = start + seconds * 1000;
  await Promise.all(
    connections.map(async (client) => {
      while (performance.now() < until) {
        const n = done++;
        const id = randomUUID();
        const raw = Buffer.from(JSON.stringify({ text, n, run }));
        const digest = createHash('sha256').update(raw).digest();
        const name = `Test Person ${n % 500}`;
        await client.query('BEGIN');
        await client.query({
          name: 'floor',
          text: STATEMENT,
          values: [
            'floor',
            digest,
            raw.length,
            raw,
            randomUUID(),
            `email:person-${n % 500}@mail.example`,
            name,
            `person-${n % 500}@mail.example`,
            id,
            `F-${run}-${n}`,
            parseInt(run.slice(0, 4), 16) * 20_000 + n,
            `Speeding on the road through Mockton, letter ${n}`,
            randomUUID(),
            text,
            randomUUID(),
            `case-${id}`,
            randomUUID(),
            JSON.stringify({
              caseId: id,
              reference: `F-${run}-${n}`,
              kind: 'correspondence',
              channel: 'email',
              priority: 'normal',
              riskLevel: 'none',
              answerable: true,
              counted: true,
              deadlines: [1, 2, 3].map(() => ({
                clock: 'acknowledge',
                rule: 'acknowledge',
                dueOn: '2026-11-25',
                calendarVersion: 1,
              })),
            }),
            JSON.stringify({
              actor: { kind: 'service', id: 'bench' },
              office: 'floor',
              correlationId: id,
              causationId: null,
              effectiveAt: '2026-11-22T00:00:00Z',
              recordedAt: '2026-11-22T00:00:00Z',
            }),
          ],
        });
        await client.query('COMMIT');
      }
    }),
  );
  const elapsed = (performance.now() - start) / 1000;
  await Promise.all(connections.map((client) => client.end()));
  return { perSecond: done / elapsed, done };
}
