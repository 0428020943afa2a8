/** Whether a count may be said: as it is, as "fewer than", or not at all so that another cannot be worked out. */
export type Disclosure = 'shown' | 'small' | 'hidden';

/** A count that is the sum of others, as every reader can see. */
export interface Sum {
  readonly whole: string;
  readonly parts: readonly string[];
}

type Counts = ReadonlyMap<string, number>;
interface Range {
  readonly lo: number;
  readonly hi: number;
}

const MOST_STEPS = 4_000;

/** Counts that are printed; others can only be worked out, as what a percentage leaves of its base. */
type IsPrinted = (cell: string) => boolean;

/**
 * Says which counts to leave out of what is published. Counts from 1 to below `smallest` are "fewer than"; nought is
 * shown. Further counts are hidden until no count that is left out follows from the sums, from what is shown and from
 * knowing how the others are left out: for each there are at least two numbers that fit everything published.
 */
export function suppress(
  counts: Counts,
  sums: readonly Sum[],
  smallest: number,
  isPrinted: IsPrinted = () => true,
): Map<string, Disclosure> {
  const found = new Map<string, Disclosure>();
  for (const [cell, count] of counts) {
    found.set(cell, count > 0 && count < smallest ? 'small' : isPrinted(cell) ? 'shown' : 'hidden');
  }
  for (const group of componentsOf(counts, sums)) protect(found, counts, group, smallest, isPrinted);
  return found;
}

/** Whether one that knows all that is published can tell the count exactly. Used to check, and by the search itself. */
export function isDerivable(
  cell: string,
  disclosures: ReadonlyMap<string, Disclosure>,
  counts: Counts,
  sums: readonly Sum[],
  smallest: number,
  isPrinted: IsPrinted = () => true,
): boolean {
  const ranges = new Map<string, Range>();
  const most = 2 * Math.max(smallest, ...counts.values());
  for (const [each, count] of counts) {
    const disclosure = disclosures.get(each) ?? 'shown';
    const isUnknown = disclosure === 'hidden' && !isPrinted(each);
    ranges.set(each, isUnknown ? { lo: 0, hi: most } : rangeOf(disclosure, count, smallest, most));
  }
  const own = ranges.get(cell) ?? { lo: 0, hi: 0 };
  const truth = counts.get(cell) ?? 0;
  const others = [truth - 1, truth + 1, own.lo, truth * 2, own.hi].filter(
    (value) => value !== truth && value >= own.lo && value <= own.hi,
  );
  const search = { left: MOST_STEPS };
  return !others.some((value) => fits(new Map(ranges).set(cell, { lo: value, hi: value }), counts, sums, search));
}

function protect(
  found: Map<string, Disclosure>,
  counts: Counts,
  { cells, sums }: { readonly cells: readonly string[]; readonly sums: readonly Sum[] },
  smallest: number,
  isPrinted: IsPrinted,
): void {
  const own = new Map(cells.map((cell) => [cell, counts.get(cell) ?? 0] as const));
  const wholes = new Set(sums.map(({ whole }) => whole));
  const isRisen = (cell: string): boolean => isDerivable(cell, found, own, sums, smallest, isPrinted);
  const isKept = (cell: string): boolean =>
    found.get(cell) === 'small' || (found.get(cell) === 'hidden' && isPrinted(cell));
  for (;;) {
    const risen = cells.find((cell) => isKept(cell) && isRisen(cell));
    if (risen === undefined) return;
    const moves = movesFor(risen, { cells, sums, own, wholes, found, isPrinted });
    if (moves.length === 0) {
      // Nothing is left to hide: "fewer than" itself says too much. Twice every count fits as well, so all are safe.
      for (const cell of cells) if (found.get(cell) === 'small') found.set(cell, 'hidden');
      return;
    }
    const helps = (cell: string): boolean => {
      const before = found.get(cell) ?? 'shown';
      found.set(cell, 'hidden');
      const isSafe = !isRisen(risen);
      found.set(cell, before);
      return isSafe;
    };
    found.set(moves.find(helps) ?? moves[0] ?? risen, 'hidden');
  }
}

