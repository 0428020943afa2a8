/**
 * Some figures counted a second way, from the event log alone: $1 as-of instant, $2 offices, $3 first and $4 last day.
 * Shares nothing with the projection or its conditions.
 */
export const FIGURES_FROM_THE_LOG = `
  WITH e AS (
    SELECT stream, version, type, data, office FROM event_log
     WHERE type LIKE 'casework.%' AND recorded_at <= $1::timestamptz AND office = ANY ($2::text[])
  ), opened AS (
    SELECT stream, data->>'receivedOn' AS received_on,
           coalesce((SELECT max(r.version) FROM e r WHERE r.stream = e.stream AND r.type = 'casework.case-reopened'), 0) AS again
      FROM e WHERE type = 'casework.case-opened'
  ), facts AS (
    SELECT o.stream, o.received_on::date,
           coalesce((SELECT (data->>'on') FROM e WHERE e.stream = o.stream AND version = o.again), o.received_on)::date AS since,
           (SELECT CASE type WHEN 'casework.case-opened' THEN (data->>'counted')::boolean
                             ELSE type <> 'casework.case-quarantined' END
              FROM e WHERE e.stream = o.stream
               AND (type IN ('casework.case-opened', 'casework.case-quarantined', 'casework.case-released')
                 OR type = 'casework.case-reopened' AND jsonb_array_length(data->'deadlines') > 0)
             ORDER BY version DESC LIMIT 1) AS counted,
           (SELECT (data->>'on')::date FROM e WHERE e.stream = o.stream AND version > o.again
               AND type = 'casework.reply-sent' ORDER BY version LIMIT 1) AS answered,
           (SELECT (data->>'on')::date FROM e WHERE e.stream = o.stream AND version > o.again
               AND type = 'casework.case-closed' ORDER BY version LIMIT 1) AS closed,
           (SELECT (data->>'on')::date FROM e WHERE e.stream = o.stream
               AND type IN ('casework.acknowledged', 'casework.reply-sent') ORDER BY version LIMIT 1) AS acknowledged,
           (SELECT CASE WHEN data ? 'to' THEN data->>'to'
                        ELSE (SELECT d->>'dueOn' FROM jsonb_array_elements(data->'deadlines') d WHERE d->>'clock' = 'reply') END
              FROM e WHERE e.stream = o.stream AND version >= o.again
               AND (data ? 'deadlines' OR type = 'casework.deadline-extended' AND data->>'clock' = 'reply'
                    OR type = 'casework.case-quarantined')
             ORDER BY version DESC LIMIT 1)::date AS respond_by,
           -- A list of running clocks that no longer names it stopped it, unless it was done before.
           (SELECT (SELECT d->>'dueOn' FROM jsonb_array_elements(data->'deadlines') d WHERE d->>'clock' = 'acknowledge')
              FROM e WHERE e.stream = o.stream AND (data ? 'deadlines' OR type = 'casework.case-quarantined')
               AND version < coalesce((SELECT min(version) FROM e a WHERE a.stream = o.stream
                     AND a.type IN ('casework.acknowledged', 'casework.reply-sent')), 1000)
             ORDER BY version DESC LIMIT 1)::date AS acknowledge_by
      FROM opened o
  ), d AS (
    SELECT *, ($1::timestamptz AT TIME ZONE 'Europe/London')::date AS today,
           least($4::date, ($1::timestamptz AT TIME ZONE 'Europe/London')::date) AS last
      FROM facts WHERE counted
  )
  SELECT count(*) FILTER (WHERE received_on BETWEEN $3 AND $4) AS "received counted",
         count(*) FILTER (WHERE acknowledge_by BETWEEN $3 AND $4 AND acknowledged <= acknowledge_by) AS "acknowledged-in-time counted",
         count(*) FILTER (WHERE acknowledge_by BETWEEN $3 AND $4
           AND (acknowledged IS NOT NULL OR closed IS NULL AND acknowledge_by < today)) AS "acknowledged-in-time out of",
         count(*) FILTER (WHERE respond_by BETWEEN $3 AND $4 AND answered <= respond_by) AS "answered-in-time counted",
         count(*) FILTER (WHERE respond_by BETWEEN $3 AND $4
           AND (answered IS NOT NULL OR closed IS NULL AND respond_by < today)) AS "answered-in-time out of",
         count(*) FILTER (WHERE since <= last AND (closed IS NULL OR closed > last)) AS "open counted",
         count(*) FILTER (WHERE since <= last AND (closed IS NULL OR closed > last)
           AND (answered IS NULL OR answered > last) AND respond_by < last) AS "overdue counted",
         count(*) FILTER (WHERE since <= last AND (closed IS NULL OR closed > last)) AS "overdue out of",
         count(*) FILTER (WHERE answered BETWEEN $3 AND $4) AS "median-working-days counted",
         count(*) FILTER (WHERE answered BETWEEN $3 AND $4) AS "p90-working-days out of"
    FROM d`;
