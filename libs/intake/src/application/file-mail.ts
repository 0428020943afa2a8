import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import {
  CaseJoiner,
  CaseRepository,
  CaseSettings,
  CaseOpener,
  addMessageRows,
  type MessageContent,
  type NewCase,
} from '@app/casework';
import { Clock } from '@app/kernel';
import { OutgoingBounces } from '@app/notifications';
import { Offices } from '@app/offices';
import {
  BulkInsert,
  Consumer,
  Consumes,
  ContentStore,
  EventStore,
  UnitOfWork,
  type ConsumedMessage,
} from '@app/platform';
import type { IntakeOutcome } from '../domain/intake.events';
import { ReadMail, type MailReading } from './read-mail';
import { intakeStream } from './store-mail';
import { ThreadMatcher } from './thread-matcher';

interface LedgerRow {
  office: string;
  mailbox: string;
  received_at: Date;
  outcome: string | null;
}

interface Filed {
  readonly caseId: string;
  readonly outcome: IntakeOutcome;
}

/** Puts every mail of the ledger on a case: the one it belongs to, or its own. */
@Consumes({ name: 'intake.file-mail', queue: 'filing', events: ['intake.item-received'] })
@Injectable()
export class FileMail extends Consumer<MailReading> {
  constructor(
    private readonly reader: ReadMail,
    private readonly threads: ThreadMatcher,
    private readonly opener: CaseOpener,
    private readonly repository: CaseRepository,
    private readonly joiner: CaseJoiner,
    private readonly settings: CaseSettings,
    private readonly offices: Offices,
    private readonly bounces: OutgoingBounces,
    private readonly content: ContentStore,
    private readonly store: EventStore,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {
    super();
  }

  override prepare(message: ConsumedMessage): Promise<MailReading> {
    return this.reader.read(message.data.itemId as string);
  }

  async handle(message: ConsumedMessage, reading: MailReading): Promise<void> {
    const itemId = message.data.itemId as string;
    const [item]: LedgerRow[] = await this.unitOfWork.manager.query(
      `SELECT office, mailbox, received_at, outcome FROM intake_item WHERE id = $1 FOR UPDATE`,
      [itemId],
    );
    if (!item || item.outcome !== null) return;
    const files = new BulkInsert();
    this.content.addTo(files, reading.contents);
    await files.run(this.unitOfWork.manager);
    const messageId = randomUUID();
    const content: MessageContent = { ...reading.message, id: messageId, at: item.received_at, itemId };
    const filed = await this.file(item, content, reading);
    await this.threads.register(item.office, filed.caseId, reading.threading);
    await this.unitOfWork.manager.query(
      `UPDATE intake_item SET outcome = $2, case_id = $3, filed_at = $4 WHERE id = $1`,
      [itemId, filed.outcome, filed.caseId, this.clock.now()],
    );
    await this.store.append([
      {
        stream: intakeStream(itemId),
        office: item.office,
        expectedVersion: 1,
        events: [
          {
            type: 'intake.item-filed',
            schemaVersion: 1,
            data: { itemId, outcome: filed.outcome, caseId: filed.caseId, messageId },
            effectiveAt: this.clock.now(),
          },
        ],
      },
    ]);
  }

  private async file(item: LedgerRow, content: MessageContent, reading: MailReading): Promise<Filed> {
    const { kind, bounce } = reading.classification;
    if (kind === 'bounce' && bounce) {
      const bounced = await this.bounces.record(bounce.originalMessageIds, item.office, bounce.severity);
      if (bounced) {
        const caseId = await this.fileOn(bounced.caseId, content, reading);
        return { caseId, outcome: 'bounce-filed' };
      }
    }
    const isFiledOnly = FILED_ONLY.includes(kind);
    const matched = await this.threads.match(item.office, reading.threading);
    if (matched === null) return this.openOwn(item, content, reading);
    if (matched.awaitedBy.some((id) => id !== matched.caseId))
      await this.joiner.join(matched.caseId, matched.awaitedBy);
    const caseId = await this.fileOn(matched.caseId, content, reading);
    if (kind === 'bounce') return { caseId, outcome: 'bounce-filed' };
    return { caseId, outcome: isFiledOnly ? 'automatic-reply-filed' : 'filed-on-case' };
  }

  private async openOwn(item: LedgerRow, content: MessageContent, reading: MailReading): Promise<Filed> {
    const { kind, mayAnswerAutomatically } = reading.classification;
    const isFiledOnly = FILED_ONLY.includes(kind);
    const bulk = new BulkInsert();
    const spamScore = isFiledOnly || !reading.isSpam ? null : reading.spamScore;
    const newCase: NewCase = {
      message: content,
      correspondent: reading.correspondent,
      answerable: !isFiledOnly,
      mayAcknowledge: mayAnswerAutomatically,
      closeReason: isFiledOnly ? kind : null,
      spamScore,
    };
    const office = await this.offices.get(item.office);
    const prepared = await this.opener.prepare(office, [newCase], bulk);
    await bulk.run(this.unitOfWork.manager);
    const late = new BulkInsert();
    const [opened] = await this.opener.open(office, prepared, late);
    await late.run(this.unitOfWork.manager);
    const caseId = opened?.state.id ?? '';
    if (reading.isUnreadable) return { caseId, outcome: 'unreadable' };
    if (kind === 'bounce') return { caseId, outcome: 'bounce-filed' };
    if (isFiledOnly) return { caseId, outcome: 'automatic-reply-filed' };
    return { caseId, outcome: spamScore === null ? 'case-opened' : 'quarantined' };
  }

  /** Answers the case that it is on: the one in which `matchedId` goes on. */
  private async fileOn(matchedId: string, content: MessageContent, reading: MailReading): Promise<string> {
    const caseFile = await this.repository.loadCurrent(matchedId);
    const caseId = caseFile.id;
    const isOnCase =
      FILED_ONLY.includes(reading.classification.kind) || (await this.isOnCase(caseId, reading.senderAddress));
    const { office, category, channel, riskLevel } = caseFile.snapshot();
    const risk = await this.settings.screenRisk({ subject: content.subject, body: reading.freshText }, office);
    caseFile.fileMessage(
      {
        messageId: content.id,
        itemId: content.itemId,
        mailKind: reading.isSpam ? 'spam' : reading.classification.kind,
        senderOnCase: isOnCase,
        receivedAt: content.at.toISOString(),
        riskLevel: risk.level,
      },
      await this.settings.clocks(category, channel, office, this.settings.today()),
      await this.settings.counter(),
      randomUUID,
      this.clock.now(),
    );
    const bulk = new BulkInsert();
    addMessageRows(bulk, office, caseId, content, isOnCase);
    if (risk.level !== 'none') {
      bulk.add('risk_alert', {
        id: randomUUID(),
        case_id: caseId,
        office,
        level: risk.level,
        reasons: risk.reasons,
        raised_at: this.clock.now(),
      });
    }
    await bulk.run(this.unitOfWork.manager);
    await this.repository.save(caseFile);
    if (risk.level !== 'none' && riskLevel === 'none') {
      await this.unitOfWork.manager.query(`UPDATE case_file SET risk_reasons = $2 WHERE id = $1`, [
        caseId,
        JSON.stringify(risk.reasons),
      ]);
    }
    return caseId;
  }

  /** The correspondent, anybody whose letter is on the case already, or somebody we wrote to there. */
  private async isOnCase(caseId: string, address: string | null): Promise<boolean> {
    if (address === null) return false;
    const [row]: { known: boolean }[] = await this.unitOfWork.manager.query(
      `SELECT EXISTS (SELECT FROM case_file c JOIN correspondent p ON p.id = c.correspondent_id
                       WHERE c.id = $1 AND lower(p.email) = $2)
           OR EXISTS (SELECT FROM case_message m WHERE m.case_id = $1 AND m.direction = 'inbound' AND m.sender_on_case
                       AND lower(m.from_address) = $2)
           OR EXISTS (SELECT FROM outgoing_message o WHERE o.case_id = $1 AND lower(o.to_address) = $2
                       AND o.kind IN ('acknowledgement', 'reply', 'holding-update', 'forward', 'notice')) AS known`,
      [caseId, address.toLowerCase()],
    );
    return row?.known ?? false;
  }
}

/** Nobody waits for an answer to these: filed, or a case closed at once, without a clock. */
const FILED_ONLY: readonly string[] = ['bounce', 'auto-reply', 'feedback-report', 'delivery-notice'];
