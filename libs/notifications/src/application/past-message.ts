import { londonDate, type JsonObject } from '@app/kernel';
import { systemCaller, type Caller, type PastLog, type StoredEvent } from '@app/platform';
import { mailMessageId } from '../domain/mail-message-id';
import { NOTIFICATION_EVENT_VERSIONS, type NotificationEventType } from '../domain/notification.events';
import { belongsToThread } from '../domain/outgoing-status';
import { DELIVER_CONSUMER } from './open-attention';
import { outgoingRow, threadRow, type OutgoingRequest } from './outgoing';
import { streamOf } from './outgoing-row';
import type { BounceSeverity } from './record-bounce';

/** A message that went out in the past: recorded in the log as it happened, its rows written once it is settled. */
export class PastMessage {
  readonly id: string;
  /** Without angle brackets. */
  readonly mailMessageId: string;
  #columns: Readonly<Record<string, unknown>> = {};
  #version = 1;
  #shownAt: Date;
  readonly #queued: StoredEvent;

  /** `ordinal`: which message of its kind on its case. */
  constructor(
    private readonly log: PastLog,
    private readonly request: OutgoingRequest,
    ordinal: number,
    private readonly at: Date,
    private readonly caller: Caller,
  ) {
    this.id = log.newId();
    this.mailMessageId = mailMessageId({ ...request, ordinal, outgoingMessageId: this.id });
    this.#shownAt = at;
    this.#queued = this.record(
      'notifications.message-queued',
      { automatic: request.automatic, notBefore: null },
      at,
      caller,
    );
  }

  sent(at: Date, transport: string): void {
    const data = { on: londonDate(at), transport, reasonId: null, reasonCommitment: null };
    this.record('notifications.message-sent', data, at, this.delivery());
    this.#columns = { status: 'sent', transport, sent_at: at };
    this.#shownAt = at;
    this.#version += 1;
  }

  bounced(at: Date, severity: BounceSeverity, caller: Caller): StoredEvent {
    const event = this.record('notifications.message-bounced', { severity }, at, caller);
    this.#columns = { ...this.#columns, status: 'bounced', bounced_at: at, bounce_severity: severity };
    this.#version += 1;
    return event;
  }

  /** Refused for good, and left to people: a retry sends it. */
  failed(at: Date, reply: string, error: string): void {
    this.record('notifications.message-failed', { reply }, at, this.delivery());
    this.#columns = { status: 'failed', error };
    this.#version += 1;
    this.log.leaveToPeople(this.#queued, DELIVER_CONSUMER, { error: `PermanentFailure: ${error}`, attempts: 1, at });
  }

  /** Adds its rows; nothing happens to it any more. */
  write(): void {
    const { rows } = this.log;
    const { office, caseId } = this.request;
    const settled = { transport: null, sent_at: null, bounced_at: null, bounce_severity: null, error: null };
    rows.add('outgoing_message', {
      ...outgoingRow(this.request, this.id, this.mailMessageId, this.at, null),
      ...settled,
      ...this.#columns,
      version: this.#version,
    });
    if (belongsToThread(this.request.kind)) {
      rows.add('case_message', { ...threadRow(this.request, this.id, this.#shownAt), id: this.log.newId() });
    }
    rows.addUnlessThere('mail_thread_id', { office, message_id_header: this.mailMessageId, case_id: caseId });
  }

  private delivery(): Caller {
    return systemCaller(DELIVER_CONSUMER, this.caller.correlationId, this.#queued.id);
  }

  private record(type: NotificationEventType, about: JsonObject, at: Date, caller: Caller): StoredEvent {
    const { office, caseId, kind } = this.request;
    const data = { outgoingMessageId: this.id, caseId, kind, ...about };
    const event = { type, schemaVersion: NOTIFICATION_EVENT_VERSIONS[type], data, effectiveAt: at };
    const [stored] = this.log.append({ stream: streamOf(this.id), office, events: [event], caller });
    if (!stored) throw new Error('Nothing was recorded');
    return stored;
  }
}
