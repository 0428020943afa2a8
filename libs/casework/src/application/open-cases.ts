import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock, formatReference, londonDate } from '@app/kernel';
import type { Office } from '@app/offices';
import { BulkInsert, EventStore, byteaText, type Caller, type StreamAppend } from '@app/platform';
import { CaseFile } from '../domain/case-file';
import type { CaseState } from '../domain/case-state';
import type { RiskReason, RiskScreen } from '../domain/risk/risk-screen';
import { caseStream } from './case-stream';
import { CaseRepository } from './case-repository';
import { CaseSettings } from './case-settings';
import type { CorrespondentDetails } from './correspondents';
import { OpeningReservations } from './opening-reservations';

export interface StoredAttachment {
  readonly filename: string;
  readonly contentType: string;
  readonly sizeBytes: number;
  readonly sha256: Buffer;
  readonly contentId: string | null;
  readonly isInline: boolean;
}

/** A message as it is shown on a case. */
export interface MessageContent {
  readonly id: string;
  readonly channel: string;
  readonly at: Date;
  readonly fromName: string | null;
  readonly fromAddress: string | null;
  readonly toAddresses: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly freshText: string | null;
  readonly html: string | null;
  readonly mailKind: string | null;
  readonly mailMessageId: string | null;
  readonly problems: readonly string[];
  readonly itemId: string;
  readonly attachments: readonly StoredAttachment[];
}

/** An item that becomes a case of its own. */
export interface NewCase {
  readonly message: MessageContent;
  readonly correspondent: CorrespondentDetails;
  /** False: nobody is waiting for an answer; closed at once with `closeReason`. */
  readonly answerable: boolean;
  /** False: it may come from a machine, which is never answered automatically. */
  readonly mayAcknowledge: boolean;
  readonly closeReason: string | null;
  /** Set when it is held in quarantine. */
  readonly spamScore: number | null;
  /** Who brought it, where several callers share the transaction. */
  readonly caller?: Caller;
}

/** An item whose message is written and whose case has an id, but no number yet. */
export interface PreparedCase {
  readonly item: NewCase;
  readonly caseId: string;
  readonly risk: RiskScreen;
}

export interface OpenedCase {
  readonly state: CaseState;
  readonly subject: string;
  readonly riskReasons: readonly RiskReason[];
}

/** Channels on which receipt is acknowledged there and then. */
export const SPOKEN: readonly string[] = ['phone', 'in-person', 'event'];

/** Opens any number of cases of one office with a few statements: the batch shares counter, inserts and commit. */
@Injectable()
export class CaseOpener {
  constructor(
    private readonly repository: CaseRepository,
    private readonly settings: CaseSettings,
    private readonly reservations: OpeningReservations,
    private readonly store: EventStore,
    private readonly clock: Clock,
  ) {}

  /** First half: what needs no reference number. Adds its rows to `bulk`, which the caller runs in the open transaction. */
  async prepare(office: Office, items: readonly NewCase[], bulk: BulkInsert): Promise<PreparedCase[]> {
    const now = this.clock.now();
    const prepared: PreparedCase[] = [];
    for (const item of items) {
      const { message } = item;
      const caseId = randomUUID();
      const risk = await this.settings.screenRisk({ subject: message.subject, body: message.text }, office.id);
      addMessageRows(bulk, office.id, caseId, message, true);
      if (risk.level !== 'none') {
        addRiskAlert(bulk, { id: caseId, office: office.id, riskLevel: risk.level }, risk.reasons, now);
      }
      prepared.push({ item, caseId, risk });
    }
    return prepared;
  }

