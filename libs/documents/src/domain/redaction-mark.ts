import { InvalidDocumentInput } from './document.errors';
import type { RedactedArea, RedactedWords, RedactionReason } from './redaction';

/** Something that is to be covered: words that were looked for, each place of them a mark; or a part of a page. */
export interface RedactionMark {
  /** Null for a part of a page. */
  readonly words: string | null;
  readonly reason: RedactionReason;
  /** From 0; null in a text, where the words are covered wherever they stand. */
  readonly page: number | null;
  /** In points from the top left corner. */
  readonly areas: readonly {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  }[];
  /** The words with what stands around them; how often, in a text. */
  readonly context: string;
}

export const RENDITION_SOURCES = ['attachment', 'document', 'message'] as const;
export type RenditionSource = (typeof RENDITION_SOURCES)[number];

const MOST_MARKS = 5_000;
const LONGEST_WORDS = 200;

/** Marks as one list with these added. @throws InvalidDocumentInput when it becomes too long to look over */
export function withMarks(marks: readonly RedactionMark[], added: readonly RedactionMark[]): RedactionMark[] {
  if (marks.length + added.length > MOST_MARKS) throw new InvalidDocumentInput('/words', 'there are too many places');
  const known = new Set(marks.map(sameness));
  return [...marks, ...added.filter((mark) => !known.has(sameness(mark)))];
}

export function checkWords({ words, reason }: RedactedWords): RedactedWords {
  const shown = words.replace(/\s+/g, ' ').trim();
  if (!/[\p{L}\p{N}]/u.test(shown)) throw new InvalidDocumentInput('/words', 'write the words to be covered');
  if (shown.length > LONGEST_WORDS) {
    throw new InvalidDocumentInput('/words', `must not be longer than ${String(LONGEST_WORDS)} characters`);
  }
  return { words: shown, reason };
}

export function areasOf(marks: readonly RedactionMark[]): RedactedArea[] {
  return marks.flatMap(({ page, reason, areas }) =>
    page === null ? [] : areas.map((area) => ({ page, reason, ...area })),
  );
}

export function wordsOf(marks: readonly RedactionMark[]): RedactedWords[] {
  return marks.flatMap(({ words, reason }) => (words === null ? [] : [{ words, reason }]));
}

export function reasonsOf(marks: readonly RedactionMark[]): RedactionReason[] {
  return [...new Set(marks.map(({ reason }) => reason))].sort();
}

function sameness({ words, page, areas, reason }: RedactionMark): string {
  return JSON.stringify([words, reason, page, areas]);
}
