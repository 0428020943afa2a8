import { londonDate } from '@app/kernel';
import type { PastMessage } from '@app/notifications';
import { systemCaller, type Caller, type StoredEvent } from '@app/platform';
import type { ClockName } from '../../domain/case.events';
import type { ClockPolicy } from '../../domain/case-deadlines';
import type { Capacity, Channel } from '../../domain/triage/configuration';
import { decisionByRules } from '../../domain/triage/decision-by-rules';
import type { PastContact } from './past-contact';
import { PastCase, type Then } from './past-case';

/** How an item is passed on. */
export interface PastForwarding {
  /** Null: the destination of its category. */
  readonly destination: string | null;
  readonly reason: string;
  readonly consent: boolean;
  readonly itemId: string;
  readonly text: string;
}

/** The acts of people and of the service on a case of the past, each with all that the live command leaves behind. */
export class WorkedCase extends PastCase {
  /** A consumer that acts on an event of this case. */
  consumer(name: string, causedBy: StoredEvent | string): Caller {
    return systemCaller(name, this.id, typeof causedBy === 'string' ? causedBy : causedBy.id);
  }

  /** The rules sort it. Returns what they proposed; null where the live service would leave it alone. */
  async triageByRules(contact: PastContact, at: Date): Promise<{ category: string; event: StoredEvent } | null> {
    const { office, status, category, riskLevel, receivedOn, channel } = this.state;
    if (status === 'quarantined' || status === 'no-reply-needed' || category !== null) return null;
    const { settings, counter, log } = this.parts;
    const { capacity, postcode, contactRestriction, email } = this.correspondent;
    const outcome = await settings.triage(
      {
        office,
        channel: channel as Channel,
        subject: contact.subject,
        body: contact.text,
        senderAddress: contact.fromAddress ?? email,
        capacity: capacity as Capacity | null,
        recipientCount: contact.toAddresses.length,
        isCopyOnly: false,
        hasAttachment: false,
        isRestrictedCorrespondent: Boolean(contactRestriction),
      },
      receivedOn,
    );
    const entry = await settings.category(outcome.category, office, receivedOn);
    const clocks = await this.clocks(entry.key, receivedOn);
    const area = await settings.area(postcode, office, receivedOn);
    const by = this.consumer('casework.triage', this.openedEventId);
    const [event] = this.act({ at, by }, (caseFile) =>
      caseFile.triage({ ...decisionByRules(outcome, entry, riskLevel), area, clocks }, counter, log.newId, at),
    );
    return event ? { category: entry.key, event } : null;
  }

  /** Into the queue that the rules chose. */
  routeAfter(triaged: StoredEvent, at: Date): void {
    const { queue } = triaged.data;
    if (this.state.queue !== 'triage' || typeof queue !== 'string') return;
    this.act({ at, by: this.consumer('casework.route', triaged) }, (caseFile) => caseFile.route(queue, at));
  }

  async triageByPerson(key: string, reason: string | null, then: Then): Promise<void> {
    const { settings, counter, log } = this.parts;
    const { office, area, priority } = this.state;
    const on = londonDate(then.at);
    const category = await settings.category(key, office, on);
    const clocks = await this.clocks(key, on);
    const kept = reason === null ? null : this.keep(reason);
    this.act(then, (caseFile) =>
      caseFile.triage(
        {
          ...{ category: key, kind: category.data.caseKind, priority, queue: category.data.queue, area, clocks },
          ...{ rulesVersion: null, ruleKeys: [], reasons: ['decided by a person'], byPerson: true, reason: kept },
        },
        counter,
        log.newId,
        then.at,
      ),
    );
  }

  /** What the service does at once: acknowledges, or says why not. Null where nothing goes out. */
  async acknowledgeAutomatically(at: Date): Promise<PastMessage | null> {
    const { answerable, status, acknowledgedAt, acknowledgementHeld, riskLevel } = this.state;
    if (!answerable || status === 'quarantined' || acknowledgedAt !== null) return null;
    const by = this.consumer('casework.acknowledge', this.openedEventId);
    const hold = (because: string): null => {
      this.act({ at, by }, (caseFile) => caseFile.holdAcknowledgement(because, at));
      return null;
    };
    if (acknowledgementHeld) return hold(['high', 'critical'].includes(riskLevel) ? 'risk-flag' : 'may-be-a-machine');
    const { email, safeContactNote } = this.correspondent;
    if (email === null) return null;
    if (safeContactNote) return hold('safe-contact-note');
    return this.acknowledgeByMail(email, { at, by }, true);
  }

