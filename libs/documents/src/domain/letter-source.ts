import type { LetterDocument, Letterhead } from './letter-document';
import { documentLine, documentText } from './document-text';
import { parseLetter } from './markup';

/** What is stored of a letter: its frame, and its text in the simple markup as its author wrote it. */
export interface LetterSource {
  readonly title: string;
  readonly language: LetterDocument['language'];
  readonly letterhead: Letterhead | null;
  readonly addressee: readonly string[];
  readonly date: string | null;
  readonly references: { readonly ours: string | null; readonly yours: string | null };
  readonly subject: string | null;
  readonly text: string;
  readonly marking: string | null;
}

/** The letter that its source describes; what is odd in it becomes text, never an error. */
export function toLetterDocument({ text, ...frame }: LetterSource): LetterDocument {
  const { ours, yours } = frame.references;
  return {
    title: documentLine(frame.title),
    language: frame.language,
    letterhead: frame.letterhead,
    addressee: frame.addressee.map(documentLine).filter((line) => line !== ''),
    date: frame.date,
    references: { ours: orNull(ours), yours: orNull(yours) },
    subject: orNull(frame.subject),
    marking: orNull(frame.marking),
    ...parseLetter(text),
  };
}

const UNFILLED = /\[\[([^[\]\n]{1,80})\]\]/g;
const TAG = /\{\{|\}\}|\{%|%\}/;

/** The name of a field that has no value yet, as it stands in a letter until somebody fills it in. */
export function unfilledMark(field: string): string {
  return `[[${field}]]`;
}

/** What somebody must still fill in, by name: such a letter is not finished. */
export function unfilledIn(source: LetterSource): string[] {
  const texts = [source.text, source.subject ?? '', source.title, ...source.addressee].map(documentText);
  const marks = texts.flatMap((text) => [...text.matchAll(UNFILLED)].map(([, name = '']) => name));
  const tags = texts.some((text) => TAG.test(text)) ? ['a field of the template'] : [];
  return [...new Set([...marks, ...tags])];
}

function orNull(text: string | null): string | null {
  const line = documentLine(text ?? '');
  return line === '' ? null : line;
}
