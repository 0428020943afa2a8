import type { PhrasePart } from './phrase';

const ROOT = 0;
const LONGEST_GAP = 4;

/** Where a set of nodes leads: for the words that matter to it, and for every other word. */
export interface NextNodes {
  readonly byWord: ReadonlyMap<number, readonly number[]>;
  readonly otherwise: readonly number[];
}

/** The phrases as one graph over words: from a set of nodes and a word to the next set of nodes. */
export class PhraseGraph {
  /** For each node, word and next node in turn. */
  readonly #edges: (number[] | undefined)[] = [];
  /** Where any word leads, inside a gap. */
  readonly #anyWord: (number | undefined)[] = [];
  readonly #phraseEnds: (number | undefined)[] = [];
  #nodes = 1;

  /** Adds a phrase under its number; `idOf` gives the number of a word. */
  add(phrase: number, parts: readonly PhrasePart[], idOf: (word: string) => number): void {
    let open = [ROOT];
    for (const part of parts) {
      if (part.kind === 'gap') {
        open = this.#addGap(open);
        continue;
      }
      const end = this.#nodes++;
      for (const choice of part.choices) {
        for (const from of open) this.#addWords(from, choice.map(idOf), end);
      }
      open = part.isOptional ? [...open, end] : [end];
    }
    for (const node of open) this.#phraseEnds[node] = phrase;
  }

  get start(): readonly number[] {
    return [ROOT];
  }

  next(nodes: readonly number[]): NextNodes {
    const otherwise = unique(nodes.flatMap((node) => this.#anyWord[node] ?? []));
    const byWord = new Map<number, number[]>();
    for (const node of nodes) {
      const edges = this.#edges[node] ?? [];
      for (let at = 0; at + 1 < edges.length; at += 2) {
        const [word = 0, to = ROOT] = edges.slice(at, at + 2);
        const known = byWord.get(word);
        if (known === undefined) byWord.set(word, [...otherwise, to]);
        else known.push(to);
      }
    }
    for (const [word, reached] of byWord) byWord.set(word, unique(reached));
    return { byWord, otherwise };
  }

  /** The phrases that are complete at these nodes. */
  phrasesAt(nodes: readonly number[]): number[] {
    return unique(nodes.flatMap((node) => this.#phraseEnds[node] ?? []));
  }

  #addWords(from: number, words: readonly number[], end: number): void {
    let node = from;
    words.forEach((word, at) => {
      const next = at === words.length - 1 ? end : this.#nodes++;
      (this.#edges[node] ??= []).push(word, next);
      node = next;
    });
  }

  #addGap(open: readonly number[]): number[] {
    const inGap = Array.from({ length: LONGEST_GAP }, () => this.#nodes++);
    for (const node of open) this.#anyWord[node] = inGap[0];
    inGap.forEach((node, at) => (this.#anyWord[node] = inGap[at + 1]));
    return [...open, ...inGap];
  }
}

function unique(numbers: readonly number[]): number[] {
  return [...new Set(numbers)].sort((a, b) => a - b);
}
