import { createHash } from 'node:crypto';

export const MOST_IN_POPULATION = 20_000;
const LONGEST_REFERENCE = 40;
const REFERENCE = /^(?=.*\d)[A-Z0-9][A-Z0-9/.\-]*$/;

/** A list of references as it came, one or several a line; what is not a reference is said by its line. */
export interface ReadPopulation {
  readonly references: readonly string[];
  readonly repeated: number;
  readonly refused: readonly { readonly line: number; readonly text: string }[];
}

/** Capital letters, no spaces: two ways of writing one file are one file. */
export function normalReference(text: string): string {
  return text.toUpperCase().replace(/\s+/g, '');
}

export function isReference(text: string): boolean {
  return text.length <= LONGEST_REFERENCE && REFERENCE.test(text);
}

/** Sorted by their bytes and without repeats, so that the order in which a list came changes nothing. */
export function readPopulation(entries: readonly string[]): ReadPopulation {
  const refused: { line: number; text: string }[] = [];
  const found: string[] = [];
  for (const [index, entry] of entries.entries()) {
    const reference = normalReference(entry);
    if (reference === '') continue;
    if (isReference(reference)) found.push(reference);
    else refused.push({ line: index + 1, text: entry.trim().slice(0, LONGEST_REFERENCE) });
  }
  // All are ASCII: the order of UTF-16 units is that of bytes.
  const references = [...new Set(found)].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  return { references, repeated: found.length - references.length, refused };
}

/** SHA-256 of the sorted references, one a line with a line end each: `LC_ALL=C sort -u list.txt | sha256sum`. */
export function populationHash(references: readonly string[]): string {
  return createHash('sha256')
    .update(references.map((reference) => `${reference}\n`).join(''))
    .digest('hex');
}
