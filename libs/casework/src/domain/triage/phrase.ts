import { DomainError } from '@app/kernel';
import { foldText } from './words';

export type WordGroups = Readonly<Record<string, readonly string[]>>;

/** One place of a phrase: any of several runs of words, or up to four words that do not matter. */
export type PhrasePart =
  | { readonly kind: 'words'; readonly choices: readonly (readonly string[])[]; readonly isOptional: boolean }
  | { readonly kind: 'gap' };

const GAP = '..';
const MOST_PARTS = 12;
const NOT_A_WORD = /[^\p{L}\p{N}']+/u;

/** A phrase of a rule cannot be read; the message says which and why. */
export class InvalidPhrase extends DomainError {
  readonly code = 'casework.invalid-phrase';
  readonly kind = 'invalid';

  constructor(phrase: string, why: string) {
    super(`The phrase "${phrase}" cannot be used: ${why}`);
  }
}

/**
 * Reads a phrase of a rule. In it `a/b` is either, `(a)` may be missing, `a_b` are two words of one alternative,
 * `<name>` is any of the named group, and `..` is up to four other words of the same sentence.
 */
export function parsePhrase(phrase: string, groups: WordGroups = {}): PhrasePart[] {
  const parts = phrase
    .trim()
    .split(/\s+/)
    .map((part): PhrasePart => {
      if (part === GAP) return { kind: 'gap' };
      const isOptional = part.startsWith('(') && part.endsWith(')');
      const choices = (isOptional ? part.slice(1, -1) : part)
        .split('/')
        .flatMap((choice) => readChoice(choice, phrase, groups));
      return { kind: 'words', choices, isOptional };
    });
  if (parts.length > MOST_PARTS) throw new InvalidPhrase(phrase, `it has over ${MOST_PARTS} parts`);
  const firstNeeded = parts.findIndex((part) => part.kind === 'words' && !part.isOptional);
  const lastNeeded = parts.findLastIndex((part) => part.kind === 'words' && !part.isOptional);
  if (firstNeeded < 0) throw new InvalidPhrase(phrase, 'it has no word that must be there');
  if (parts.some((part, at) => part.kind === 'gap' && (at < firstNeeded || at > lastNeeded))) {
    throw new InvalidPhrase(phrase, 'a gap needs words that must be there before and after it');
  }
  return parts;
}

function readChoice(choice: string, phrase: string, groups: WordGroups): string[][] {
  const name = /^<(.+)>$/.exec(choice)?.[1];
  const group = name === undefined ? [choice] : groups[name];
  if (group === undefined) throw new InvalidPhrase(phrase, `there is no group "${name}"`);
  return group.map((each) => {
    const words = each.split(NOT_A_WORD).filter((word) => word !== '');
    if (words.length === 0 || /[<>()]/.test(each)) throw new InvalidPhrase(phrase, `"${each}" is not a word`);
    return words;
  });
}

/** A word of a phrase in the form that `readWords` looks up. */
export function foldWord(word: string): string {
  return foldText(word, word.length).replaceAll("'", '');
}
