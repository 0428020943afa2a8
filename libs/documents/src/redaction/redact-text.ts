import { findWords, type Place } from '../domain/find-words';
import type { Block, LetterDocument, Run, Runs } from '../domain/letter-document';
import { REASON_LABELS, type RedactedWords, type RedactionReason } from '../domain/redaction';

export interface TextRedaction {
  readonly text: string;
  /** How many places were covered, in the order of what was asked. */
  readonly counts: readonly number[];
}

type Marked = Place & { readonly reason: RedactionReason };

/** What stands in place of words: of one length for all of a reason, so that nothing can be told from it. */
export function redactionMark(reason: RedactionReason): string {
  return `[REDACTED: ${REASON_LABELS[reason]}]`;
}

/** Takes words out of a text wherever they stand, and puts the reason in their place. */
export function redactText(text: string, marks: readonly RedactedWords[]): TextRedaction {
  const { places, counts } = placesOf(text, marks);
  const characters = [...text];
  let redacted = '';
  let next = 0;
  for (const { from, to, reason } of places) {
    redacted += characters.slice(next, from).join('') + redactionMark(reason);
    next = to;
  }
  return { text: redacted + characters.slice(next).join(''), counts };
}

/** Takes words out of a letter, also where they go over a change of style. */
export function redactLetter(letter: LetterDocument, marks: readonly RedactedWords[]): LetterDocument {
  const line = (text: string): string => redactText(text, marks).text;
  const lineOrNull = (text: string | null): string | null => (text === null ? null : line(text));
  // An address may be one over several lines.
  const address = redactText(letter.addressee.join('\n'), marks).text.split('\n');
  const { signOff } = letter;
  return {
    ...letter,
    title: line(letter.title),
    addressee: letter.addressee.length === 0 ? [] : address,
    references: { ours: letter.references.ours, yours: lineOrNull(letter.references.yours) },
    subject: lineOrNull(letter.subject),
    salutation: lineOrNull(letter.salutation),
    blocks: letter.blocks.map((block) => redactBlock(block, marks)),
    signOff: signOff === null ? null : { ...signOff, name: line(signOff.name), role: lineOrNull(signOff.role) },
    enclosures: letter.enclosures.map(line),
    postscript: letter.postscript.map((block) => redactBlock(block, marks)),
  };
}

function redactBlock(block: Block, marks: readonly RedactedWords[]): Block {
  const runs = (content: Runs): Runs => redactRuns(content, marks);
  switch (block.kind) {
    case 'heading':
    case 'paragraph':
    case 'quote':
      return { ...block, runs: runs(block.runs) };
    case 'list':
      return { ...block, items: block.items.map(runs) };
    case 'table':
      return { ...block, header: block.header.map(runs), rows: block.rows.map((row) => row.map(runs)) };
    case 'page-break':
      return block;
  }
}

export function redactRuns(content: Runs, marks: readonly RedactedWords[]): Runs {
  const characters = content.flatMap((run) => [...run.text].map((text) => ({ run, text })));
  const { places } = placesOf(characters.map(({ text }) => text).join(''), marks);
  if (places.length === 0) return content;
  const redacted: Run[] = [];
  const add = (text: string, { text: _, ...style }: Run): void => {
    const last = redacted.at(-1);
    const isSame = last !== undefined && last.bold === style.bold && last.italic === style.italic;
    if (isSame) redacted[redacted.length - 1] = { ...last, text: last.text + text };
    else redacted.push({ ...style, text });
  };
  let next = 0;
  for (const { from, to, reason } of places) {
    for (const { text, run } of characters.slice(next, from)) add(text, run);
    add(redactionMark(reason), { text: '', bold: true });
    next = to;
  }
  for (const { text, run } of characters.slice(next)) add(text, run);
  return redacted;
}

/** In the order of the text; where two overlap, one place that covers both. */
function placesOf(text: string, marks: readonly RedactedWords[]): { places: Marked[]; counts: number[] } {
  const found = marks.map(({ words, reason }) => findWords(text, words).map((place) => ({ ...place, reason })));
  const sorted = found.flat().sort((a, b) => a.from - b.from || b.to - a.to);
  const places: Marked[] = [];
  for (const place of sorted) {
    const last = places.at(-1);
    if (last && place.from < last.to) places[places.length - 1] = { ...last, to: Math.max(last.to, place.to) };
    else places.push(place);
  }
  return { places, counts: found.map((each) => each.length) };
}
