import { formatReference, isOfficeCode } from '@app/kernel';

const SHAPE = /^\s*([A-Za-z]{2})[\s-]*(\d{4})[\s-]*(\d{1,9}?)[\s-]*([A-Za-z0-9])?\s*$/;

/**
 * The references that somebody may have meant whose check character does not fit or is missing: same office, year and
 * number. The last digit may be the check character or belong to the number, so there can be two.
 */
export function guessReferences(text: string): string[] {
  const match = SHAPE.exec(text);
  if (!match) return [];
  const [officeCode = '', year = '', digits = '', check = ''] = match.slice(1);
  const code = officeCode.toUpperCase();
  if (!isOfficeCode(code)) return [];
  const numbers = [digits, /^\d$/.test(check) ? digits + check : ''].filter((each) => each !== '').map(Number);
  const guesses = new Set<string>();
  for (const number of numbers) {
    if (number < 1 || number > 999_999_999 || Number(year) < 2000 || Number(year) > 2200) continue;
    guesses.add(formatReference({ officeCode: code, year: Number(year), number }));
  }
  return [...guesses];
}
