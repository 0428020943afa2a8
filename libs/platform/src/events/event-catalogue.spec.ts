import { EventCatalogue, type EventDeclaration } from './event-catalogue';

/** `lent` once carried one name; version 2 split it, version 3 counts copies. */
const events: Record<string, EventDeclaration> = {
  'lending.book-lent': {
    schemaVersion: 3,
    upcasts: {
      1: ({ reader, ...data }) => ({ ...data, readerId: reader ?? null }),
      2: (data) => ({ ...data, copies: 1 }),
    },
  },
};

describe('EventCatalogue', () => {
  const catalogue = new EventCatalogue().declare(events);

  // As they lie in databases of each released version: a fixture is never changed, a new version adds one.
  it.each([
    [1, { bookId: 'b1', reader: 'r1' }],
    [2, { bookId: 'b1', readerId: 'r1' }],
    [3, { bookId: 'b1', readerId: 'r1', copies: 1 }],
  ])('reads data of schema version %i as the newest', (version, data) => {
    expect(catalogue.upcast('lending.book-lent', version, data)).toEqual({ bookId: 'b1', readerId: 'r1', copies: 1 });
  });

  it('leaves the stored data as it was', () => {
    const stored = { bookId: 'b1', reader: 'r1' };
    catalogue.upcast('lending.book-lent', 1, stored);
    expect(stored).toEqual({ bookId: 'b1', reader: 'r1' });
  });

  it('refuses a type that nobody declared', () => {
    expect(() => catalogue.upcast('lending.book-burnt', 1, {})).toThrow('lending.book-burnt is not declared');
    expect(catalogue.has('lending.book-burnt')).toBe(false);
  });

  it('refuses to guess when a step is missing', () => {
    const gap = new EventCatalogue().declare({ 'lending.gap': { schemaVersion: 3, upcasts: { 1: (data) => data } } });
    expect(() => gap.upcast('lending.gap', 1, {})).toThrow('No upcast of lending.gap from schema version 2');
  });

  it('refuses a type that two contexts declare', () => {
    expect(() => new EventCatalogue().declare(events).declare(events)).toThrow('lending.book-lent is declared twice');
  });

  it('lists what exists', () => {
    expect(catalogue.types()).toEqual(['lending.book-lent']);
  });
});
