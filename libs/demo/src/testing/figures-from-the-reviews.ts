/**
 * The figures of reviews again, by other means: SQL over the reviews as they stand, their cases and the event log,
 * with nothing of the projection or of the code that counts from it.
 */

interface Asked {
  readonly office: string;
  readonly from: string;
  readonly to: string;
  /** Also the day at whose end reviews are open. */
  readonly today: string;
}

export interface Recounted {
  readonly value: number | null;
  readonly numerator: number;
  readonly denominator: number;
}

type Rows = <T>(sql: string, parameters: unknown[]) => Promise<T[]>;

const IN = 'BETWEEN $2::date AND $3::date';

/** One row per review. */
const REVIEWS = `
  WITH free AS (SELECT (h ->> 'date')::date AS day FROM holiday_calendar c, jsonb_array_elements(c.holidays) h
                 WHERE c.version = (SELECT max(version) FROM holiday_calendar) AND h ->> 'division' = 'england-and-wales'),
  working AS (SELECT d::date AS day FROM generate_series('2024-06-01'::date, '2027-12-31', '1 day') d
               WHERE extract(isodow FROM d) < 6 AND d::date NOT IN (SELECT day FROM free)),
  r AS (
    SELECT v.case_id, v.office, coalesce(v.state #>> '{particulars,handling}', 'not-known') AS handling,
           v.received_on AS received, v.validity, v.outcome, v.state,
           (v.state ->> 'validityDecidedOn')::date AS tested, (v.state ->> 'forwardedOn')::date AS forwarded,
           (v.state #>> '{withdrawn,on}')::date AS withdrawn, (v.state #>> '{timeExtended,on}')::date AS extended,
           v.decided_on AS decided, v.issued_on AS issued, v.papers_requested_on AS requested,
           v.papers_received_on AS papers,
           (SELECT (c ->> 'dueOn')::date FROM jsonb_array_elements(v.state -> 'clocks') c WHERE c ->> 'name' = 'papers') AS papers_due,
           (SELECT (c ->> 'dueOn')::date FROM jsonb_array_elements(v.state -> 'clocks') c WHERE c ->> 'name' = 'decide') AS decide_due,
           -- What was acknowledged in conversation, as it came, has no day.
           (SELECT max(d.due_on) FROM deadline d JOIN event_log e ON e.stream = 'case-' || d.case_id AND e.version = 1
             WHERE d.case_id = v.case_id AND d.clock = 'acknowledge' AND e.data ->> 'acknowledgedOn' IS NULL) AS ack_due,
           (c.acknowledged_at AT TIME ZONE 'Europe/London')::date AS acked,
           coalesce(v.decided_on, (v.state #>> '{withdrawn,on}')::date, (v.state ->> 'forwardedOn')::date,
                    CASE WHEN v.validity NOT IN ('valid', 'wrong-body') THEN (v.state ->> 'validityDecidedOn')::date END) AS ended,
           EXISTS (SELECT FROM jsonb_array_elements(v.state -> 'pauses') p
                    WHERE (p ->> 'from')::date <= $4::date AND coalesce((p ->> 'to')::date, 'infinity') > $4::date) AS is_paused
      FROM review v JOIN case_file c ON c.id = v.case_id
     WHERE v.office = $1 AND v.stage <> 'returned' AND c.joined_to IS NULL
  ),
  open AS (SELECT *, $4::date - received AS age FROM r WHERE received <= $4::date AND (ended IS NULL OR ended > $4::date)),
  allegation AS (SELECT r.office, r.handling, r.decided, a ->> 'finding' AS finding FROM r, jsonb_array_elements(r.state -> 'allegations') a),
  checked AS (SELECT r.office, r.handling, e.type, (e.data ->> 'on')::date AS day FROM r JOIN event_log e ON e.stream = 'review-' || r.case_id
               WHERE e.type IN ('reviews.quality-check-passed', 'reviews.sent-back')),
  made AS (SELECT r.office, r.handling, m.type, m.made_on, m.response_due_on AS due, m.response, m.responded_on, m.implemented_on, m.settled_on
             FROM r JOIN review_recommendation m ON m.case_id = r.case_id),
  learnt AS (SELECT r.office, r.handling, l.theme, l.suggested_on FROM r JOIN review_learning l ON l.case_id = r.case_id)`;

interface Recipe {
  readonly source: string;
  readonly outOf: string;
  readonly counted?: string;
  readonly days?: string;
  readonly measure: 'count' | 'share' | 'average' | 'median' | 'longest';
}

function count(source: string, outOf: string): Recipe {
  return { source, outOf, measure: 'count' };
}

function share(source: string, outOf: string, counted: string): Recipe {
  return { source, outOf, counted, measure: 'share' };
}