/** What could be hidden to keep a count, the least loss first: parts, then how small counts are named, wholes last. */
function movesFor(
  risen: string,
  {
    cells,
    sums,
    own,
    wholes,
    found,
    isPrinted,
  }: {
    readonly cells: readonly string[];
    readonly sums: readonly Sum[];
    readonly own: Counts;
    readonly wholes: ReadonlySet<string>;
    readonly found: ReadonlyMap<string, Disclosure>;
    readonly isPrinted: IsPrinted;
  },
): readonly string[] {
  const near = new Set(
    sums
      .filter(({ whole, parts }) => whole === risen || parts.includes(risen))
      .flatMap((sum) => [sum.whole, ...sum.parts]),
  );
  const rank = (cell: string): number[] => [near.has(cell) ? 0 : 1, own.get(cell) ?? 0];
  const ranked = (chosen: readonly string[]): string[] =>
    [...chosen].sort((a, b) => compare(rank(a), rank(b)) || (a < b ? -1 : 1));
  const shown = cells.filter((cell) => found.get(cell) === 'shown' && (own.get(cell) ?? 0) > 0);
  const small = cells.filter((cell) => found.get(cell) === 'small' && isPrinted(cell));
  return [
    ...ranked(shown.filter((cell) => !wholes.has(cell))),
    ...(small.includes(risen) ? [risen] : []),
    ...ranked(small.filter((cell) => cell !== risen)),
    ...ranked(shown.filter((cell) => wholes.has(cell))),
  ];
}

/** What a reader knows of a count by the way in which it is left out. */
function rangeOf(disclosure: Disclosure, count: number, smallest: number, most: number): Range {
  if (disclosure === 'shown') return { lo: count, hi: count };
  if (disclosure === 'small') return { lo: 1, hi: smallest - 1 };
  // A small count that is hidden is known for nothing; of another a reader may guess that it is not small.
  return { lo: count < smallest ? 0 : smallest, hi: most };
}

/** Whether some counts within the ranges fit every sum. When the search takes too long the answer is no. */
function fits(ranges: Map<string, Range>, counts: Counts, sums: readonly Sum[], search: { left: number }): boolean {
  if (--search.left < 0 || !narrow(ranges, sums)) return false;
  const [open] = [...ranges].filter(([, { lo, hi }]) => lo < hi).sort(([, a], [, b]) => a.hi - a.lo - (b.hi - b.lo));
  if (open === undefined) return true;
  const [cell, { lo, hi }] = open;
  const truth = counts.get(cell) ?? 0;
  const values = [...new Set([truth, truth - 1, truth + 1, truth - 2, truth + 2, lo, hi])];
  return values
    .filter((value) => value >= lo && value <= hi)
    .some((value) => fits(new Map(ranges).set(cell, { lo: value, hi: value }), counts, sums, search));
}

/** Narrows each range by the sums until nothing changes; false when nothing fits. */
function narrow(ranges: Map<string, Range>, sums: readonly Sum[]): boolean {
  const of = (cell: string): Range => ranges.get(cell) ?? { lo: 0, hi: 0 };
  for (let changed = true; changed;) {
    changed = false;
    const set = (cell: string, lo: number, hi: number): boolean => {
      const before = of(cell);
      const after = { lo: Math.max(before.lo, lo), hi: Math.min(before.hi, hi) };
      if (after.lo > after.hi) return false;
      if (after.lo !== before.lo || after.hi !== before.hi) {
        ranges.set(cell, after);
        changed = true;
      }
      return true;
    };
    for (const { whole, parts } of sums) {
      const lo = parts.reduce((sum, part) => sum + of(part).lo, 0);
      const hi = parts.reduce((sum, part) => sum + of(part).hi, 0);
      if (!set(whole, lo, hi)) return false;
      for (const part of parts) {
        const { lo: partLo, hi: partHi } = of(part);
        if (!set(part, of(whole).lo - (hi - partHi), of(whole).hi - (lo - partLo))) return false;
      }
    }
  }
  return true;
}

/** Counts that sums tie together: what is hidden in one group says nothing about another. */
function componentsOf(
  counts: Counts,
  sums: readonly Sum[],
): readonly { readonly cells: readonly string[]; readonly sums: readonly Sum[] }[] {
  const groups: { cells: Set<string>; sums: Sum[] }[] = [...counts.keys()].map((cell) => ({
    cells: new Set([cell]),
    sums: [],
  }));
  for (const sum of sums) {
    const named = [sum.whole, ...sum.parts];
    const touched = groups.filter(({ cells }) => named.some((cell) => cells.has(cell)));
    const [first, ...rest] = touched;
    if (first === undefined) continue;
    first.sums.push(sum);
    for (const other of rest) {
      for (const cell of other.cells) first.cells.add(cell);
      first.sums.push(...other.sums);
      groups.splice(groups.indexOf(other), 1);
    }
  }
  return groups.map(({ cells, sums: own }) => ({ cells: [...cells], sums: own }));
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (const [index, value] of a.entries()) {
    const difference = value - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
