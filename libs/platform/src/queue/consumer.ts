import { SetMetadata, type CustomDecorator } from '@nestjs/common';
import type { JsonObject } from '@app/kernel';

/** The queues that exist. One BullMQ queue each; a consumer names the one it works on. */
export const QUEUES = ['filing', 'triage', 'routing', 'deadlines', 'notifications', 'projections'] as const;
export type QueueName = (typeof QUEUES)[number];

export interface ConsumerDeclaration {
  /** Stable: it is stored in outbox and inbox rows. */
  readonly name: string;
  readonly queue: QueueName;
  readonly events?: readonly string[];
  /** Of these events, which ones: no work is queued for the others. Without it, all. Must not change for a stored event. */
  readonly wants?: (type: string, data: JsonObject) => boolean;
  /** Kinds of scheduled_action that this consumer carries out. */
  readonly timers?: readonly string[];
  /** Attempts before the message becomes a "needs attention" row. */
  readonly attempts?: number;
}

/** What a consumer gets: an event, or a timer that is due. */
export interface ConsumedMessage {
  readonly id: string;
  readonly source: 'event' | 'timer';
  readonly type: string;
  readonly office: string | null;
  /** The event's stream, or the timer's subject. */
  readonly stream: string;
  readonly version: number;
  readonly data: JsonObject;
  readonly metadata: JsonObject;
  readonly attempt: number;
  readonly effectiveAt: Date;
}

/**
 * Acts on messages, at least once and possibly late. `handle` runs in one transaction with the inbox row and the
 * closing of the outbox row, so its database effect happens exactly once.
 */
export abstract class Consumer<P = undefined> {
  /** Slow or outside work that must not hold a transaction (parsing, sending). May be repeated after a crash. */
  prepare?(message: ConsumedMessage): Promise<P>;

  abstract handle(message: ConsumedMessage, prepared: P): Promise<void>;
}

/** Waiting will not make it better: the message becomes a "needs attention" row at once. */
export class PermanentFailure extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'PermanentFailure';
  }
}

export const CONSUMER_METADATA = 'postbag:consumer';

export const Consumes = (declaration: ConsumerDeclaration): CustomDecorator =>
  SetMetadata(CONSUMER_METADATA, declaration);