function measured(measure: 'average' | 'median', outOf: string, days: string): Recipe {
  return { source: 'r', outOf, days, measure };
}

/** Days after the one up to the other; net: without those that lie in a pause. */
function span(from: string, to: string, unit: string, isNet: boolean): string {
  const days =
    unit === 'working-days'
      ? `working x WHERE x.day > ${from} AND x.day <= ${to}`
      : `(SELECT d::date AS day FROM generate_series(${from} + 1, ${to}, '1 day') d) x WHERE true`;
  const paused = `EXISTS (SELECT FROM jsonb_array_elements(state -> 'pauses') p
    WHERE x.day >= (p ->> 'from')::date AND x.day < coalesce((p ->> 'to')::date, 'infinity'))`;
  return `(SELECT count(*) FROM ${days}${isNet ? ` AND NOT ${paused}` : ''})`;
}

function inTime(due: string, done: string, isWaited = 'true'): Recipe {
  return share(
    'r',
    `${due} ${IN} AND (${done} IS NOT NULL OR (${due} < $4::date AND ${isWaited}))`,
    `${done} <= ${due}`,
  );
}

const UNITS = ['calendar-days', 'working-days'];
const REASONS = [
  ...['pre-2020-appeal', 'no-right-outside-schedule-3', 'no-right-iopc-led', 'premature', 'not-complainant'],
  ...['no-consent', 'out-of-time', 'insufficient-information'],
];
const TYPES = [
  ...['investigate', 'reinvestigate', 'refer-to-iopc', 'case-to-answer', 'performance'],
  ...['disciplinary-proceedings', 'notify-prosecutor', 'remedy'],
];
const THEMES = [
  ...['communication-and-updates', 'timeliness', 'recording-of-complaints-and-evidence', 'quality-of-outcome-letters'],
  ...['use-of-police-powers', 'response-to-calls', 'victim-care', 'body-worn-video', 'handling-of-property'],
  ...['data-and-records', 'equality-and-discrimination', 'training-and-supervision'],
];
const COMPLETED = `decided ${IN}`;

function recipes(): Map<string, Recipe> {
  const all = new Map<string, Recipe>([
    ['received', count('r', `received ${IN}`)],
    ['acknowledged-in-time', inTime('ack_due', 'acked')],
    ['valid', share('r', `tested ${IN}`, `validity = 'valid'`)],
    ['invalid', share('r', `tested ${IN}`, `validity NOT IN ('valid', 'wrong-body')`)],
    ['forwarded', share('r', `tested ${IN}`, 'forwarded IS NOT NULL')],
    // Two working days after receipt.
    [
      'forwarded-in-time',
      share(
        'r',
        `forwarded ${IN}`,
        `${span('received', 'forwarded', 'working-days', false)} <= 2
      AND forwarded <= (SELECT min(w.day) FROM working w WHERE (SELECT count(*) FROM working x WHERE x.day > received AND x.day <= w.day) >= 2)`,
      ),
    ],
    ['withdrawn', count('r', `withdrawn ${IN}`)],
    ['time-extended', count('r', `extended ${IN}`)],
    ['completed', count('r', COMPLETED)],
    ['decided-in-time', inTime('decide_due', 'decided', `ended IS NULL AND validity = 'valid'`)],
    ['quality-checked', count('checked', `type = 'reviews.quality-check-passed' AND day ${IN}`)],
    ['sent-back', count('checked', `type = 'reviews.sent-back' AND day ${IN}`)],
    ['open', count('open', 'true')],
    ['open-0-28', count('open', 'age BETWEEN 0 AND 28')],
    ['open-29-56', count('open', 'age BETWEEN 29 AND 56')],
    ['open-57-112', count('open', 'age BETWEEN 57 AND 112')],
    ['open-over-112', count('open', 'age > 112')],
    ['paused', count('open', 'is_paused')],
    ['overdue', count('open', 'decide_due < $4::date AND NOT is_paused')],
    ['decided-not-issued', count('r', 'decided <= $4::date AND (issued IS NULL OR issued > $4::date)')],
    ['papers-in-time', inTime('papers_due', 'papers', 'ended IS NULL')],
    ['papers-overdue', count('open', 'papers IS NULL AND papers_due < $4::date')],
    ['recommendations-made', count('made', `made_on ${IN}`)],
    [
      'recommendations-answered-in-time',
      share(
        'made',
        `due ${IN} AND (responded_on IS NOT NULL OR (settled_on IS NULL AND due < $4::date))`,
        'responded_on <= due',
      ),
    ],
    ['recommendations-overdue', count('made', 'due < $4::date AND responded_on IS NULL AND settled_on IS NULL')],
    ['recommendations-implemented', count('made', `implemented_on ${IN}`)],
    ['learning', count('learnt', `suggested_on ${IN}`)],
  ]);
  for (const reason of REASONS) all.set(`invalid-${reason}`, share('r', `tested ${IN}`, `validity = '${reason}'`));
  for (const outcome of ['upheld', 'not-upheld', 'not-upheld-with-feedback'])
    all.set(outcome, share('r', COMPLETED, `outcome = '${outcome}'`));
  for (const finding of ['reasonable-and-proportionate', 'not-reasonable-and-proportionate'])
    all.set(`allegations-${finding}`, share('allegation', COMPLETED, `finding = '${finding}'`));
  for (const response of ['accepted', 'part', 'rejected'])
    all.set(`recommendations-${response}`, share('made', `responded_on ${IN}`, `response = '${response}'`));
  for (const type of TYPES) all.set(`recommendations-made-${type}`, share('made', `made_on ${IN}`, `type = '${type}'`));
  for (const theme of THEMES) all.set(`learning-${theme}`, share('learnt', `suggested_on ${IN}`, `theme = '${theme}'`));
  for (const measure of ['average', 'median'] as const) {
    for (const unit of UNITS) {
      all.set(
        `forwarding-${measure}-${unit}`,
        measured(measure, `forwarded ${IN}`, span('received', 'forwarded', unit, false)),
      );
      all.set(
        `papers-${measure}-${unit}`,
        measured(measure, `papers ${IN} AND requested IS NOT NULL`, span('requested', 'papers', unit, false)),
      );
      for (const isNet of [false, true]) {
        const kind = isNet ? 'net' : 'gross';
        all.set(
          `from-receipt-${measure}-${unit}-${kind}`,
          measured(measure, COMPLETED, span('received', 'decided', unit, isNet)),
        );
        all.set(
          `from-papers-${measure}-${unit}-${kind}`,
          measured(measure, `${COMPLETED} AND papers <= decided`, span('papers', 'decided', unit, isNet)),
        );
      }
    }
  }
  return all;
}

