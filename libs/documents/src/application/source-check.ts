import { isDay } from '@app/kernel';
import { documentLine, documentText, LONGEST_TEXT } from '../domain/document-text';
import { InvalidDocumentInput } from '../domain/document.errors';
import type { LetterSource } from '../domain/letter-source';

const LONGEST_LINE = 200;
const MOST_LINES = 10;

/** A source as it may be kept: every part within its bounds, without characters that no document can hold. */
export function checkSource(source: LetterSource): LetterSource {
  const title = line('title', source.title);
  if (title === '') throw new InvalidDocumentInput('/title', 'give the document a title');
  if (source.text.length > LONGEST_TEXT) throw new InvalidDocumentInput('/text', 'is too long');
  if (source.addressee.length > MOST_LINES) {
    throw new InvalidDocumentInput('/addressee', `must not have more than ${String(MOST_LINES)} lines`);
  }
  if (source.date !== null && !isDay(source.date)) throw new InvalidDocumentInput('/date', 'must be a day that exists');
  return {
    ...source,
    title,
    addressee: source.addressee.map((each) => line('addressee', each)).filter((each) => each !== ''),
    references: {
      ours: source.references.ours,
      yours: orNull(line('yourReference', source.references.yours ?? '')),
    },
    subject: orNull(line('subject', source.subject ?? '')),
    marking: orNull(line('marking', source.marking ?? '')),
    text: documentText(source.text).trim(),
  };
}

function line(field: string, text: string): string {
  const shown = documentLine(text);
  if (shown.length > LONGEST_LINE)
    throw new InvalidDocumentInput(`/${field}`, `must not be longer than ${String(LONGEST_LINE)} characters`);
  return shown;
}

function orNull(text: string): string | null {
  return text === '' ? null : text;
}
