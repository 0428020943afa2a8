/** No letter needs more; a text that does is cut rather than let one page of it stop the service. */
export const LONGEST_TEXT = 400_000;

/**
 * Text of anybody's as a document can hold it: whole characters only (a lone half of a pair shows as U+FFFD), no
 * controls, no invisible marks that turn the direction of what follows, line ends as `\n`.
 */
export function documentText(text: string): string {
  return text
    .slice(0, LONGEST_TEXT)
    .toWellFormed()
    .replace(/\r\n?|[\u2028\u2029\u0085\u000b\u000c]/g, '\n')
    .replace(/\t/g, ' ')
    .replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\ufeff\ufffe\uffff\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
    .normalize('NFC');
}

/** The same on one line. */
export function documentLine(text: string): string {
  return documentText(text).replace(/\s+/g, ' ').trim();
}
