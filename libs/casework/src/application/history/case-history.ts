import { Injectable } from '@nestjs/common';
import { londonDate } from '@app/kernel';
import { systemCaller, type Caller, type PastLog } from '@app/platform';
import type { DeadlineCounter } from '../../domain/case-deadlines';
import { CaseFile } from '../../domain/case-file';
import { CaseRepository } from '../case-repository';
import { CaseSettings } from '../case-settings';
import { SPOKEN, priorityOf } from '../open-cases';
import type { PastOpening } from './past-contact';
import { PastCorrespondents } from './past-correspondents';
import { PastNumbers } from './past-numbers';
import { WorkedCase } from './worked-case';

/** Tables that others point to, in the order in which they are written. */
export const CASE_PARENT_TABLES = ['stored_content', 'correspondent', 'case_file', 'case_message'] as const;

/** Cases of the past, opened by the rules of the present: for importing a history into an empty office. */
@Injectable()
export class CaseHistory {
  constructor(
    private readonly settings: CaseSettings,
    private readonly repository: CaseRepository,
  ) {}

  async begin(log: PastLog): Promise<PastCases> {
    const { settings, repository } = this;
    return new PastCases(log, settings, repository, await settings.counter(), await PastNumbers.begin(log));
  }
}

/** The cases of one history while it is written. */
export class PastCases {
  readonly #people: PastCorrespondents;
  readonly #links: Record<string, unknown>[] = [];

  constructor(
    private readonly log: PastLog,
    private readonly settings: CaseSettings,
    private readonly repository: CaseRepository,
    private readonly counter: DeadlineCounter,
    private readonly numbers: PastNumbers,
  ) {
    this.#people = new PastCorrespondents(log);
  }

  /** Opens a case as filing does. Returns it with the id of its first message. */
  async open(
    { office: officeId, contact, correspondent, closeReason, spamScore }: PastOpening,
    by: Caller = systemCaller('intake', this.log.newId()),
  ): Promise<{ opened: WorkedCase; messageId: string }> {
    const { settings, counter, log, repository } = this;
    const office = await settings.office(officeId);
    const { filedAt: now, receivedAt, channel, subject: given, text } = contact;
    const subject = given.trim() === '' ? '(no subject)' : given;
    const receivedOn = londonDate(receivedAt);
    const risk = await settings.screenRisk({ subject: given, body: text }, office.id);
    const number = this.numbers.next(office, now);
    const messageId = log.newId();
    const answerable = closeReason === null;
    const caseFile = CaseFile.open(
      {
        id: log.newId(),
        office: office.id,
        reference: number.reference,
        kind: 'correspondence',
        channel,
        priority: priorityOf(risk.level),
        queue: 'triage',
        correspondentId: this.#people.idOf(office.id, correspondent, now),
        riskLevel: risk.level,
        answerable,
        acknowledgementHeld: risk.holdsAcknowledgement || !answerable,
        receivedAt,
        receivedOn,
        messageId,
        itemId: contact.itemId,
        counted: answerable && spamScore === null,
        acknowledgedInPerson: SPOKEN.includes(channel),
        clocks: await settings.clocks(null, channel, office.id, receivedOn),
      },
      counter,
      log.newId,
      now,
    );
    if (spamScore !== null) caseFile.quarantine(spamScore, now);
    else if (closeReason !== null) caseFile.closeWithoutReply(closeReason, now);
    const opened = new WorkedCase({
      ...{ log, caseFile, office, number, subject, correspondent, riskReasons: risk.reasons },
      ...{ settings, counter, repository, links: this.#links },
    });
    opened.record(by);
    opened.addMessage(messageId, contact, true);
    if (risk.level !== 'none') opened.alert(risk.level, risk.reasons, now);
    return { opened, messageId };
  }

  /** After every case is written. */
  async finish(): Promise<void> {
    this.log.rows.add('case_link', ...this.#links);
    await this.numbers.finish();
  }
}
