import fc from 'fast-check';
import {
  decodeCursor,
  DEFAULT_LIMIT,
  encodeCursor,
  limitOf,
  pageOf,
  type CursorShape,
  type CursorValue,
  type Page,
} from './cursor';
import { InvalidRequest } from './invalid-request';

const shape: CursorShape = ['day?', 'instant', 'integer', 'text', 'uuid'];
const id = '0b0f6a3e-1c2d-4e3f-8a9b-0123456789ab';
const good = ['2026-04-07', '2026-04-07T09:30:00.123Z', 5, 'a', id];

describe('cursors', () => {
  it('come back as they were made', () => {
    expect(decodeCursor(encodeCursor(good), shape)).toEqual(good);
    expect(decodeCursor(encodeCursor([null, ...good.slice(1)]), shape)).toEqual([null, ...good.slice(1)]);
    expect([undefined, null, ''].map((none) => decodeCursor(none, shape))).toEqual([null, null, null]);
  });

  it('are refused at /cursor when they are nonsense, whatever it is', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ minLength: 1 }),
          fc.jsonValue().map((v) => encodeCursor(v as never)),
        ),
        (text) => {
          fc.pre(text !== '');
          expect(() => decodeCursor(text, shape)).toThrow(
            expect.objectContaining({ errors: [{ pointer: '/cursor', message: 'is not a cursor of this list' }] }),
          );
        },
      ),
    );
  });

  it.each([
    [0, '2026-02-30'],
    [0, '0000-01-01'],
    [0, '2026-4-7'],
    [1, '2026-04-07T25:00:00Z'],
    [1, '2026-04-07 09:30:00'],
    [1, '2026-02-30T09:30:00Z'],
    [1, null],
    [2, 1.5],
    [2, 1e300],
    [2, '5'],
    [3, 'a\0'],
    [3, 'x'.repeat(501)],
    [4, `${id}'`],
    [4, "' OR 1=1 --"],
  ])('never let a tampered part reach the database (part %i as %j)', (index, value) => {
    const tampered = good.with(index, value as string);
    expect(() => decodeCursor(encodeCursor(tampered), shape)).toThrow(InvalidRequest);
  });
});

describe('pages', () => {
  it('have 50 entries unless something from 1 to 200 is asked for', () => {
    expect([undefined, '', '1', '200'].map(limitOf)).toEqual([DEFAULT_LIMIT, 50, 1, 200]);
    for (const text of ['0', '201', '-1', '1.5', '1e2', 'ten', ' 5', '０']) {
      expect(() => limitOf(text)).toThrow(InvalidRequest);
    }
  });

  it('lead through a whole list, each entry once, and then end', () => {
    const list = Array.from({ length: 23 }, (_, n) => n);
    const seen: number[] = [];
    for (let cursor: string | null = null, turns = 0; turns < 10; turns++) {
      const after: CursorValue = decodeCursor(cursor, ['integer'])?.[0] ?? -1;
      const rows = list.filter((n) => n > Number(after)).slice(0, 6);
      const page: Page<number> = pageOf(rows, 5, (n) => [n]);
      seen.push(...page.items);
      cursor = page.nextCursor;
      if (cursor === null) break;
    }
    expect(seen).toEqual(list);
  });

  it('end exactly at the last entry', () => {
    expect(pageOf([1, 2], 2, (n) => [n]).nextCursor).toBeNull();
    expect(pageOf([], 2, () => []).nextCursor).toBeNull();
  });
});
