import { Injectable } from '@nestjs/common';
import { Clock } from '@app/kernel';
import { EventStore } from '../events/event-store';
import type { StoredEvent } from '../events/stored-event';
import { UnitOfWork } from '../persistence/unit-of-work';
import { Book, Reader } from './lending-domain.fixture';

export const OFFICE = 'west-mercia';

export const LENDING_TABLES = `
  CREATE TABLE book (id text PRIMARY KEY, version integer NOT NULL, lent_to text);
  CREATE TABLE effect (
    seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, consumer text NOT NULL, message_id uuid NOT NULL,
    stream text NOT NULL, version integer NOT NULL, note text NOT NULL, actor text NOT NULL, caused_by text
  );
  CREATE TABLE shelf (book text PRIMARY KEY, status text NOT NULL, loans integer NOT NULL, history text NOT NULL);
  CREATE TABLE reader_loans (reader text PRIMARY KEY, loans integer NOT NULL);
`;

/** What the application layer of a context does: state row, events and outbox rows in one transaction. */
@Injectable()
export class Lending {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: EventStore,
    private readonly clock: Clock,
  ) {}

  async acquire(id: string): Promise<StoredEvent[]> {
    return this.unitOfWork.run(async (manager) => {
      const events = Book.acquire(id, this.clock.now()).releaseEvents();
      await manager.query(`INSERT INTO book (id, version) VALUES ($1, $2)`, [id, events.length]);
      return this.store.append([{ stream: `book-${id}`, office: OFFICE, expectedVersion: 0, events }]);
    });
  }

  lend(id: string, reader: string): Promise<StoredEvent[]> {
    return this.change(id, (book) => book.lend(reader, this.clock.now()));
  }

  giveBack(id: string): Promise<StoredEvent[]> {
    return this.change(id, (book) => book.giveBack(this.clock.now()));
  }

  async join(id: string): Promise<StoredEvent[]> {
    return this.unitOfWork.run(() => {
      const events = Reader.join(id, this.clock.now()).releaseEvents();
      return this.store.append([{ stream: `reader-${id}`, office: OFFICE, expectedVersion: 0, events }]);
    });
  }

  private async change(id: string, act: (book: Book) => void): Promise<StoredEvent[]> {
    return this.unitOfWork.run(async (manager) => {
      const [row]: { version: number; lent_to: string | null }[] = await manager.query(
        `SELECT version, lent_to FROM book WHERE id = $1`,
        [id],
      );
      if (!row) throw new Error(`There is no book ${id}`);
      const book = Book.restore(id, row.version, row.lent_to);
      act(book);
      const events = book.releaseEvents();
      const stored = await this.store.append([
        { stream: `book-${id}`, office: OFFICE, expectedVersion: book.version, events },
      ]);
      await manager.query(`UPDATE book SET version = $2, lent_to = $3 WHERE id = $1`, [
        id,
        book.version + events.length,
        book.lentTo,
      ]);
      return stored;
    });
  }
}