  /** A person does what could not be done at once: by mail where there is an address, else by letter or telephone. */
  async acknowledgeByPerson(then: Then): Promise<PastMessage | null> {
    const { answerable, acknowledgedAt } = this.state;
    if (!answerable || acknowledgedAt !== null) return null;
    const { email } = this.correspondent;
    if (email !== null) return this.acknowledgeByMail(email, then, false);
    this.act(then, (caseFile) => caseFile.acknowledge(null, false, then.at));
    return null;
  }

  take(then: Then): void {
    this.act(then, (caseFile) => caseFile.take(then.by.actor.id, then.at));
  }

  allocate(assignee: string, then: Then): void {
    this.act(then, (caseFile) => caseFile.allocate(assignee, then.at));
  }

  transfer(queue: string, then: Then): void {
    this.act(then, (caseFile) => caseFile.transfer(queue, then.at));
  }

  pause(reason: string, then: Then): void {
    const kept = this.keep(reason);
    this.act(then, (caseFile) => caseFile.pause(kept, this.parts.counter, then.at));
  }

  resume(then: Then): void {
    this.act(then, (caseFile) => caseFile.resume(this.parts.counter, then.at));
  }

  extend(clock: ClockName, to: string, reason: string, then: Then): void {
    const kept = this.keep(reason);
    this.act(then, (caseFile) => caseFile.extend(clock, to, kept, then.at));
  }

  /** Passes the item on and tells the sender. Empty where the destination takes no mail. */
  async forward(forwarding: PastForwarding, then: Then): Promise<PastMessage[]> {
    const { settings, caseFile, log } = this.parts;
    const { office, category } = this.state;
    const on = londonDate(then.at);
    const rules = category === null ? null : (await settings.category(category, office, on)).data;
    const destination = forwarding.destination ?? rules?.destination ?? null;
    if (destination === null) return [];
    const { data } = await settings.destination(destination, office, on);
    if (data.email === null) return [];
    const { reason, consent, itemId } = forwarding;
    const lawfulBasis = (consent ? 'consent' : rules?.lawfulBasis) ?? 'Public task: UK GDPR Article 6(1)(e)';
    const { email } = this.correspondent;
    const values = {
      destinationName: data.name,
      destinationContact: data.telephone,
      forwardReason: reason,
      lawfulBasis,
      consent: consent ? 'the sender has agreed' : null,
      senderTold: 'yes',
    };
    const kept = this.keep(reason);
    const rendered = await this.letters.render(caseFile, 'forward-to-destination', values);
    const body = `${rendered.body}\n\n----\n\n${forwarding.text}`;
    const { at, by: caller } = then;
    const sent = [
      this.letters.queue(
        caseFile,
        'forward',
        { to: data.email, subject: rendered.subject, body },
        { at, caller, attachedItemId: itemId },
      ),
    ];
    if (email !== null) {
      const notice = await this.letters.render(caseFile, 'forward-notice-to-sender', values);
      sent.push(this.letters.queue(caseFile, 'notice', { to: email, ...notice }, { at, caller }));
    }
    const [forwardMessageId = log.newId(), noticeMessageId = null] = sent.map(({ id }) => id);
    const facts = { destination, lawfulBasis, consent, forwardMessageId, noticeMessageId, reason: kept };
    this.act(then, (own) => own.forward(facts, at));
    return sent;
  }

  async draft(text: string, then: Then): Promise<void> {
    const { caseFile } = this.parts;
    const { body } = await this.letters.render(caseFile, 'reply-blank', { replyText: text });
    this.act(then, (own) => own.draft(then.by.actor.id, then.at));
    const channel = this.correspondent.email === null ? 'letter' : 'email';
    const subject = this.letters.replySubject(this.state.reference);
    const { at, by } = then;
    this.draftKept = { channel, subject, body, template: 'reply-blank', by: by.actor.id, at };
  }

  submit(then: Then): void {
    this.act(then, (caseFile) => caseFile.submit(then.by.actor.id, then.at));
    if (this.draftKept) this.draftKept.submittedBy = then.by.actor.id;
  }

  approve(then: Then): void {
    this.act(then, (caseFile) => caseFile.approve(then.by.actor.id, then.at));
    if (this.draftKept) this.draftKept.approvedBy = then.by.actor.id;
  }

  sendBack(reason: string, then: Then): void {
    const kept = this.keep(reason);
    this.act(then, (caseFile) => caseFile.sendBack(then.by.actor.id, kept, then.at));
  }

