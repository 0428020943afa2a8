import { DomainError, type FieldError } from './domain-error';

/** The characters that cannot be mistaken for each other on the telephone or on paper; 31 of them, a prime number. */
export const referenceAlphabet = '0123456789ABCDEFGHJKMNPRSTVWXYZ';

const MODULUS = 31;
// A primitive root of 31: its first 30 powers all differ, so no two places carry the same weight.
const PRIMITIVE_ROOT = 3;
const LEAST_DIGITS = 6;
const MOST_DIGITS = 9;
const LEAST_YEAR = 2000;
const MOST_YEAR = 2200;
const LONGEST_TEXT = 64;

const OFFICE = '[A-HJKMNPRSTV-Za-hjkmnprstv-z]{2}';
const DIGIT = '[0-9OoIiLl]';
const MARK = '[-_\\u00ad\\u2010-\\u2015\\u2212]';
const SPACE = '[^\\S\\r\\n]';
// A hyphen or dash of any kind, a space, both as people type them, or the line break of wrapped mail. Not any run of
// these: a digit mistyped as a space beside the hyphen would otherwise go unnoticed once in 31 times.
const BREAK = `(?:${MARK}?\\r?\\n|${MARK}|${SPACE}${MARK}${SPACE}|${SPACE})`;
const NUMBER = `(${DIGIT}{${LEAST_DIGITS},${MOST_DIGITS}})`;
const CHECK = '([0-9A-Za-z])';
const END = '(?![\\p{L}\\p{N}])';
// The number stands apart on both sides or on neither, and then no single character follows behind a hyphen: else a
// reference with one wrong character would have a second, shorter or longer reading, and one such reading in 31
// passes the check.
const APART = `${BREAK}${NUMBER}${BREAK}${CHECK}`;
const JOINED = `${NUMBER}${CHECK}(?!${MARK}[0-9A-Za-z]${END})`;
const REFERENCE = `(${OFFICE})${BREAK}?(${DIGIT}{4})(?:${APART}|${JOINED})`;
const WHOLE = new RegExp(`^\\s*${REFERENCE}\\s*$`, 'u');
const ANYWHERE = new RegExp(`(?<![\\p{L}\\p{N}])${REFERENCE}${END}`, 'gu');

export interface ReferenceParts {
  /** Two letters of the alphabet. */
  readonly officeCode: string;
  readonly year: number;
  readonly number: number;
}

export interface ParsedReference extends ReferenceParts {
  /** The canonical form, such as `WM-2026-000123-K`. */
  readonly reference: string;
}

/** A reference cannot be made of these parts; `errors` names each wrong one. */
export class InvalidReferenceParts extends DomainError {
  readonly code = 'kernel.invalid-reference-parts';
  readonly kind = 'invalid';

  constructor(errors: readonly FieldError[]) {
    super(`No reference can be made: ${errors.map((each) => `${each.pointer} ${each.message}`).join('; ')}`, {
      errors,
    });
  }
}

/** Whether the text can be the office code of references: two capital letters of the alphabet. */
export function isOfficeCode(text: string): boolean {
  return /^[A-HJKMNPRSTV-Z]{2}$/.test(text);
}

/** The reference with its check character, such as `WM-2026-000123-K`. */
export function formatReference({ officeCode, year, number }: ReferenceParts): string {
  const most = 10 ** MOST_DIGITS - 1;
  const errors: FieldError[] = [];
  if (!isOfficeCode(officeCode)) {
    errors.push({ pointer: '/officeCode', message: 'Must be two capital letters other than I, L, O, Q and U' });
  }
  if (!Number.isInteger(year) || year < LEAST_YEAR || year > MOST_YEAR) {
    errors.push({ pointer: '/year', message: `Must be a year from ${LEAST_YEAR} to ${MOST_YEAR}` });
  }
  if (!Number.isInteger(number) || number < 1 || number > most) {
    errors.push({ pointer: '/number', message: `Must be a whole number from 1 to ${most}` });
  }
  if (errors.length > 0) throw new InvalidReferenceParts(errors);
  const digits = String(number).padStart(LEAST_DIGITS, '0');
  return `${officeCode}-${year}-${digits}-${checkCharacter(`${officeCode}${year}${digits}`)}`;
}

/**
 * Reads one reference as people type it: in any case, with spaces or nothing for all the hyphens, with I or L for 1
 * and O for 0. Null when it is none or its check character does not fit.
 */
export function parseReference(text: string): ParsedReference | null {
  if (text.length > LONGEST_TEXT) return null;
  const match = WHOLE.exec(text);
  return match === null ? null : readMatch(match);
}

/** The valid references in a text, each once, in canonical form and order of appearance; in linear time. */
export function findReferences(text: string): string[] {
  const found = new Set<string>();
  for (const match of text.matchAll(ANYWHERE)) {
    const parsed = readMatch(match);
    if (parsed !== null) found.add(parsed.reference);
  }
  return [...found];
}

function readMatch(match: RegExpExecArray): ParsedReference | null {
  const [office = '', yearText = '', numberText = '', check = ''] = match.slice(1).filter((part) => part !== undefined);
  const officeCode = office.toUpperCase();
  const written = asRead(numberText);
  const [year, number] = [Number(asRead(yearText)), Number(written)];
  const digits = String(number).padStart(LEAST_DIGITS, '0');
  // A number has one written form only: a seventh digit is never a leading nought.
  if (digits !== written || number === 0 || year < LEAST_YEAR || year > MOST_YEAR) return null;
  if (checkCharacter(`${officeCode}${year}${digits}`) !== asRead(check)) return null;
  return { officeCode, year, number, reference: formatReference({ officeCode, year, number }) };
}

function asRead(text: string): string {
  return text.toUpperCase().replace(/[IL]/g, '1').replace(/O/g, '0');
}

/**
 * The check makes the weighted sum of all characters, itself included, divisible by 31. Since 31 is prime and the
 * weights are distinct and never divisible by it, one wrong character changes the sum, and so does swapping any two
 * different characters, neighbours or not.
 */
function checkCharacter(text: string): string {
  let sum = 0;
  // Horner's rule: the last character weighs 3, the one before it 9, and so on; the check character weighs 1.
  for (const character of text) sum = ((sum + referenceAlphabet.indexOf(character)) * PRIMITIVE_ROOT) % MODULUS;
  return referenceAlphabet.charAt((MODULUS - sum) % MODULUS);
}
