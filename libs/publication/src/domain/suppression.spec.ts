import fc from 'fast-check';
import { suppress, type Disclosure, type Sum } from './suppression';

const SMALLEST = 5;
const counted = (counts: Record<string, number>): Map<string, number> => new Map(Object.entries(counts));

/**
 * Somebody with a pencil: tries every way of filling in the cells that are no sums, keeps those that agree with all that
 * was published, and says which left-out cells have only one value. It knows nothing of how cells were chosen.
 */
function worked(
  counts: ReadonlyMap<string, number>,
  sums: readonly Sum[],
  disclosures: ReadonlyMap<string, Disclosure>,
  most: number,
): string[] {
  const wholes = new Set(sums.map(({ whole }) => whole));
  const atoms = [...counts.keys()].filter((cell) => !wholes.has(cell));
  const seen = new Map([...counts.keys()].map((cell) => [cell, new Set<number>()]));
  const try_ = (index: number, guess: Map<string, number>): void => {
    const atom = atoms[index];
    if (atom === undefined) {
      const all = new Map(guess);
      for (const { whole, parts } of sums) {
        const sum = parts.reduce((total, part) => total + (all.get(part) ?? 0), 0);
        if (all.has(whole) && all.get(whole) !== sum) return;
        all.set(whole, sum);
      }
      for (const [cell, value] of all) if (!agrees(cell, value)) return;
      for (const [cell, value] of all) seen.get(cell)?.add(value);
      return;
    }
    for (let value = 0; value <= most; value++) {
      if (agrees(atom, value)) try_(index + 1, new Map(guess).set(atom, value));
    }
  };
  const agrees = (cell: string, value: number): boolean => {
    const disclosure = disclosures.get(cell);
    if (disclosure === 'shown') return value === counts.get(cell);
    return disclosure === 'hidden' || (value >= 1 && value < SMALLEST);
  };
  try_(0, new Map());
  return [...counts.keys()].filter((cell) => disclosures.get(cell) !== 'shown' && (seen.get(cell)?.size ?? 0) < 2);
}

describe('small numbers in what is published', () => {
  it('are fewer than five, and nought is shown', () => {
    expect([...suppress(counted({ a: 0, b: 1, c: 4, d: 5 }), [], SMALLEST).values()]).toEqual([
      'shown',
      'small',
      'small',
      'shown',
    ]);
  });

  it('cannot be had by taking the others from the total', () => {
    const found = suppress(
      counted({ all: 20, a: 3, b: 7, c: 10 }),
      [{ whole: 'all', parts: ['a', 'b', 'c'] }],
      SMALLEST,
    );
    expect(Object.fromEntries(found)).toEqual({ all: 'shown', a: 'small', b: 'hidden', c: 'shown' });
  });

  it('cannot be had where two of them add up to one number only', () => {
    const found = suppress(
      counted({ all: 18, a: 4, b: 4, c: 10 }),
      [{ whole: 'all', parts: ['a', 'b', 'c'] }],
      SMALLEST,
    );
    expect(found.get('c')).toBe('hidden');
  });

  it('cannot be had from a percentage: what is left of the base counts as well', () => {
    const found = suppress(counted({ base: 20, yes: 18, no: 2 }), [{ whole: 'base', parts: ['yes', 'no'] }], SMALLEST);
    expect(Object.fromEntries(found)).toEqual({ base: 'shown', yes: 'hidden', no: 'small' });
  });

  it('rather hides how a small part is named than the total', () => {
    const found = suppress(counted({ all: 8, a: 4, b: 4 }), [{ whole: 'all', parts: ['a', 'b'] }], SMALLEST);
    expect(found.get('all')).toBe('shown');
  });

  it('keeps the total of two splits and of the percentages of one', () => {
    const counts = counted({ all: 9, a: 1, a1: 8, b: 5, b1: 4, c: 3, c1: 6, x: 3, y: 6 });
    const sums: Sum[] = [
      { whole: 'all', parts: ['a', 'b', 'c'] },
      { whole: 'all', parts: ['x', 'y'] },
      ...['a', 'b', 'c'].map((part) => ({ whole: 'all', parts: [part, `${part}1`] })),
    ];
    const found = suppress(counts, sums, SMALLEST, (cell) => !cell.endsWith('1'));
    expect(found.get('all')).toBe('shown');
    const isPrinted = ([cell]: readonly [string, unknown]): boolean => !cell.endsWith('1');
    const printed = new Map([...counts].filter(isPrinted));
    expect(worked(printed, sums.slice(0, 2), new Map([...found].filter(isPrinted)), 12)).toEqual([]);
  });

  it('hide nothing that need not be hidden', () => {
    const found = suppress(
      counted({ all: 30, a: 0, b: 12, c: 18 }),
      [{ whole: 'all', parts: ['a', 'b', 'c'] }],
      SMALLEST,
    );
    expect([...found.values()].every((each) => each === 'shown')).toBe(true);
  });

  const count = fc.oneof(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 14 }));

  it('give no left-out cell of a split away, whatever the counts', () => {
    fc.assert(
      fc.property(fc.array(count, { minLength: 1, maxLength: 4 }), (parts) => {
        const cells = new Map<string, number>(parts.map((value, index) => [`p${String(index)}`, value]));
        const sums = [{ whole: 'all', parts: [...cells.keys()] }];
        cells.set(
          'all',
          parts.reduce((sum, value) => sum + value, 0),
        );
        expect(worked(cells, sums, suppress(cells, sums, SMALLEST), 30)).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  it('give no left-out cell of a table with both totals away, whatever the counts', () => {
    fc.assert(
      fc.property(count, count, count, count, (a, b, c, d) => {
        const cells = counted({ a, b, c, d, ab: a + b, cd: c + d, ac: a + c, bd: b + d, all: a + b + c + d });
        const sums: Sum[] = [
          { whole: 'ab', parts: ['a', 'b'] },
          { whole: 'cd', parts: ['c', 'd'] },
          { whole: 'ac', parts: ['a', 'c'] },
          { whole: 'bd', parts: ['b', 'd'] },
          { whole: 'all', parts: ['ab', 'cd'] },
          { whole: 'all', parts: ['ac', 'bd'] },
        ];
        const found = suppress(cells, sums, SMALLEST);
        expect(worked(cells, sums, found, 30)).toEqual([]);
        for (const [cell, value] of cells) {
          if (value === 0) expect(found.get(cell)).toBe('shown');
          if (value > 0 && value < SMALLEST) expect(found.get(cell)).not.toBe('shown');
        }
      }),
      { numRuns: 40 },
    );
  });
});
