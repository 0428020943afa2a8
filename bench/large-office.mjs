// Fills a migrated and seeded database with many cases of one office, by SQL: rows as the service writes them, for
// measuring pages that list. There is no event log behind them, so neither figures nor the certificate know them.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import pg from 'pg';

const require = createRequire(import.meta.url);
const dist = join(import.meta.dirname, '..', 'dist');
const YEARS_BACK = 12;
const BATCH = 10_000;

/**
 * `cases` in all, `open` of them open; the open ones are the newest. Returns the references of the open ones.
 * `onProgress` is told how many are written.
 */
export async function fillLargeOffice(
  databaseUrl,
  { cases, open, office = 'west-mercia', assignees = [], onProgress = () => undefined },
) {
  const { formatReference } = require(join(dist, 'libs/kernel/src/index.js'));
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const found = await client.query(
      `SELECT data ->> 'code' AS code FROM configuration_entry WHERE kind = 'office' AND key = $1`,
      [office],
    );
    const officeCode = found.rows[0].code;
    // Numbers of long ago, a year at a time, so that they meet no others.
    const year = new Date().getUTCFullYear() - YEARS_BACK;
    const references = Array.from({ length: cases }, (_, index) =>
      formatReference({ officeCode, year, number: index + 1 }),
    );
    const people = Math.max(1, Math.floor(cases / 4));
    await client.query(
      `INSERT INTO correspondent (id, office, match_key, name, email, postcode)
       SELECT md5('person ' || n)::uuid, $1, 'email:large' || n || '@mail.example', 'Sample Person ' || n,
              'large' || n || '@mail.example', 'WR' || 1 + n % 9 || ' 9ZZ' FROM generate_series(1, $2::int) n`,
      [office, people],
    );
    for (let first = 0; first < cases; first += BATCH) {
      const batch = references.slice(first, first + BATCH);
      await client.query('BEGIN');
      await client.query(CASES, [office, year, first, cases - open, people, batch, assignees]);
      await client.query(MESSAGES, [office, first, batch.length]);
      await client.query(DEADLINES, [office, first, batch.length, cases - open]);
      await client.query('COMMIT');
      onProgress(Math.min(cases, first + BATCH));
    }
    await client.query(
      `INSERT INTO reference_counter (office, year, last_number) VALUES ($1, $2, $3)
       ON CONFLICT (office, year) DO UPDATE SET last_number = excluded.last_number`,
      [office, year, cases],
    );
    await client.query(`VACUUM ANALYZE case_file, case_message, deadline, correspondent`);
    return references.slice(cases - open);
  } finally {
    await client.end();
  }
}

// Numbers above the closed ones are open: received in the last forty days, due around today.
const CASES = `
  INSERT INTO case_file (id, office, reference, reference_year, reference_number, kind, category, priority, status, queue,
    assignee, subject, channel, correspondent_id, area, risk_level, answerable, acknowledgement_held, received_at,
    received_on, acknowledged_at, answered_at, closed_at, close_reason, acknowledge_by, respond_by, update_by,
    next_deadline, version)
  SELECT md5('case ' || n)::uuid, $1, r.reference, $2, n, 'correspondence',
    (ARRAY['operational-issue', 'police-complaint', 'compliment', 'general-enquiry', 'foi-request', 'mp-letter'])[1 + n % 6],
    (ARRAY['normal', 'normal', 'normal', 'low', 'high', 'urgent'])[1 + n % 6],
    CASE WHEN n <= $4 THEN 'closed' ELSE (ARRAY['triaged', 'in-progress', 'allocated', 'drafted', 'paused'])[1 + n % 5] END,
    (ARRAY['casework', 'triage', 'engagement', 'information-rights', 'commissioner'])[1 + n % 5],
    CASE WHEN n % 3 = 0 OR cardinality($7::text[]) = 0 THEN NULL
         ELSE ($7::text[])[1 + n % greatest(cardinality($7::text[]), 1)] END,
    'Letter ' || n || ' about speeding and other matters', (ARRAY['email', 'web-form', 'phone', 'letter'])[1 + n % 4],
    md5('person ' || 1 + n % $5::int)::uuid, NULL, 'none', true, false, d.received, d.received::date, d.received,
    CASE WHEN n <= $4 THEN d.received + interval '15 days' END, CASE WHEN n <= $4 THEN d.received + interval '18 days' END,
    CASE WHEN n <= $4 THEN 'answered' END, (d.received + interval '3 days')::date, (d.received + interval '28 days')::date,
    (d.received + interval '28 days')::date, CASE WHEN n > $4 THEN (d.received + interval '28 days')::date END, 9
    FROM unnest($6::text[]) WITH ORDINALITY AS r (reference, place)
    CROSS JOIN LATERAL (SELECT $3::int + r.place::int AS n) i
    CROSS JOIN LATERAL (SELECT business_now() - CASE WHEN n <= $4 THEN make_interval(days => 60 + n % 3000)
                                                     ELSE make_interval(days => n % 40, mins => n % 1440) END AS received) d`;

const MESSAGES = `
  INSERT INTO case_message (id, case_id, office, direction, channel, at, from_name, from_address, subject, text)
  SELECT md5('message ' || n)::uuid, c.id, $1, 'inbound', c.channel, c.received_at, p.name, p.email, c.subject,
    'Dear Commissioner, cars race through our village. Letter ' || n || ' of many about ' ||
    (ARRAY['lorries', 'bikes', 'noise', 'patrols', 'drugs', 'hare coursing', 'the budget'])[1 + n % 7] || '.'
    FROM generate_series($2::int + 1, $2::int + $3::int) n
    JOIN case_file c ON c.id = md5('case ' || n)::uuid JOIN correspondent p ON p.id = c.correspondent_id`;

const DEADLINES = `
  INSERT INTO deadline (id, case_id, office, clock, policy, from_day, calendar_version, due_on, status, met_on, warned_at,
    escalated_at, created_at)
  SELECT md5(k.clock || ' ' || n)::uuid, c.id, $1, k.clock, '{}', c.received_on, 1, k.due,
    CASE WHEN n <= $4::int THEN 'met' WHEN k.due < business_now()::date THEN 'missed' ELSE 'open' END,
    CASE WHEN n <= $4::int THEN c.answered_at::date END, c.received_at, c.received_at, c.received_at
    FROM generate_series($2::int + 1, $2::int + $3::int) n JOIN case_file c ON c.id = md5('case ' || n)::uuid
    CROSS JOIN LATERAL (VALUES ('reply', c.respond_by), ('update', c.update_by)) AS k (clock, due)`;
