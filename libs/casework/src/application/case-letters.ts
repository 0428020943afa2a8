import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { dayInWords } from '@app/kernel';
import { Outgoing, renderTemplate, type OutgoingFile, type OutgoingKind } from '@app/notifications';
import { UnitOfWork } from '@app/platform';
import type { CaseFile } from '../domain/case-file';
import { CaseRuleRefused, InvalidCaseInput } from '../domain/case.errors';
import { CaseSettings } from './case-settings';

export interface Letter {
  readonly to_address: string | null;
  readonly subject: string;
  readonly body: string;
}

export interface Recipient {
  readonly address: string | null;
  readonly name: string | null;
  /** A safe-contact note or a contact restriction is kept with the person: to be read before anything goes to them. */
  readonly hasCaution: boolean;
  readonly safeContactNote: string | null;
}

/** How a letter goes out. */
export interface Sending {
  /** No person decided to send this one message. */
  readonly automatic: boolean;
  readonly attachedItemId?: string | null;
  /** Until then it can be taken back. */
  readonly notBefore?: Date | null;
  /** Files of our own that go along, such as a letter that was approved. */
  readonly files?: readonly OutgoingFile[];
}

export type Values = Readonly<Record<string, string | null>>;

/** Every merge field that a template may ask for exists, filled in only where it applies. */
const NO_EXTRA: Values = {
  replyText: null,
  destinationName: null,
  destinationContact: null,
  forwardReason: null,
  lawfulBasis: null,
  consent: null,
  replyExpected: null,
  senderTold: null,
  forceReference: null,
  papersWanted: null,
  papersDueBy: null,
  recommendationType: null,
  recommendationText: null,
  recommendationMadeOn: null,
  responseDueBy: null,
  decisionForce: null,
  decisionReader: null,
  decisionOutcome: null,
  decisionPapers: null,
  decisionAllegations: null,
  decisionMeaning: null,
  decisionRecommendations: null,
  decisionFeedback: null,
  decisionSignatory: null,
  decisionRole: null,
};

