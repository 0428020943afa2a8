/** Where something stands in a text: from the first character up to, not with, the last. */
export interface Place {
  readonly from: number;
  readonly to: number;
}

const LETTER = /[\p{L}\p{N}\p{M}]/u;

/**
 * Finds every place of some words in a text, however it is broken into lines, spaced, capitalised, accented or
 * hyphenated at the end of a line. Whole words only: "Ann" is not found in "Annual". Places do not overlap.
 */
export function findWords(text: string, words: string): Place[] {
  const characters = [...text];
  const { letters, at } = folded(characters);
  const wanted = folded([...words]).letters.join('');
  if (wanted === '') return [];
  const haystack = letters.join('');
  const found: Place[] = [];
  // Offsets of the joined text are of its units, those of `at` of characters: each letter is one unit or is skipped as a whole.
  const unitAt: number[] = [];
  letters.forEach((letter, index) => {
    for (let unit = 0; unit < letter.length; unit += 1) unitAt.push(index);
  });
  for (let next = haystack.indexOf(wanted); next >= 0;) {
    const first = unitAt[next];
    const last = unitAt[next + wanted.length - 1];
    const from = first === undefined ? undefined : at[first];
    const end = last === undefined ? undefined : at[last];
    const isWhole =
      from !== undefined && end !== undefined && isEdge(characters, from, -1) && isEdge(characters, end, 1);
    if (isWhole) found.push({ from, to: end + 1 });
    next = haystack.indexOf(wanted, next + (isWhole ? wanted.length : 1));
  }
  return found;
}

/** Letters and digits alone, without case and accents, each with where it stood. */
function folded(characters: readonly string[]): { letters: string[]; at: number[] } {
  const letters: string[] = [];
  const at: number[] = [];
  characters.forEach((character, index) => {
    const plain = character
      .normalize('NFKD')
      .replace(/[^\p{L}\p{N}]/gu, '')
      .toLowerCase();
    if (plain === '') return;
    letters.push(plain);
    at.push(index);
  });
  return { letters, at };
}

/** Nothing that belongs to the same word stands beside it. */
function isEdge(characters: readonly string[], index: number, step: 1 | -1): boolean {
  const beside = characters[index + step];
  return beside === undefined || !LETTER.test(beside);
}