interface Row {
  handling: string | null;
  numerator: number;
  denominator: number;
  average: number | null;
  median: number | null;
}

/** By figure and handling: `upheld `, `upheld investigation`. */
export async function recount(rows: Rows, { office, from, to, today }: Asked): Promise<ReadonlyMap<string, Recounted>> {
  const found = new Map<string, Recounted>();
  for (const [figure, { source, outOf, counted = 'true', days = 'NULL::int', measure }] of recipes()) {
    const counts = await rows<Row>(
      `${REVIEWS}, looked AS MATERIALIZED (SELECT handling, (${counted}) IS TRUE AS is_counted, (${days})::int AS days FROM ${source} WHERE ${outOf})
       SELECT handling, count(*) FILTER (WHERE is_counted)::int AS numerator, count(*)::int AS denominator,
              round(avg(days), 1)::float AS average, percentile_cont(0.5) WITHIN GROUP (ORDER BY days)::float AS median,
              $1::text IS NOT NULL AND $2::date IS NOT NULL AND $3::date IS NOT NULL AND $4::date IS NOT NULL AS asked
         FROM looked GROUP BY GROUPING SETS ((), (handling))`,
      [office, from, to, today],
    );
    for (const { handling, numerator, denominator, average, median } of counts) {
      const part = denominator === 0 ? null : Math.round((numerator / denominator) * 10_000) / 10_000;
      const value = { count: numerator, share: part, average, median, longest: null }[measure];
      found.set(`${figure} ${handling ?? ''}`, { value, numerator, denominator });
    }
  }
  await addOldest(rows, [office, from, to, today], found);
  return found;
}

/** All that are as old as the oldest: of the office, and of each handling by itself. */
async function addOldest(rows: Rows, parameters: unknown[], found: Map<string, Recounted>): Promise<void> {
  const counts = await rows<{ handling: string | null; numerator: number; denominator: number; oldest: number | null }>(
    `${REVIEWS}, grouped AS (SELECT NULL::text AS handling, age FROM open UNION ALL SELECT handling, age FROM open),
       ranked AS (SELECT *, rank() OVER (PARTITION BY handling ORDER BY age DESC) AS place FROM grouped)
     SELECT handling, count(*) FILTER (WHERE place = 1)::int AS numerator, count(*)::int AS denominator, max(age) AS oldest,
            $2::date IS NOT NULL AND $3::date IS NOT NULL AS asked
       FROM ranked GROUP BY handling`,
    parameters,
  );
  for (const { handling, numerator, denominator, oldest } of counts) {
    found.set(`oldest-open ${handling ?? ''}`, { value: oldest, numerator, denominator });
  }
}
