/** A case as the API shows it. Instants are ISO UTC, days are London days. */
export interface CaseView {
  readonly reference: string;
  readonly id: string;
  readonly office: string;
  readonly kind: string;
  readonly status: string;
  readonly channel: string;
  readonly subject: string;
  readonly receivedAt: string;
  readonly category: string | null;
  readonly priority: string;
  readonly queue: string | null;
  readonly assignee: string | null;
  readonly area: string | null;
  readonly acknowledgeBy: string | null;
  readonly respondBy: string | null;
  readonly updateBy: string | null;
  readonly nextDeadline: string | null;
  readonly acknowledgedAt: string | null;
  readonly answeredAt: string | null;
  readonly closedAt: string | null;
  readonly closeReason: string | null;
  readonly forwardedTo: string | null;
  readonly risk: { readonly level: string; readonly reasons: readonly unknown[]; readonly confirmedAt: string | null };
  readonly triage: { readonly rulesVersion: string | null; readonly reasons: readonly string[] };
  readonly correspondent: {
    readonly id: string;
    readonly name: string | null;
    readonly email: string | null;
    readonly phone: string | null;
    readonly postcode: string | null;
    readonly organisation: string | null;
    readonly capacity: string;
    readonly preferredChannel: string | null;
    readonly adjustments: string | null;
    readonly safeContactNote: string | null;
    readonly contactRestriction: string | null;
  } | null;
  /** Who may see it, by id, where not everybody of the office may. */
  readonly restriction: { readonly people: readonly string[]; readonly since: string } | null;
  readonly allowedActions: readonly string[];
  readonly version: number;
  readonly links: Readonly<Record<string, string>>;
}

export interface CaseViewRow {
  id: string;
  office: string;
  reference: string;
  kind: string;
  status: string;
  channel: string;
  subject: string;
  received_at: Date;
  category: string | null;
  priority: string;
  queue: string | null;
  assignee: string | null;
  area: string | null;
  acknowledge_by: string | null;
  respond_by: string | null;
  update_by: string | null;
  next_deadline: string | null;
  acknowledged_at: Date | null;
  answered_at: Date | null;
  closed_at: Date | null;
  close_reason: string | null;
  forwarded_to: string | null;
  risk_level: string;
  risk_reasons: unknown[];
  risk_confirmed_at: Date | null;
  triage_rules_version: string | null;
  triage_reasons: string[];
  version: number;
  restriction: { people: string[]; since: string } | null;
  correspondent: CaseView['correspondent'];
}

export const CASE_VIEW_COLUMNS = `c.id, c.office, c.reference, c.kind, c.status, c.channel, c.subject, c.received_at, c.category, c.priority,
         c.queue, c.assignee, c.area, c.acknowledge_by::text, c.respond_by::text, c.update_by::text,
         c.next_deadline::text, c.acknowledged_at, c.answered_at, c.closed_at, c.close_reason, c.forwarded_to,
         c.risk_level, c.risk_reasons, c.risk_confirmed_at, c.triage_rules_version, c.triage_reasons, c.version,
         (SELECT json_build_object('since', to_json(r.restricted_at AT TIME ZONE 'UTC') #>> '{}', 'people',
                   (SELECT json_agg(a.actor ORDER BY a.actor) FROM case_access a
                     WHERE a.case_id = c.id AND a.access = 'named'
                       AND NOT EXISTS (SELECT FROM case_access o WHERE o.case_id = c.id AND o.actor = a.actor
                                          AND o.access = 'conflicted')))
            FROM case_restriction r WHERE r.case_id = c.id) AS restriction,
         CASE WHEN p.id IS NULL THEN NULL ELSE json_build_object('id', p.id, 'name', p.name, 'email', p.email,
           'phone', p.phone, 'postcode', p.postcode, 'organisation', p.organisation, 'capacity', p.capacity,
           'preferredChannel', p.preferred_channel, 'adjustments', p.adjustments, 'safeContactNote', p.safe_contact_note,
           'contactRestriction', p.contact_restriction) END AS correspondent`;

export const CASE_VIEW_SELECT = `
  SELECT ${CASE_VIEW_COLUMNS}
    FROM case_file c LEFT JOIN correspondent p ON p.id = c.correspondent_id`;
