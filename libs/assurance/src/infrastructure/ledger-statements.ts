import { LONGEST_LIST } from '../domain/reconciliation';

/** $1 and $2: the first and the last day; $3: the offices, null for all. */
export const ITEMS = `
  WITH judged AS MATERIALIZED (
    SELECT i.id, i.office, i.mailbox, i.received_on, i.received_at, i.outcome,
           CASE WHEN content.sha256 IS NULL THEN 'Its content as received is not stored'
                WHEN i.outcome IS NULL AND i.received_at > (SELECT business_now() - interval '5 minutes') THEN 'pending'
                WHEN i.outcome IS NULL THEN 'Received more than five minutes ago and not filed'
                WHEN own.id IS NULL THEN 'Filed, but its case does not exist'
                WHEN message.id IS NULL THEN 'Filed, but its message is on no case'
           END AS verdict
      FROM intake_item i
      LEFT JOIN (SELECT office, sha256 FROM stored_content) content ON (content.office, content.sha256) = (i.office, i.sha256)
      LEFT JOIN (SELECT id FROM case_file) own ON own.id = i.case_id
      LEFT JOIN (SELECT DISTINCT intake_item_id AS id FROM case_message WHERE direction = 'inbound') message ON message.id = i.id
     WHERE i.received_on BETWEEN $1 AND $2 AND ($3::text[] IS NULL OR i.office = ANY ($3))
  )
  SELECT (SELECT coalesce(jsonb_agg(t), '[]')
            FROM (SELECT received_on AS day, mailbox, outcome, count(*) FILTER (WHERE verdict IS NULL) AS accounted,
                         count(*) FILTER (WHERE verdict = 'pending') AS pending,
                         count(*) FILTER (WHERE verdict <> 'pending') AS unaccounted
                    FROM judged GROUP BY 1, 2, 3) t) AS tallies,
         (SELECT coalesce(jsonb_agg(f), '[]')
            FROM (SELECT id, office, mailbox, received_at AS "receivedAt", verdict AS why
                    FROM judged WHERE verdict <> 'pending'
                   ORDER BY received_at, id LIMIT ${String(LONGEST_LIST)}) f) AS faults`;

export const REDELIVERIES = `
  SELECT r.received_on::text AS day, i.mailbox, count(*)::int AS times
    FROM intake_redelivery r JOIN intake_item i ON i.id = r.item_id
   WHERE r.received_on BETWEEN $1 AND $2 AND ($3::text[] IS NULL OR r.office = ANY ($3))
   GROUP BY 1, 2`;

export const CASES_WITHOUT_OPENING = `
  SELECT c.id, c.office, c.reference, c.received_at AS "receivedAt", count(*) OVER ()::int AS total
    FROM case_file c
   WHERE c.received_on BETWEEN $1 AND $2 AND ($3::text[] IS NULL OR c.office = ANY ($3))
     AND NOT EXISTS (SELECT FROM event_log e
                      WHERE e.stream = 'case-' || c.id AND e.version = 1 AND e.type = 'casework.case-opened')
   ORDER BY c.received_at, c.id LIMIT ${String(LONGEST_LIST)}`;

function openCases(condition: string): string {
  return `
    SELECT c.id, c.reference, c.office, c.status, c.received_on::text AS "receivedOn", count(*) OVER ()::int AS total
      FROM case_file c
     WHERE c.closed_at IS NULL AND c.status <> 'quarantined' AND ($1::text[] IS NULL OR c.office = ANY ($1))
       AND ${condition}
     ORDER BY c.received_on, c.id LIMIT ${String(LONGEST_LIST)}`;
}

export const OWNERLESS = openCases(`c.assignee IS NULL AND c.queue IS NULL`);

export const CLOCKLESS = openCases(
  `c.answerable AND c.answered_at IS NULL AND c.paused_since IS NULL AND c.next_deadline IS NULL`,
);

export const NUMBERING_FAULTS = `
  WITH used AS (
    SELECT office, reference_year AS year, count(DISTINCT reference_number) AS numbers, max(reference_number) AS highest
      FROM case_file WHERE $1::text[] IS NULL OR office = ANY ($1) GROUP BY 1, 2
  ), book AS (
    SELECT office, year, coalesce(last_number, 0) AS last, coalesce(numbers, 0) AS numbers, coalesce(highest, 0) AS highest
      FROM (SELECT * FROM reference_counter WHERE $1::text[] IS NULL OR office = ANY ($1)) counter
      FULL JOIN used USING (office, year)
  ), fault AS (
    SELECT office, year, number, 'No case has this number' AS why
      -- Numbers are looked for only where some must be missing.
      FROM book CROSS JOIN generate_series(1, greatest(last, highest)) AS number
     WHERE numbers < greatest(last, highest)
       AND NOT EXISTS (SELECT FROM case_file c
                        WHERE (c.office, c.reference_year, c.reference_number) = (book.office, book.year, number))
    UNION ALL
    SELECT office, year, highest, 'The counter stands at ' || last || ' and would give this number again'
      FROM book WHERE highest > last
  )
  SELECT *, count(*) OVER ()::int AS total FROM fault ORDER BY office, year, number LIMIT ${String(LONGEST_LIST)}`;

export const DUPLICATES = `
  WITH twice AS (
    SELECT 'mail' AS kind, min(office) AS office, array_agg(id ORDER BY id) AS ids,
           'The same mail to ' || mailbox || ' was taken in more than once' AS why
      FROM intake_item WHERE source = 'smtp' GROUP BY mailbox, sha256 HAVING count(*) > 1
    UNION ALL
    SELECT 'number', office, array_agg(id ORDER BY id),
           'Several cases have number ' || reference_number || ' of ' || reference_year
      FROM case_file GROUP BY office, reference_year, reference_number HAVING count(*) > 1
    UNION ALL
    SELECT 'item', min(office), array_agg(DISTINCT case_id),
           'Item ' || intake_item_id || ' was filed ' || count(*) || ' times'
      FROM case_message WHERE direction = 'inbound' AND intake_item_id IS NOT NULL
     GROUP BY intake_item_id HAVING count(*) > 1
  )
  SELECT *, count(*) OVER ()::int AS total FROM twice WHERE $1::text[] IS NULL OR office = ANY ($1)
   ORDER BY kind, office, ids LIMIT ${String(LONGEST_LIST)}`;

export const UNSENT = `
  SELECT id, office, kind, status, queued_at AS "queuedAt", count(*) OVER ()::int AS total
    FROM outgoing_message, (SELECT business_now() - interval '5 minutes' AS instant) late
   WHERE status IN ('queued', 'sending', 'uncertain') AND ($1::text[] IS NULL OR office = ANY ($1))
     AND (status = 'uncertain' OR coalesce(sending_since, greatest(queued_at, not_before)) < late.instant)
   ORDER BY queued_at, id LIMIT ${String(LONGEST_LIST)}`;

export const NEEDS_ATTENTION = `
  SELECT count(*)::int AS total FROM needs_attention
   WHERE state = 'open' AND ($1::text[] IS NULL OR office = ANY ($1))`;

export const LAST_SEAL = `
  SELECT day::text, position::int, streams::int, events::int, encode(root, 'hex') AS root
    FROM log_seal ORDER BY day DESC LIMIT 1`;
