import type { Block, LetterDocument, Runs, SignOff } from './letter-document';
import { documentText } from './document-text';
import { inlineRuns } from './inline-runs';

/** The parts of a letter that its author writes as one text. */
export type LetterBody = Pick<LetterDocument, 'salutation' | 'blocks' | 'signOff' | 'enclosures' | 'postscript'>;

const SALUTATION = /^(Dear|Annwyl)\b/i;
const VALEDICTION =
  /^(yours (sincerely|faithfully|truly)|(with )?(kind|best) (regards|wishes)|yn gywir|yr eiddoch yn (gywir|ffyddlon))[,.]?$/i;
const ENCLOSURES = /^(enclosures?|enclosed|amgaeedig)\s*:?$/i;
const PAGE_BREAK = /^\[page break\]$/i;
const HEADING = /^(#{1,3})\s+(.+)$/;
const ITEM = /^(?:[-*•]|(\d{1,3})[.)])\s+(.+)$/;
const QUOTE = /^>\s?(.*)$/;
const ROW = /^\|(.*)\|$/;
const RULE_CELL = /^:?-+:?$/;

/**
 * Reads the simple markup that letters are written in: a blank line ends a paragraph; `# ` begins a heading, `- ` or
 * `1. ` an item of a list, `> ` a quotation; `| a | b |` is the row of a table, its first row the header;
 * `**bold**`, `*italic*`; `[page break]`. Anything else is text: nothing that is written here is an error.
 */
export function parseMarkup(text: string): Block[] {
  const blocks: Block[] = [];
  const lines = documentText(text).split('\n');
  for (let at = 0; at < lines.length;) {
    const line = (lines[at] ?? '').trim();
    if (line === '') {
      at += 1;
      continue;
    }
    const { block, next } = blockAt(lines, at, line);
    blocks.push(block);
    at = next;
  }
  return blocks;
}

/** As `parseMarkup`, with salutation, signature and enclosures found where a letter has them. */
export function parseLetter(text: string): LetterBody {
  const blocks = parseMarkup(text);
  const salutation = salutationOf(blocks[0]);
  const rest = salutation === null ? blocks : blocks.slice(1);
  const signedAt = rest.findLastIndex((block) => VALEDICTION.test(firstLine(block)));
  if (signedAt < 0) return { salutation, blocks: rest, signOff: null, enclosures: [], postscript: [] };
  const { signOff, after } = signOffOf(rest, signedAt);
  return { salutation, blocks: rest.slice(0, signedAt), signOff, ...enclosuresOf(after) };
}

function blockAt(lines: readonly string[], at: number, line: string): { block: Block; next: number } {
  if (PAGE_BREAK.test(line)) return { block: { kind: 'page-break' }, next: at + 1 };
  const heading = HEADING.exec(line);
  if (heading) {
    const level = Math.min(heading[1]?.length ?? 1, 3) as 1 | 2 | 3;
    return { block: { kind: 'heading', level, runs: inlineRuns(heading[2] ?? '') }, next: at + 1 };
  }
  if (ROW.test(line)) return table(lines, at);
  if (QUOTE.test(line)) return quote(lines, at);
  if (ITEM.test(line)) return list(lines, at, ITEM.exec(line)?.[1] !== undefined);
  return paragraph(lines, at);
}

function paragraph(lines: readonly string[], from: number): { block: Block; next: number } {
  const taken: string[] = [];
  let at = from;
  for (; at < lines.length; at += 1) {
    const line = (lines[at] ?? '').trim();
    if (line === '' || (at > from && beginsBlock(line))) break;
    taken.push(line);
  }
  return { block: { kind: 'paragraph', runs: inlineRuns(taken.join('\n')) }, next: at };
}

function beginsBlock(line: string): boolean {
  return [PAGE_BREAK, HEADING, ROW, QUOTE, ITEM].some((pattern) => pattern.test(line));
}

function quote(lines: readonly string[], from: number): { block: Block; next: number } {
  const taken: string[] = [];
  let at = from;
  for (; at < lines.length; at += 1) {
    const found = QUOTE.exec((lines[at] ?? '').trim());
    if (!found) break;
    taken.push(found[1]?.trim() ?? '');
  }
  return { block: { kind: 'quote', runs: inlineRuns(taken.join('\n').trim()) }, next: at };
}

/** A line that begins no block goes on with the item before it. */
function list(lines: readonly string[], from: number, ordered: boolean): { block: Block; next: number } {
  const items: string[] = [];
  let at = from;
  for (; at < lines.length; at += 1) {
    const line = (lines[at] ?? '').trim();
    const item = ITEM.exec(line);
    if (item && (item[1] !== undefined) === ordered) items.push(item[2] ?? '');
    else if (line === '' || beginsBlock(line)) break;
    else items.push(`${items.pop() ?? ''}\n${line}`);
  }
  return { block: { kind: 'list', ordered, items: items.map((item) => inlineRuns(item)) }, next: at };
}

function table(lines: readonly string[], from: number): { block: Block; next: number } {
  const rows: string[][] = [];
  let at = from;
  for (; at < lines.length; at += 1) {
    const found = ROW.exec((lines[at] ?? '').trim());
    if (!found) break;
    const cells = cellsOf(found[1] ?? '');
    if (!cells.every((cell) => RULE_CELL.test(cell))) rows.push(cells);
  }
  const width = Math.max(1, ...rows.map((row) => row.length));
  const even = (row: readonly string[]): Runs[] =>
    Array.from({ length: width }, (_, index) => inlineRuns(row[index] ?? ''));
  const [header = [], ...others] = rows;
  return { block: { kind: 'table', header: even(header), rows: others.map(even) }, next: at };
}

function cellsOf(row: string): string[] {
  return row.split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll('\\|', '|'));
}

function plain(block: Block | undefined): string {
  return block?.kind === 'paragraph' ? block.runs.map(({ text }) => text).join('') : '';
}

function firstLine(block: Block | undefined): string {
  return (plain(block).split('\n')[0] ?? '').trim();
}

function salutationOf(block: Block | undefined): string | null {
  const text = plain(block).trim();
  return SALUTATION.test(text) && !text.includes('\n') && text.length <= 200 ? text : null;
}

/** The name follows in the same paragraph or in the next one; what stands below the name is what they are. */
function signOffOf(blocks: readonly Block[], at: number): { signOff: SignOff; after: readonly Block[] } {
  const [valediction = '', ...same] = plain(blocks[at]).split('\n');
  const next = blocks[at + 1];
  const isNext = same.length === 0 && next?.kind === 'paragraph' && !ENCLOSURES.test(firstLine(next));
  const [name = '', ...role] = (isNext ? plain(next).split('\n') : same).map((line) => line.trim());
  return {
    signOff: { valediction: valediction.trim(), name, role: role.length === 0 ? null : role.join('\n') },
    after: blocks.slice(at + (isNext ? 2 : 1)),
  };
}

function enclosuresOf(blocks: readonly Block[]): Pick<LetterBody, 'enclosures' | 'postscript'> {
  const at = blocks.findIndex((block) => ENCLOSURES.test(firstLine(block)));
  const list = blocks[at + 1];
  if (at < 0) return { enclosures: [], postscript: blocks };
  if (list?.kind !== 'list') {
    const [, ...names] = plain(blocks[at]).split('\n');
    if (names.length === 0) return { enclosures: [], postscript: blocks };
    return { enclosures: names, postscript: blocks.filter((_, index) => index !== at) };
  }
  const enclosures = list.items.map((item) => item.map(({ text }) => text).join(''));
  return { enclosures, postscript: blocks.filter((_, index) => index !== at && index !== at + 1) };
}
