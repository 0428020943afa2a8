import type { Run } from './letter-document';

const MARK = /\\([\\*_#>|[\].)-])|\*\*|\*/g;

/** `**bold**` and `*italic*`; a backslash before a mark makes it text. A mark without its partner is text. */
export function inlineRuns(text: string): Run[] {
  const pieces = split(text);
  const partnered = partners(pieces);
  const runs: Run[] = [];
  let bold = false;
  let italic = false;
  pieces.forEach((piece, index) => {
    if (partnered.has(index)) {
      if (piece.text === '**') bold = !bold;
      else italic = !italic;
      return;
    }
    append(runs, { text: piece.text, ...(bold ? { bold } : {}), ...(italic ? { italic } : {}) });
  });
  return runs;
}

interface Piece {
  readonly text: string;
  readonly isMark: boolean;
}

function split(text: string): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const found of text.matchAll(MARK)) {
    if (found.index > from) pieces.push({ text: text.slice(from, found.index), isMark: false });
    const escaped = found[1];
    const after = text[found.index + found[0].length] ?? ' ';
    const before = text[found.index - 1] ?? ' ';
    // A mark between spaces, as in "3 * 4", is no mark.
    const isMark = escaped === undefined && (/\S/.test(after) || /\S/.test(before));
    pieces.push({ text: escaped ?? found[0], isMark });
    from = found.index + found[0].length;
  }
  if (from < text.length) pieces.push({ text: text.slice(from), isMark: false });
  return pieces;
}

/** The marks that open or close something: an even number of each kind, counted from the first. */
function partners(pieces: readonly Piece[]): Set<number> {
  const kept = new Set<number>();
  for (const mark of ['**', '*']) {
    const at = pieces.flatMap((piece, index) => (piece.isMark && piece.text === mark ? [index] : []));
    for (const index of at.slice(0, at.length - (at.length % 2))) kept.add(index);
  }
  return kept;
}

function append(runs: Run[], run: Run): void {
  const last = runs.at(-1);
  if (last && last.bold === run.bold && last.italic === run.italic) {
    runs[runs.length - 1] = { ...last, text: last.text + run.text };
  } else if (run.text !== '') runs.push(run);
}
