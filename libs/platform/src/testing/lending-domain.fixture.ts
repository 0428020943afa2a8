import { Aggregate, DomainError, type DomainEvent } from '@app/kernel';

export class BookIsOut extends DomainError {
  readonly code = 'lending.book-is-out';
  readonly kind = 'conflict';
  constructor() {
    super('The book is out.');
  }
}

/** A book of a small library: a context to try the event core with. */
export class Book extends Aggregate<DomainEvent> {
  private constructor(
    id: string,
    version: number,
    private reader: string | null,
  ) {
    super(id, version);
  }

  static acquire(id: string, at: Date): Book {
    const book = new Book(id, 0, null);
    book.happened('lending.book-acquired', { bookId: id }, at);
    return book;
  }

  static restore(id: string, version: number, reader: string | null): Book {
    return new Book(id, version, reader);
  }

  get lentTo(): string | null {
    return this.reader;
  }

  lend(reader: string, at: Date): void {
    if (this.reader !== null) throw new BookIsOut();
    this.reader = reader;
    this.happened('lending.book-lent', { bookId: this.id, readerId: reader }, at);
  }

  giveBack(at: Date): void {
    if (this.reader === null) return;
    this.reader = null;
    this.happened('lending.book-returned', { bookId: this.id }, at);
  }

  private happened(type: string, data: DomainEvent['data'], effectiveAt: Date): void {
    this.record({ type, schemaVersion: 1, data, effectiveAt });
  }
}

export class Reader extends Aggregate<DomainEvent> {
  static join(id: string, at: Date): Reader {
    const reader = new Reader(id, 0);
    reader.record({ type: 'lending.reader-joined', schemaVersion: 1, data: { readerId: id }, effectiveAt: at });
    return reader;
  }
}
