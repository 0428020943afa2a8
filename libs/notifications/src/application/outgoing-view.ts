import type { OutgoingKind, OutgoingStatus } from '../domain/outgoing-status';

/** An outgoing message as people and the API see it. */
export interface OutgoingView {
  readonly id: string;
  readonly office: string;
  readonly caseId: string | null;
  readonly caseReference: string | null;
  readonly kind: OutgoingKind;
  readonly status: OutgoingStatus;
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  /** Null in lists that are not about one case. */
  readonly body: string | null;
  readonly automatic: boolean;
  readonly mailMessageId: string;
  readonly transport: string | null;
  readonly queuedAt: string;
  readonly notBefore: string | null;
  readonly sentAt: string | null;
  readonly bouncedAt: string | null;
  readonly bounceSeverity: string | null;
  /** Why it has not gone out yet, or what is in doubt. */
  readonly error: string | null;
}

export interface OutgoingViewRow {
  id: string;
  office: string;
  case_id: string | null;
  reference: string | null;
  kind: OutgoingKind;
  status: OutgoingStatus;
  from_address: string;
  to_address: string;
  subject: string;
  body: string | null;
  automatic: boolean;
  mail_message_id: string;
  transport: string | null;
  queued_at: Date;
  not_before: Date | null;
  sent_at: Date | null;
  bounced_at: Date | null;
  bounce_severity: string | null;
  error: string | null;
}

/** Without the body. */
export const VIEW_COLUMNS = `o.id, o.office, o.case_id, c.reference, o.kind, o.status, o.from_address, o.to_address, o.subject,
  o.automatic, o.mail_message_id, o.transport, o.queued_at, o.not_before, o.sent_at, o.bounced_at, o.bounce_severity, o.error`;

export const VIEW_TABLES = `outgoing_message o LEFT JOIN case_file c ON c.id = o.case_id`;

export function toView(row: OutgoingViewRow): OutgoingView {
  return {
    id: row.id,
    office: row.office,
    caseId: row.case_id,
    caseReference: row.reference,
    kind: row.kind,
    status: row.status,
    from: row.from_address,
    to: row.to_address,
    subject: row.subject,
    body: readableBody(row),
    automatic: row.automatic,
    mailMessageId: row.mail_message_id,
    transport: row.transport,
    queuedAt: row.queued_at.toISOString(),
    notBefore: row.not_before?.toISOString() ?? null,
    sentAt: row.sent_at?.toISOString() ?? null,
    bouncedAt: row.bounced_at?.toISOString() ?? null,
    bounceSeverity: row.bounce_severity,
    error: row.error,
  };
}

/** A link by real mail is not read here: it leads to a letter that is not the office's yet. */
function readableBody({ kind, transport, body }: OutgoingViewRow): string | null {
  if (body === null || kind !== 'draft-link' || transport === 'local-outbox') return body;
  return body.replace(/^https?:\/\/\S+$/gm, '(a link that only the person who gets this mail may see)');
}
