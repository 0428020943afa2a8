import { allowedActions, type CaseStatus } from '../../domain/case-status';
import type { CaseView, CaseViewRow } from './case-view';

const iso = (instant: Date | null): string | null => instant?.toISOString() ?? null;

export function toCaseView(row: CaseViewRow): CaseView {
  const self = `/api/v1/cases/${row.reference}`;
  return {
    reference: row.reference,
    id: row.id,
    office: row.office,
    kind: row.kind,
    status: row.status,
    channel: row.channel,
    subject: row.subject,
    receivedAt: row.received_at.toISOString(),
    category: row.category,
    priority: row.priority,
    queue: row.queue,
    assignee: row.assignee,
    area: row.area,
    acknowledgeBy: row.acknowledge_by,
    respondBy: row.respond_by,
    updateBy: row.update_by,
    nextDeadline: row.next_deadline,
    acknowledgedAt: iso(row.acknowledged_at),
    answeredAt: iso(row.answered_at),
    closedAt: iso(row.closed_at),
    closeReason: row.close_reason,
    forwardedTo: row.forwarded_to,
    risk: { level: row.risk_level, reasons: row.risk_reasons, confirmedAt: iso(row.risk_confirmed_at) },
    triage: { rulesVersion: row.triage_rules_version, reasons: row.triage_reasons },
    correspondent: row.correspondent,
    restriction: row.restriction,
    allowedActions: allowedActions(row.status as CaseStatus).filter(
      (action) => action !== 'unrestrict' || row.restriction !== null,
    ),
    version: row.version,
    links: { self, events: `${self}/events`, messages: `${self}/messages`, deadlines: `${self}/deadlines` },
  };
}
