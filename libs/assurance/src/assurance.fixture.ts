import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';

type Values = Record<string, unknown>;

async function insert(manager: EntityManager, table: string, values: Values): Promise<void> {
  const columns = Object.keys(values);
  await manager.query(
    `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map((_, index) => `$${String(index + 1)}`).join(', ')})`,
    Object.values(values),
  );
}

/** The rows of a case that is as it should be, except for what is changed. Its opening event is not written here. */
export async function storeCase(manager: EntityManager, number: number, changes: Values = {}): Promise<string> {
  const id = randomUUID();
  await insert(manager, 'case_file', {
    id,
    office: 'west-mercia',
    reference: `WM-26-${String(number)}`,
    reference_year: 2026,
    reference_number: number,
    kind: 'correspondence',
    priority: 'normal',
    status: 'triaged',
    queue: 'triage',
    subject: 'A matter',
    channel: 'email',
    risk_level: 'none',
    answerable: true,
    acknowledgement_held: false,
    received_at: '2026-03-02T09:00:00Z',
    received_on: '2026-03-02',
    next_deadline: '2026-03-05',
    version: 1,
    ...changes,
  });
  return id;
}

/** The rows of an item that was received and filed on the case, except for what is changed. */
export async function storeItem(
  manager: EntityManager,
  caseId: string | null,
  changes: Values = {},
  leftOut: readonly ('content' | 'message')[] = [],
): Promise<string> {
  const id = randomUUID();
  const item: Values & { office: string } = {
    id,
    office: 'west-mercia',
    source: 'smtp',
    mailbox: 'opcc@west-mercia.example',
    channel: 'email',
    sha256: Buffer.from(id),
    size_bytes: 3,
    received_at: '2026-03-02T09:00:00Z',
    received_on: '2026-03-02',
    outcome: 'case-opened',
    case_id: caseId,
    ...changes,
  };
  if (!leftOut.includes('content')) {
    const { office, sha256 } = item;
    await manager.query(
      `INSERT INTO stored_content (office, sha256, size_bytes, bytes) VALUES ($1, $2, 3, 'raw') ON CONFLICT DO NOTHING`,
      [office, sha256],
    );
  }
  await insert(manager, 'intake_item', item);
  if (caseId !== null && !leftOut.includes('message')) await storeMessage(manager, caseId, id, item.office);
  return id;
}

/** An inbound message on a case. */
export async function storeMessage(
  manager: EntityManager,
  caseId: string,
  itemId: string,
  office = 'west-mercia',
): Promise<void> {
  await insert(manager, 'case_message', {
    id: randomUUID(),
    case_id: caseId,
    office,
    direction: 'inbound',
    channel: 'email',
    at: '2026-03-02T09:00:00Z',
    subject: 'A matter',
    text: 'Text',
    intake_item_id: itemId,
  });
}

/** An outgoing message in some status, queued so many minutes ago. */
export async function storeOutgoing(
  manager: EntityManager,
  status: string,
  minutesAgo: number,
  changes: Values = {},
): Promise<string> {
  const id = randomUUID();
  await insert(manager, 'outgoing_message', {
    id,
    office: 'west-mercia',
    kind: 'reply',
    mail_message_id: `<${id}@west-mercia.example>`,
    from_address: 'opcc@west-mercia.example',
    to_address: 'writer@mail.example',
    subject: 'An answer',
    body: 'Text',
    automatic: false,
    status,
    queued_at: new Date(Date.now() - minutesAgo * 60_000),
    ...changes,
  });
  return id;
}
