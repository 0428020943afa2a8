import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { StoredEvent } from '../events/stored-event';
import { currentCaller } from '../persistence/caller';
import { UnitOfWork } from '../persistence/unit-of-work';
import { Projection, Projects, type TableNames } from '../projections/projection';
import { Consumer, Consumes, type ConsumedMessage } from '../queue/consumer';
import { Timers } from '../timers/timers';

type Trouble = (message: ConsumedMessage, step: 'prepare' | 'handle') => Promise<void> | void;

/** What a test lets go wrong, and where it waits. */
@Injectable()
export class Faults {
  private readonly troubles = new Map<string, Trouble>();

  on(consumer: string, trouble: Trouble): void {
    this.troubles.set(consumer, trouble);
  }

  clear(): void {
    this.troubles.clear();
  }

  async meet(consumer: string, message: ConsumedMessage, step: 'prepare' | 'handle'): Promise<void> {
    await this.troubles.get(consumer)?.(message, step);
  }
}

/** Leaves one row for each time that a consumer's effect was committed. No key hides a second one. */
@Injectable()
export class Effects {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async leave(consumer: string, { id, stream, version }: ConsumedMessage, note: string): Promise<void> {
    const { actor, causationId } = currentCaller();
    await this.unitOfWork.manager.query(
      `INSERT INTO effect (consumer, message_id, stream, version, note, actor, caused_by) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [consumer, id, stream, version, note, actor.id, causationId],
    );
  }
}

@Consumes({
  name: 'lending.count-loan',
  queue: 'triage',
  events: ['lending.book-lent', 'lending.book-returned'],
  attempts: 3,
})
export class CountLoan extends Consumer {
  constructor(
    private readonly effects: Effects,
    private readonly faults: Faults,
  ) {
    super();
  }

  async handle(message: ConsumedMessage): Promise<void> {
    await this.effects.leave('lending.count-loan', message, message.type);
    await this.faults.meet('lending.count-loan', message, 'handle');
  }
}

@Consumes({ name: 'lending.greet-reader', queue: 'notifications', events: ['lending.reader-joined'] })
export class GreetReader extends Consumer<string> {
  constructor(
    private readonly effects: Effects,
    private readonly faults: Faults,
  ) {
    super();
  }

  override async prepare(message: ConsumedMessage): Promise<string> {
    await this.faults.meet('lending.greet-reader', message, 'prepare');
    return `Welcome, ${message.stream}`;
  }

  async handle(message: ConsumedMessage, greeting: string): Promise<void> {
    await this.effects.leave('lending.greet-reader', message, greeting);
    await this.faults.meet('lending.greet-reader', message, 'handle');
  }
}

export const LOAN_DAYS = 14;

@Consumes({
  name: 'lending.remind',
  queue: 'deadlines',
  events: ['lending.book-lent', 'lending.book-returned'],
  timers: ['lending.book-due'],
})
export class Remind extends Consumer {
  constructor(
    private readonly effects: Effects,
    private readonly timers: Timers,
    private readonly faults: Faults,
  ) {
    super();
  }

  async handle(message: ConsumedMessage): Promise<void> {
    const { stream: subject, office, effectiveAt, type } = message;
    if (type === 'lending.book-lent') {
      const dueAt = new Date(effectiveAt.getTime() + LOAN_DAYS * 86_400_000);
      await this.timers.set({ kind: 'lending.book-due', office, subject, dueAt, data: { loan: message.id } });
    } else if (type === 'lending.book-returned') {
      await this.timers.cancel('lending.book-due', subject);
    }
    await this.effects.leave('lending.remind', message, type);
    await this.faults.meet('lending.remind', message, 'handle');
  }
}

/** Depends on the order of events: the history is the list of versions as they came. */
@Projects({
  name: 'lending.shelf',
  tables: ['shelf', 'reader_loans'],
  events: ['lending.book-acquired', 'lending.book-lent', 'lending.book-returned'],
})
export class ShelfProjection extends Projection {
  async apply(manager: EntityManager, events: readonly StoredEvent[], table: TableNames): Promise<void> {
    for (const { stream, type, version, data } of events) {
      const lent = type === 'lending.book-lent' ? 1 : 0;
      await manager.query(
        `INSERT INTO ${table('shelf')} AS s (book, status, loans, history) VALUES ($1, $2, $3, $4)
         ON CONFLICT (book) DO UPDATE SET status = $2, loans = s.loans + $3, history = s.history || ',' || $4`,
        [stream, type, lent, String(version)],
      );
      if (!lent) continue;
      await manager.query(
        `INSERT INTO ${table('reader_loans')} AS r (reader, loans) VALUES ($1, 1)
         ON CONFLICT (reader) DO UPDATE SET loans = r.loans + 1`,
        [data.readerId],
      );
    }
  }
}