/** Writes and sends what goes out on a case. Only the case's own correspondent is ever written to. */
@Injectable()
export class CaseLetters {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly settings: CaseSettings,
    private readonly outgoing: Outgoing,
  ) {}

  async recipient(caseFile: CaseFile): Promise<Recipient> {
    const { correspondentId } = caseFile.snapshot();
    if (correspondentId === null) return { address: null, name: null, hasCaution: false, safeContactNote: null };
    const [row]: { email: string | null; name: string | null; note: string | null; restriction: string | null }[] =
      await this.unitOfWork.manager.query(
        `SELECT email, name, safe_contact_note AS note, contact_restriction AS restriction FROM correspondent WHERE id = $1`,
        [correspondentId],
      );
    return {
      address: row?.email ?? null,
      name: row?.name ?? null,
      hasCaution: Boolean(row?.note) || Boolean(row?.restriction),
      safeContactNote: row?.note ?? null,
    };
  }

  /** A letter to the wrong place can put its reader in danger: whoever sends says that they read what is kept of them. */
  async requireCautionRead(caseFile: CaseFile, cautionRead: boolean): Promise<void> {
    if (cautionRead || !(await this.recipient(caseFile)).hasCaution) return;
    throw new InvalidCaseInput('/cautionRead', 'confirm that you have read how this person may be contacted');
  }

  async render(caseFile: CaseFile, template: string, extra: Values = {}): Promise<{ subject: string; body: string }> {
    const entry = await this.settings.template(template, caseFile.snapshot().office);
    return renderTemplate(entry.data, { ...(await this.values(caseFile)), ...extra });
  }

  /** Every merge field that a template may ask for, as it stands for this case. */
  async values(caseFile: CaseFile): Promise<Values> {
    const state = caseFile.snapshot();
    const office = await this.settings.office(state.office);
    const category = state.category === null ? null : await this.settings.category(state.category, state.office);
    const { name } = await this.recipient(caseFile);
    const inWords = (day: string | null): string | null => (day === null ? null : dayInWords(day));
    return {
      reference: state.reference,
      officeName: office.name,
      officeTelephone: office.telephone,
      signatory: null,
      correspondentName: name,
      receivedOn: dayInWords(state.receivedOn),
      replyBy: inWords(caseFile.dueOn('reply')),
      updateBy: inWords(caseFile.dueOn('update')),
      nextStep:
        category?.data.nextStep ?? 'Somebody in our office will read it and decide who is best placed to answer.',
      subject: await this.subject(caseFile),
      ...NO_EXTRA,
    };
  }

  async replySubject(caseFile: CaseFile): Promise<string> {
    const subject = await this.subject(caseFile);
    const { reference } = caseFile.snapshot();
    const answered = /^\s*re:/i.test(subject) ? subject : `Re: ${subject}`;
    return answered.includes(reference) ? answered : `${answered} [${reference}]`;
  }

  /** Queues a message to the case's correspondent or, for a forward, to `letter.to_address`. Returns its id. */
  async queue(
    caseFile: CaseFile,
    kind: OutgoingKind,
    letter: Letter,
    { automatic, attachedItemId = null, notBefore = null, files = [] }: Sending,
  ): Promise<string> {
    if (letter.to_address === null) throw new CaseRuleRefused('No e-mail address is known for this correspondent.');
    const { office: officeId, reference, id } = caseFile.snapshot();
    const office = await this.settings.office(officeId);
    const thread = kind === 'forward' ? { inReplyTo: null, references: [] } : await this.thread(caseFile);
    const queued = await this.outgoing.queue({
      office: officeId,
      caseId: id,
      caseReference: reference,
      kind,
      from: office.mailboxes[0] ?? '',
      to: letter.to_address,
      subject: letter.subject,
      body: letter.body,
      inReplyTo: thread.inReplyTo,
      references: thread.references,
      attachedItemId,
      automatic,
      notBefore,
      files,
    });
    return queued.id;
  }

  /** What goes to a destination: our letter, and the first item of the case as it was received. */
  async forwardLetter(
    caseFile: CaseFile,
    to: string,
    values: Values,
  ): Promise<{ letter: Letter; attachedItemId: string | null }> {
    const rendered = await this.render(caseFile, 'forward-to-destination', values);
    const [first]: { intake_item_id: string | null; text: string }[] = await this.unitOfWork.manager.query(
      `SELECT m.intake_item_id, m.text FROM case_message m WHERE m.case_id = $1 AND m.direction = 'inbound' ORDER BY m.at, m.id LIMIT 1`,
      [caseFile.id],
    );
    return {
      letter: {
        to_address: to,
        subject: rendered.subject,
        body: `${rendered.body}\n\n----\n\n${first?.text ?? ''}`,
      },
      attachedItemId: first?.intake_item_id ?? null,
    };
  }

  /** Null when no address of the sender is known: then a person tells them another way. */
  async noticeLetter(caseFile: CaseFile, values: Values): Promise<Letter | null> {
    const { address } = await this.recipient(caseFile);
    if (address === null) return null;
    return { to_address: address, ...(await this.render(caseFile, 'forward-notice-to-sender', values)) };
  }

  /** An answer given in conversation, kept in the thread. */
  async recordSpoken(caseFile: CaseFile, channel: string, text: string, at: Date): Promise<void> {
    await this.recordOutbound(caseFile, channel, await this.replySubject(caseFile), text, at);
  }

  /** A letter that goes by post: kept in the thread, printed outside. Returns null: nothing is sent by mail. */
  async recordPosted(caseFile: CaseFile, letter: Letter, at: Date): Promise<null> {
    await this.recordOutbound(caseFile, 'letter', letter.subject, letter.body, at);
    return null;
  }

  private async recordOutbound(
    caseFile: CaseFile,
    channel: string,
    subject: string,
    text: string,
    at: Date,
  ): Promise<void> {
    await this.unitOfWork.manager.query(
      `INSERT INTO case_message (id, case_id, office, direction, channel, at, subject, text) VALUES ($1, $2, $3, 'outbound', $4, $5, $6, $7)`,
      [randomUUID(), caseFile.id, caseFile.snapshot().office, channel, at, subject, text],
    );
  }

  private async subject(caseFile: CaseFile): Promise<string> {
    const [row]: { subject: string }[] = await this.unitOfWork.manager.query(
      `SELECT subject FROM case_file WHERE id = $1`,
      [caseFile.id],
    );
    return row?.subject ?? '';
  }

  /** Message-IDs of the mails of this case, so that the reader's mail program keeps them together. */
  private async thread(caseFile: CaseFile): Promise<{ inReplyTo: string | null; references: string[] }> {
    const rows: { message_id_header: string }[] = await this.unitOfWork.manager.query(
      `SELECT mail_message_id AS message_id_header FROM case_message
        WHERE case_id = $1 AND direction = 'inbound' AND sender_on_case AND mail_message_id IS NOT NULL
        ORDER BY at DESC, id LIMIT 10`,
      [caseFile.id],
    );
    const ids = rows.map((row) => row.message_id_header);
    return { inReplyTo: ids[0] ?? null, references: ids.reverse() };
  }
}
