// Line and paragraph separators break headers in some readers; the direction controls can show a text backwards.
const UNSAFE = /[\p{Cc}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069\s]+/gu;
const LONE_SURROGATE = /\p{Cs}/gu;

/** The text as one line that a mail header can carry: no control characters or line breaks, at most `max` characters. */
export function headerLine(text: string, max: number): string {
  const line = text.replace(LONE_SURROGATE, '\ufffd').replace(UNSAFE, ' ').trim();
  const characters = Array.from(line);
  return characters.length <= max
    ? line
    : `${characters
        .slice(0, max - 1)
        .join('')
        .trimEnd()}…`;
}
