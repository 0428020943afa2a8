import { isDeepStrictEqual } from 'node:util';

/** A run of words of a text that stayed, was added or was removed. */
export interface WordRun {
  readonly kind: 'same' | 'added' | 'removed';
  readonly text: string;
}

/** One field that a change changed. `path` is a JSON pointer into the data. */
export interface FieldDifference {
  readonly path: string;
  readonly before: unknown;
  readonly after: unknown;
  /** Word by word, for texts; null for everything else. */
  readonly words: readonly WordRun[] | null;
}

/** Beyond it the comparison would cost more than it tells: the whole text then counts as replaced. */
const MOST_CELLS = 4_000_000;

/** What differs between two versions of an entry's data: by field, lists as a whole, texts by word. */
export function differencesOf(before: unknown, after: unknown, path = ''): FieldDifference[] {
  if (isDeepStrictEqual(before, after)) return [];
  if (isRecord(before) && isRecord(after)) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return names.flatMap((name) => differencesOf(before[name], after[name], `${path}/${name}`));
  }
  const areTexts = typeof before === 'string' && typeof after === 'string';
  return [
    {
      path,
      before: before ?? null,
      after: after ?? null,
      words: areTexts ? wordDifference(before, after) : null,
    },
  ];
}

/** The longest common run of words decides what stayed. */
export function wordDifference(before: string, after: string): WordRun[] {
  const a = tokensOf(before);
  const b = tokensOf(after);
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  const middle = compare(a.slice(start, a.length - end), b.slice(start, b.length - end));
  return joined([
    ...a.slice(0, start).map((text) => ({ kind: 'same' as const, text })),
    ...middle,
    ...a.slice(a.length - end).map((text) => ({ kind: 'same' as const, text })),
  ]);
}

function compare(a: readonly string[], b: readonly string[]): WordRun[] {
  const removed = (text: string): WordRun => ({ kind: 'removed', text });
  const added = (text: string): WordRun => ({ kind: 'added', text });
  const width = b.length + 1;
  if ((a.length + 1) * width > MOST_CELLS) return [...a.map(removed), ...b.map(added)];
  const lengths = new Uint32Array((a.length + 1) * width);
  const at = (i: number, j: number): number => lengths[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      lengths[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const runs: WordRun[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    const [left = '', right = ''] = [a[i], b[j]];
    if (i < a.length && j < b.length && left === right) {
      runs.push({ kind: 'same', text: left });
      i++;
      j++;
    } else if (i < a.length && (j >= b.length || at(i + 1, j) >= at(i, j + 1))) {
      runs.push(removed(left));
      i++;
    } else {
      runs.push(added(right));
      j++;
    }
  }
  return runs;
}

/** Words with the space after them, so that what is shown can be read aloud and put together again. */
function tokensOf(text: string): string[] {
  return text.match(/\S+\s*|\s+/g) ?? [];
}

function joined(runs: readonly WordRun[]): WordRun[] {
  const result: { kind: WordRun['kind']; text: string }[] = [];
  for (const run of runs) {
    const last = result.at(-1);
    if (last?.kind === run.kind) last.text += run.text;
    else result.push({ ...run });
  }
  return result;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