  /** The approved draft goes out, by mail or by post. Null: by post. */
  sendDraft(then: Then): PastMessage | null {
    const draft = this.draftKept;
    if (!draft) throw new Error('There is no draft');
    const { at, by: caller } = then;
    const { channel, subject, body } = draft;
    const { email } = this.correspondent;
    const message =
      email === null
        ? null
        : this.letters.queue(this.parts.caseFile, 'reply', { to: email, subject, body }, { at, caller });
    if (!message) this.recordOutbound('letter', subject, body, at);
    this.act(then, (caseFile) => caseFile.send(channel, message?.id ?? null, this.parts.counter, at));
    this.draftKept = null;
    return message;
  }

  /** An answer given in conversation, or by a letter that was made elsewhere. */
  sendSpoken(channel: 'phone' | 'in-person' | 'letter', text: string, then: Then): void {
    this.recordOutbound(channel, this.letters.replySubject(this.state.reference), text, then.at);
    this.act(then, (caseFile) => caseFile.send(channel, null, this.parts.counter, then.at));
  }

  async holdUpdate(then: Then): Promise<PastMessage | null> {
    const { caseFile, counter, log } = this.parts;
    const clocks = await this.clocks(this.state.category, londonDate(then.at));
    const rendered = await this.letters.render(caseFile, 'holding-update');
    const { email } = this.correspondent;
    const { at, by: caller } = then;
    const message =
      email === null
        ? null
        : this.letters.queue(caseFile, 'holding-update', { to: email, ...rendered }, { at, caller });
    if (!message) this.recordOutbound('letter', rendered.subject, rendered.body, at);
    this.act(then, (own) => own.holdUpdate(message?.id ?? null, clocks, counter, log.newId, at));
    return message;
  }

  close(reason: string, then: Then): void {
    const { code, words } = this.codeOrWords(reason);
    this.act(then, (caseFile) => caseFile.close(code, then.at, words));
  }

  async reopen(because: string, then: Then): Promise<void> {
    const { counter, log } = this.parts;
    const clocks = await this.clocks(this.state.category, londonDate(then.at));
    const { code, words } = this.codeOrWords(because);
    this.act(then, (caseFile) => caseFile.reopen(code, clocks, counter, log.newId, then.at, words));
  }

  markAsSpam(then: Then): void {
    this.act(then, (caseFile) => caseFile.quarantine(100, then.at));
  }

  async release(then: Then): Promise<void> {
    const { counter, log } = this.parts;
    const clocks = await this.clocks(this.state.category, this.state.receivedOn);
    this.act(then, (caseFile) => caseFile.release(clocks, counter, log.newId, then.at));
  }

  /** Another mail on this case. Returns its message's id. */
  async file(contact: PastContact, { at, by }: Then): Promise<string> {
    const { settings, counter, log } = this.parts;
    const messageId = log.newId();
    const { subject, text: body } = contact;
    const risk =
      contact.mailKind === 'person'
        ? await settings.screenRisk({ subject, body }, this.office.id)
        : { level: 'none', reasons: [] };
    const clocks = await this.clocks(this.state.category, londonDate(at));
    const facts = {
      messageId,
      itemId: contact.itemId,
      mailKind: contact.mailKind ?? 'person',
      senderOnCase: true,
      receivedAt: contact.receivedAt.toISOString(),
      riskLevel: risk.level,
    };
    this.act({ at, by }, (caseFile) => caseFile.fileMessage(facts, clocks, counter, log.newId, at));
    this.addMessage(messageId, contact, true);
    if (risk.level !== 'none') this.alert(risk.level, risk.reasons, at);
    return messageId;
  }

  /** A letter of ours came back. */
  recordBounce(message: PastMessage, severity: string, bounced: StoredEvent, at: Date): void {
    const by = this.consumer('casework.record-bounce', bounced);
    this.act({ at, by }, (caseFile) => caseFile.recordBounce(message.id, severity, at));
  }

  private async acknowledgeByMail(to: string, { at, by }: Then, automatic: boolean): Promise<PastMessage> {
    const { caseFile } = this.parts;
    const rendered = await this.letters.render(caseFile, 'acknowledgement');
    const message = this.letters.queue(caseFile, 'acknowledgement', { to, ...rendered }, { at, caller: by });
    this.act({ at, by }, (own) => own.acknowledge(message.id, automatic, at));
    return message;
  }

  private clocks(category: string | null, on: string): Promise<ClockPolicy[]> {
    return this.parts.settings.clocks(category, this.state.channel, this.office.id, on);
  }

  private recordOutbound(channel: string, subject: string, text: string, at: Date): void {
    const about = { case_id: this.id, office: this.office.id, direction: 'outbound' };
    this.parts.log.rows.add('case_message', { id: this.parts.log.newId(), ...about, channel, at, subject, text });
  }
}
