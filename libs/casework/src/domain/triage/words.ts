/** The words of a text as numbers of one vocabulary, and where a sentence begins. */
export interface Words {
  readonly ids: readonly number[];
  /** True where a sentence or paragraph ended just before the word. */
  readonly startsSentence: readonly boolean[];
}

/** The number of a word that the vocabulary does not hold. */
export const UNKNOWN_WORD = 1;

const LONGEST_WORD = 40;
const BEYOND_ASCII = /[\u0080-\uffff]/;
const APOSTROPHES = /[\u2018\u2019\u201b\u02bb\u02bc\u02b9\u2032\u00b4\u0060\uff07]/g;
// Accents, and marks that show nothing (soft hyphens, zero-width spaces) and would split or disguise a word.
const MARKS_AND_INVISIBLE = /[\p{M}\p{Cf}]/gu;
const APOSTROPHE = 0x27;
const NEWLINE = 0x0a;
const FULL_STOP = 0x2e;

/** One spelling for what reads the same: lower case, no accents, plain apostrophes, compatibility forms resolved. */
export function foldText(text: string, limit: number): string {
  const start = text.length > limit ? text.slice(0, limit) : text;
  if (!BEYOND_ASCII.test(start)) return start.toLowerCase().replaceAll('`', "'");
  const plain = start.replace(APOSTROPHES, "'").normalize('NFKD').toLowerCase().replace(MARKS_AND_INVISIBLE, '');
  // A single character may decompose into eighteen.
  return plain.length > limit ? plain.slice(0, limit) : plain;
}

/** Splits a folded text into whole words, apostrophes dropped (people type "can't" and "cant"). One pass. */
export function readWords(folded: string, vocabulary: ReadonlyMap<string, number>): Words {
  const ids: number[] = [];
  const startsSentence: boolean[] = [];
  const { length } = folded;
  let at = 0;
  let newlines = 2;
  let hasEnded = true;
  while (at < length) {
    const code = folded.charCodeAt(at);
    if (!isWordCode(code)) {
      if (code === NEWLINE) newlines++;
      else if (endsSentence(folded, at, code)) hasEnded = true;
      at++;
      continue;
    }
    const start = at;
    let hasApostrophe = false;
    for (at++; at < length; at++) {
      const next = folded.charCodeAt(at);
      if (next === APOSTROPHE) hasApostrophe = true;
      else if (!isWordCode(next)) break;
    }
    ids.push(wordId(folded, start, at, hasApostrophe, vocabulary));
    startsSentence.push(hasEnded || newlines > 1);
    hasEnded = false;
    newlines = 0;
  }
  return { ids, startsSentence };
}

function wordId(
  folded: string,
  start: number,
  end: number,
  hasApostrophe: boolean,
  vocabulary: ReadonlyMap<string, number>,
): number {
  if (end - start > LONGEST_WORD) return UNKNOWN_WORD;
  const word = folded.slice(start, end);
  return vocabulary.get(hasApostrophe ? word.replaceAll("'", '') : word) ?? UNKNOWN_WORD;
}

/** An ellipsis ends nothing: "I can't... go on". A full stop inside a word or number does not either. */
function endsSentence(text: string, at: number, code: number): boolean {
  if (code === 0x21 || code === 0x3f || code === 0x3b) return true;
  if (code !== FULL_STOP || text.charCodeAt(at - 1) === FULL_STOP) return false;
  const next = text.charCodeAt(at + 1);
  return next !== FULL_STOP && !isWordCode(next);
}

const UNSEEN = 0;
const WORD = 1;
const OTHER = 2;
const LETTER_OR_NUMBER = /[\p{L}\p{N}]/u;
const codeClasses = new Uint8Array(0x10000);

function isWordCode(code: number): boolean {
  if (code < 0x80) return (code >= 0x61 && code <= 0x7a) || (code >= 0x30 && code <= 0x39);
  if (codeClasses[code] === UNSEEN) {
    codeClasses[code] = LETTER_OR_NUMBER.test(String.fromCharCode(code)) ? WORD : OTHER;
  }
  return codeClasses[code] === WORD;
}
