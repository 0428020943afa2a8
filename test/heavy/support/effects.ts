import { rowOf, rowsOf } from './database';
import { runCommand } from './service-process';

interface Fault {
  readonly fault: string;
  readonly what: string;
}

/** Each part names what happened twice, or not at all, where it had to happen once. */
const FAULTS = `
  WITH opened AS (
    SELECT e.stream, e.office, (e.data ->> 'caseId')::uuid AS case_id, (e.data ->> 'answerable')::boolean AS answerable,
           (SELECT c.status = 'quarantined' OR c.joined_to IS NOT NULL FROM case_file c
             WHERE c.id = (e.data ->> 'caseId')::uuid) AS kept_aside
      FROM event_log e WHERE e.type = 'casework.case-opened'
  ), happened AS (
    SELECT o.*, t.type, (SELECT count(*) FROM event_log e WHERE e.stream = o.stream AND e.type = t.type) AS times
      FROM opened o, (VALUES ('casework.case-triaged'), ('casework.case-routed'), ('casework.acknowledged'),
                             ('casework.acknowledgement-held'), ('casework.case-opened')) t (type)
  )
  SELECT 'twice: ' || type AS fault, stream AS what FROM happened WHERE times > 1
  UNION ALL
  SELECT 'not sorted', stream FROM happened
   WHERE type = 'casework.case-triaged' AND times = 0 AND answerable AND NOT kept_aside
  UNION ALL
  SELECT 'sorted into another queue and not routed', h.stream FROM happened h JOIN case_file c ON c.id = h.case_id
   WHERE h.type = 'casework.case-routed' AND h.times = 0 AND h.answerable AND NOT h.kept_aside
     AND EXISTS (SELECT FROM event_log e WHERE e.stream = h.stream AND e.type = 'casework.case-triaged' AND e.data ->> 'queue' <> 'triage')
  UNION ALL
  SELECT 'two automatic messages of a kind', case_id || ' ' || kind FROM outgoing_message
   WHERE automatic AND kind NOT IN ('risk-alert', 'deadline-warning') GROUP BY case_id, kind HAVING count(*) > 1
  UNION ALL
  SELECT 'acknowledged, but no message says so', e.stream FROM event_log e
   WHERE e.type = 'casework.acknowledged' AND e.data ->> 'outgoingMessageId' IS NOT NULL
     AND NOT EXISTS (SELECT FROM outgoing_message o WHERE o.id = (e.data ->> 'outgoingMessageId')::uuid)
  UNION ALL
  SELECT 'a message without its intent, or with several', o.id::text FROM outgoing_message o
   WHERE 1 <> (SELECT count(*) FROM event_log e WHERE e.stream = 'outgoing-' || o.id AND e.type = 'notifications.message-queued')
  UNION ALL
  SELECT 'a message not sent exactly once', o.id::text FROM outgoing_message o
   WHERE 1 <> (SELECT count(*) FROM event_log e WHERE e.stream = 'outgoing-' || o.id AND e.type = 'notifications.message-sent')
  UNION ALL
  SELECT 'an intent without its message', e.stream FROM event_log e
   WHERE e.type = 'notifications.message-queued'
     AND NOT EXISTS (SELECT FROM outgoing_message o WHERE o.id = (e.data ->> 'outgoingMessageId')::uuid)
  UNION ALL
  SELECT 'an item not filed exactly once', i.id::text FROM intake_item i
   WHERE 1 <> (SELECT count(*) FROM case_message m WHERE m.intake_item_id = i.id)
  UNION ALL
  SELECT 'a mail not filed exactly once by the log', i.id::text FROM intake_item i
   WHERE i.source = 'smtp' AND 1 <> (SELECT count(*) FROM event_log e WHERE e.stream = 'intake-' || i.id AND e.type = 'intake.item-filed')
  UNION ALL
  SELECT 'alerts for so many flagged items', alerts || ' for ' || flagged
    FROM (SELECT (SELECT count(*) FROM risk_alert) AS alerts,
                 (SELECT count(*) FROM event_log WHERE type = 'casework.risk-raised') AS flagged) n
   WHERE alerts <> flagged
  UNION ALL
  SELECT 'needs attention', consumer || ': ' || error FROM needs_attention WHERE state = 'open'
  UNION ALL
  SELECT 'an event that its consumer has not taken exactly once', e.type || ' ' || e.id || ' ' || c.consumer
    FROM event_log e JOIN (VALUES ('intake.item-received', 'intake.file-mail'), ('casework.case-opened', 'casework.triage'),
                                  ('casework.case-opened', 'casework.acknowledge'), ('casework.case-triaged', 'casework.route'),
                                  ('casework.risk-raised', 'casework.risk-alert')) c (type, consumer) USING (type)
   WHERE 1 <> (SELECT count(*) FROM inbox b WHERE b.message_id = e.id AND b.consumer = c.consumer)`;

/** Whatever was done twice or not at all; empty when every effect is there exactly once. */
export function doneTwiceOrNever(url: string): Promise<Fault[]> {
  return rowsOf<Fault>(url, `SELECT * FROM (${FAULTS}) faults ORDER BY 1, 2 LIMIT 20`);
}

export interface Certificate {
  readonly ok: boolean;
  readonly received: number;
  readonly redelivered: number;
  readonly pending: number;
  readonly needsAttention: number;
  readonly byOutcome: Readonly<Record<string, number>>;
  readonly counts: Readonly<Record<string, number>>;
}

/** The certificate, from the command that an administrator would use. */
export async function certificate(env: Readonly<Record<string, string>>): Promise<Certificate> {
  const { code, stdout, stderr } = await runCommand('reconcile', ['--json'], env);
  if (stdout === '') throw new Error(`reconcile said nothing: ${stderr}`);
  const result = JSON.parse(stdout) as Certificate;
  if ((code === 0) !== result.ok)
    throw new Error(`reconcile ended with ${String(code)} but says ok: ${String(result.ok)}`);
  return result;
}

/** One value for all rows of the timeliness read model, whatever their order on disk. */
export async function timelinessDigest(url: string): Promise<{ rows: number; digest: string }> {
  return rowOf(
    url,
    `SELECT count(*)::int AS rows, md5(coalesce(string_agg(h::text, E'\\n' ORDER BY case_id, position), '')) AS digest
       FROM timeliness_history h`,
  );
}

/** How much there is of everything that a repeat must not add to. */
export function contents(url: string): Promise<Record<string, number>> {
  return rowOf(
    url,
    `SELECT (SELECT count(*) FROM intake_item)::int AS items, (SELECT count(*) FROM case_file)::int AS cases,
            (SELECT count(*) FROM case_message)::int AS messages, (SELECT count(*) FROM outgoing_message)::int AS outgoing,
            (SELECT count(*) FROM stored_content)::int AS contents, (SELECT count(*) FROM correspondent)::int AS correspondents,
            (SELECT count(*) FROM message_attachment)::int AS attachments, (SELECT count(*) FROM deadline)::int AS deadlines,
            (SELECT count(*) FROM risk_alert)::int AS alerts,
            (SELECT count(*) FROM event_log WHERE type LIKE 'casework.%' OR type LIKE 'intake.%')::int AS events`,
  );
}
