const LEAST_DIGITS = 6;
const MOST_WORDS = 12;

/** A telephone number as people type it: its last ten digits, whichever way it begins. */
function phoneDigits(text: string): string | null {
  if (!/^[\d\s()+-]+$/.test(text)) return null;
  const digits = text.replace(/\(0\)/g, '').replace(/\D/g, '');
  return digits.length >= LEAST_DIGITS ? digits.slice(-10) : null;
}

/**
 * The words of a search for people as a tsquery: every word must begin a word of the name, address or number. Null when
 * there is none. Words are letters and digits only, so nothing in them means anything to the query language.
 */
export function peopleQuery(text: string): string | null {
  const phone = phoneDigits(text.trim());
  if (phone !== null) return `${phone}:*`;
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  if (words.length === 0) return null;
  return words
    .slice(0, MOST_WORDS)
    .map((word) => `'${word}':*`)
    .join(' & ');
}
