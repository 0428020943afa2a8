const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
// PostgreSQL text cannot hold U+0000, and the other control characters only serve to deceive a reader's screen.

const CONTROL_BUT_LINES = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g;

const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g;

/** Text of several lines as it may be stored: line feeds only, no control characters, no half characters. */
export function cleanText(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(CONTROL_BUT_LINES, '')
    .replace(LONE_SURROGATE, '\ufffd')
    .replace(/^\ufeff/, '');
}

/** Text of one line, such as a subject or a name: as `cleanText`, with line breaks and tabs made spaces. */
export function cleanLine(text: string, maxChars: number): string {
  const oneLine = text
    .slice(0, maxChars * 4)
    .replace(CONTROL, ' ')
    .replace(LONE_SURROGATE, '\ufffd');
  return cutText(oneLine.replace(/ {2,}/g, ' ').trim(), maxChars).trim();
}

/** The first `maxChars` UTF-16 units, never ending in half a character. */
export function cutText(text: string, maxChars: number): string {
  if (text.length <= maxChars) return text;
  const last = text.charCodeAt(maxChars - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? maxChars - 1 : maxChars);
}