  /** Second half: numbers, cases and events. Adds its rows to `bulk`, which the caller runs in the same transaction. */
  async open(office: Office, prepared: readonly PreparedCase[], bulk: BulkInsert): Promise<OpenedCase[]> {
    const now = this.clock.now();
    const year = Number(londonDate(now).slice(0, 4));
    const counter = await this.settings.counter();
    const { firstNumber, correspondentIds } = await this.reservations.reserve(
      office.id,
      year,
      prepared.map(({ item }) => item.correspondent),
    );
    const opened: OpenedCase[] = [];
    const appends: StreamAppend[] = [];
    for (const [index, { item, caseId, risk }] of prepared.entries()) {
      const number = firstNumber + index;
      const { message } = item;
      const receivedOn = londonDate(message.at);
      const caseFile = CaseFile.open(
        {
          id: caseId,
          office: office.id,
          reference: formatReference({ officeCode: office.code, year, number }),
          kind: 'correspondence',
          channel: message.channel,
          priority: priorityOf(risk.level),
          queue: 'triage',
          correspondentId: correspondentIds[index] ?? null,
          riskLevel: risk.level,
          answerable: item.answerable,
          acknowledgementHeld: risk.holdsAcknowledgement || !item.mayAcknowledge,
          receivedAt: message.at,
          receivedOn,
          messageId: message.id,
          itemId: message.itemId,
          counted: item.answerable && item.spamScore === null,
          acknowledgedInPerson: SPOKEN.includes(message.channel),
          clocks: await this.settings.clocks(null, message.channel, office.id, receivedOn),
        },
        counter,
        randomUUID,
        now,
      );
      if (item.spamScore !== null) caseFile.quarantine(item.spamScore, now);
      else if (!item.answerable) caseFile.closeWithoutReply(item.closeReason ?? 'no-reply-needed', now);
      const subject = message.subject.trim() === '' ? '(no subject)' : message.subject;
      const row = { caseFile, referenceYear: year, referenceNumber: number, subject, riskReasons: risk.reasons };
      this.repository.addNew([row], bulk);
      opened.push({ state: caseFile.snapshot(), subject, riskReasons: risk.reasons });
      appends.push({
        stream: caseStream(caseId),
        office: office.id,
        expectedVersion: 0,
        events: caseFile.releaseEvents(),
        ...(item.caller ? { caller: item.caller } : {}),
      });
    }
    await this.store.append(appends, bulk);
    return opened;
  }
}

export function addMessageRows(
  bulk: BulkInsert,
  office: string,
  caseId: string,
  message: MessageContent,
  senderOnCase: boolean,
): void {
  bulk.add('case_message', {
    id: message.id,
    case_id: caseId,
    office,
    direction: 'inbound',
    channel: message.channel,
    at: message.at,
    from_name: message.fromName,
    from_address: message.fromAddress,
    to_addresses: message.toAddresses,
    subject: message.subject,
    text: message.text,
    fresh_text: message.freshText,
    html: message.html,
    mail_kind: message.mailKind,
    mail_message_id: message.mailMessageId,
    sender_on_case: senderOnCase,
    problems: message.problems,
    intake_item_id: message.itemId,
  });
  bulk.add(
    'message_attachment',
    ...message.attachments.map((attachment) => ({
      id: randomUUID(),
      message_id: message.id,
      case_id: caseId,
      office,
      filename: attachment.filename,
      content_type: attachment.contentType,
      size_bytes: attachment.sizeBytes,
      sha256: byteaText(attachment.sha256),
      content_id: attachment.contentId,
      is_inline: attachment.isInline,
      scan_status: 'unscanned',
    })),
  );
}

export function addRiskAlert(
  bulk: BulkInsert,
  state: Pick<CaseState, 'id' | 'office' | 'riskLevel'>,
  reasons: readonly RiskReason[],
  now: Date,
): void {
  bulk.add('risk_alert', {
    id: randomUUID(),
    case_id: state.id,
    office: state.office,
    level: state.riskLevel,
    reasons,
    raised_at: now,
  });
}

/** A risk flag moves a letter forward before anybody has read it. */
export function priorityOf(riskLevel: string): string {
  if (riskLevel === 'critical' || riskLevel === 'high') return 'urgent';
  return riskLevel === 'medium' ? 'high' : 'normal';
}
