import type { DomainEvent, JsonObject } from '@app/kernel';
import type { OutgoingKind } from './outgoing-status';

interface AboutMessage {
  outgoingMessageId: string;
  /** Null for letters to staff about no one case. */
  caseId: string | null;
  kind: OutgoingKind;
}

/** Event types of an outgoing message and the shape of their data: ids and codes only, never an address or a text. */
export interface NotificationEventData {
  /** `notBefore` set: a timer sends it, and until then it can be cancelled. */
  'notifications.message-queued': AboutMessage & { automatic: boolean; notBefore: string | null };
  /** `transport` is null where a person stated, with a reason, that it had been sent. */
  'notifications.message-sent': AboutMessage & {
    on: string;
    transport: string | null;
    reasonId: string | null;
    reasonCommitment: string | null;
  };
  /** Refused for good. `reply` is the server's code, such as `550 5.1.1`. */
  'notifications.message-failed': AboutMessage & { reply: string | null };
  /** It may or may not have gone out: a person has to look before it goes again. */
  'notifications.message-uncertain': AboutMessage;
  'notifications.message-resend-asked': AboutMessage;
  'notifications.message-cancelled': AboutMessage;
  'notifications.message-bounced': AboutMessage & { severity: string };
}

export type NotificationEventType = keyof NotificationEventData;

export type NotificationEvent = {
  [T in NotificationEventType]: DomainEvent<T, NotificationEventData[T] & JsonObject>;
}[NotificationEventType];

/** Newest schema version of each type; stored data of older versions is upcast on reading. */
export const NOTIFICATION_EVENT_VERSIONS: Readonly<Record<NotificationEventType, number>> = {
  'notifications.message-queued': 1,
  'notifications.message-sent': 1,
  'notifications.message-failed': 1,
  'notifications.message-uncertain': 1,
  'notifications.message-resend-asked': 1,
  'notifications.message-cancelled': 1,
  'notifications.message-bounced': 1,
};
