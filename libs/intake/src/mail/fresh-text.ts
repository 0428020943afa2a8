import EmailReplyParser from 'email-reply-parser';

// Some of the parser's patterns are cubic in the number of lines: what it sees is kept to what they do in half a second.
const MAX_PARSED_CHARS = 10_000;
const MAX_LINE_CHARS = 240;
const MAX_BLANK_RUN = 2;

/**
 * The sender's own words: the text without the earlier mail quoted in it. The signature stays, for it may hold the
 * address and telephone number. Falls back to the whole text when nothing but quotation is found.
 */
export function freshText(text: string): string {
  const { head, longLines, rest } = prepare(text);
  const fragments = new EmailReplyParser().read(head).getFragments();
  const kept = fragments.filter((fragment) => !fragment.isQuoted()).map((fragment) => fragment.toString());
  const isCutAtEnd = fragments.at(-1)?.isQuoted() ?? false;
  const fresh = kept
    .join('\n')
    .replace(LONG_LINE_MARK, (mark) => longLines[Number(mark.slice(1, -1))] ?? '')
    .concat(isCutAtEnd ? '' : withoutQuotation(rest))
    .trim();
  return fresh === '' ? text : fresh;
}

// Private-use characters stand for a long line while the parser works; those of the sender are dropped first.
const LONG_LINE_MARK = /\ue000\d+\ue001/g;

function prepare(text: string): { head: string; longLines: string[]; rest: string } {
  const longLines: string[] = [];
  const lines: string[] = [];
  let used = 0;
  let blanks = 0;
  let at = 0;
  while (at < text.length && used < MAX_PARSED_CHARS) {
    const feed = text.indexOf('\n', at);
    const end = feed < 0 ? text.length : feed;
    const line = text.slice(at, end).replace(/[\ue000\ue001]/g, '');
    at = end + 1;
    blanks = line.trim() === '' ? blanks + 1 : 0;
    if (blanks > MAX_BLANK_RUN) continue;
    const isLong = line.length > MAX_LINE_CHARS;
    const seen = blanks > 0 ? '' : isLong ? `${line.startsWith('>') ? '> ' : ''}\ue000${longLines.length}\ue001` : line;
    if (isLong && blanks === 0) longLines.push(line);
    lines.push(seen);
    used += seen.length + 1;
  }
  return { head: lines.join('\n'), longLines, rest: at < text.length ? `\n${text.slice(at)}` : '' };
}

// Beyond the part that is parsed, the plain signs of quotation must do.
const QUOTE_HEADER = /^(?:On .{5,200} wrote:|-{2,12} ?(?:Original|Forwarded) Message ?-{2,12})$/i;

function withoutQuotation(text: string): string {
  const lines = text.split('\n');
  const header = lines.findIndex((line) => line.length <= MAX_LINE_CHARS && QUOTE_HEADER.test(line.trim()));
  const own = header < 0 ? lines : lines.slice(0, header);
  return own.filter((line) => !/^ {0,4}>/.test(line)).join('\n');
}
