import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Consumer, Consumes, PermanentFailure, UnitOfWork, type ConsumedMessage } from '@app/platform';
import { nextDeliveryStep } from '../domain/next-delivery-step';
import { MailTransport, type Delivery, type OutgoingMail } from './mail-transport';
import { DELIVER_CONSUMER } from './open-attention';
import { SEND_LATER } from './outgoing';
import { OutgoingChanges } from './outgoing-changes';
import { OutgoingMails, type FoundMessage } from './outgoing-mails';
import { SendingLease } from './sending-lease';

/** What is to be recorded as sent, and by which attempt; null when there is nothing to record. */
type Delivered = { readonly id: string; readonly token: string | null } | null;

type Next = { readonly mail: OutgoingMail } | { readonly end: Delivered } | { readonly stop: string };

const CRASHED = 'the message was being sent when the service stopped; check before sending again';
const SETTLE_FIRST =
  'the message may have been sent already; check, then have it sent again or mark it as sent, a retry alone does neither';

/**
 * The one consumer that sends. Outside the machine nothing can be sent exactly once, so it is marked before and after:
 * what fell in between is shown to a person and never goes out twice in silence.
 */
@Injectable()
@Consumes({
  name: DELIVER_CONSUMER,
  queue: 'notifications',
  events: ['notifications.message-queued', 'notifications.message-resend-asked'],
  timers: [SEND_LATER],
  // Well over an hour at a minute apart: mail servers defer for that long (greylisting, maintenance).
  attempts: 100,
})
export class DeliverMessage extends Consumer<Delivered> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly transport: MailTransport,
    private readonly mails: OutgoingMails,
    private readonly lease: SendingLease,
    private readonly changes: OutgoingChanges,
  ) {
    super();
  }

  override async prepare(message: ConsumedMessage): Promise<Delivered> {
    const id = outgoingMessageIdOf(message);
    if (id === null) return null;
    const token = randomUUID();
    const next = await this.unitOfWork.run(() => this.begin(id, token, message.attempt));
    if ('end' in next) return next.end;
    if ('stop' in next) throw new PermanentFailure(next.stop);
    const delivery = await this.lease.keep(id, token, () => this.transport.send(next.mail));
    return this.transport.leavesTheMachine ? this.conclude(id, token, delivery) : { id, token: null };
  }

  async handle(_message: ConsumedMessage, delivered: Delivered): Promise<void> {
    if (delivered === null) return;
    const { name } = this.transport;
    const sent = await this.changes.markDelivered(delivered.id, name, delivered.token);
    if (sent) await this.changes.recordSent(sent, name);
  }

  /** Decides and, if it is to be sent, marks the message as being sent, in a transaction that commits before sending. */
  private async begin(id: string, token: string, attempt: number): Promise<Next> {
    const found = await this.mails.find(id);
    if (!found) return { stop: 'there is no such message' };
    const step = nextDeliveryStep(found.state, attempt);
    switch (step) {
      case 'send': {
        const mail = await found.mail();
        if (this.transport.leavesTheMachine) await this.lease.take(id, token);
        return { mail };
      }
      case 'record-sent':
        return { end: { id, token: found.token } };
      case 'wait':
        throw new Error('another worker is sending this message at the moment');
      case 'declare-uncertain':
        await this.declareUncertain(id, CRASHED);
        return { stop: CRASHED };
      case 'ask-a-person':
        return { stop: whyNot(found) };
      case 'nothing':
        return { end: null };
    }
  }

  private async conclude(id: string, token: string, delivery: Delivery): Promise<Delivered> {
    switch (delivery.outcome) {
      case 'accepted':
        await this.lease.noteAccepted(id, token);
        return { id, token };
      case 'deferred':
        await this.lease.insist(() => this.changes.move(id, 'queued', { error: delivery.because }, token));
        throw new Error(delivery.because);
      case 'refused':
        await this.lease.insist(() => this.fail(id, token, delivery.reply, delivery.because));
        throw new PermanentFailure(delivery.because);
      case 'unknown': {
        const problem = `${delivery.because}; check before sending again`;
        await this.lease.insist(() => this.declareUncertain(id, problem, token));
        throw new PermanentFailure(problem);
      }
    }
  }

  private async fail(id: string, token: string, reply: string | null, because: string): Promise<void> {
    const failed = await this.changes.move(id, 'failed', { error: because }, token);
    if (failed) await this.changes.record(failed, 'notifications.message-failed', { reply });
  }

  /** The token stays: should that attempt come back after all, it can still say that the message was sent. */
  private async declareUncertain(id: string, problem: string, token?: string): Promise<void> {
    const uncertain = await this.changes.move(id, 'uncertain', { error: problem }, token);
    if (uncertain) await this.changes.record(uncertain, 'notifications.message-uncertain');
  }
}

/** A queued message with an undo window is carried out by its timer, not by the event. */
function outgoingMessageIdOf({ data, source }: ConsumedMessage): string | null {
  if (source === 'event' && typeof data.notBefore === 'string') return null;
  return typeof data.outgoingMessageId === 'string' ? data.outgoingMessageId : null;
}

function whyNot({ state }: FoundMessage): string {
  return state.status === 'failed' ? 'the mail server refused it; correct the cause, then retry' : SETTLE_FIRST;
}
