import { foldWord, parsePhrase, type WordGroups } from './phrase';
import { type NextNodes, PhraseGraph } from './phrase-graph';
import { foldText, readWords, UNKNOWN_WORD, type Words } from './words';

/** A phrase and the groups it may name. */
export interface Phrase {
  readonly phrase: string;
  readonly groups?: WordGroups;
}

/** Called for every place a phrase is found: its number, its first word and the word after its last. */
export type PhraseFound = (phrase: number, start: number, end: number) => void;

/** A set of graph nodes that reading can be at. Where a word leads is worked out when first met. */
interface State {
  readonly phrases: readonly number[];
  readonly next: NextNodes;
  readonly steps: Map<number, State | null>;
  otherwise: State | null | undefined;
}

const MOST_STATES_KEPT = 20_000;

/**
 * Finds many phrases in one pass over the words of a text. From each word it follows the phrase graph for as long as
 * some phrase can still be completed: at most the length of the longest phrase, so time is linear in the text whatever
 * the text is. Sets of graph nodes are kept as states when first met, so that a step is one look-up; they are
 * forgotten when a text makes them many.
 */
export class PhraseMatcher {
  readonly #vocabulary = new Map<string, number>();
  readonly #written: string[] = [];
  readonly #graph = new PhraseGraph();
  readonly #states = new Map<string, State>();
  #start: State;

  constructor(phrases: readonly Phrase[]) {
    const parsed = phrases.map(({ phrase, groups }) => parsePhrase(phrase, groups));
    const ids = new Map<string, number>();
    for (const part of parsed.flat()) {
      if (part.kind === 'gap') continue;
      for (const word of part.choices.flat()) if (!ids.has(word)) ids.set(word, this.#learn(word));
    }
    parsed.forEach((parts, number) => this.#graph.add(number, parts, (word) => ids.get(word) ?? UNKNOWN_WORD));
    this.#start = this.#newState(this.#graph.start);
  }

  /** Splits a text, no further than the limit, into words that `find` understands. */
  read(text: string, limit: number): Words {
    return readWords(foldText(text, limit), this.#vocabulary);
  }

  /** Reports every match. A phrase never runs on into the next sentence. */
  find(words: Words, found: PhraseFound): void {
    const { ids, startsSentence } = words;
    for (let start = 0; start < ids.length; start++) {
      let state = this.#step(this.#start, ids[start] ?? UNKNOWN_WORD);
      for (let at = start + 1; state !== null; at++) {
        for (const phrase of state.phrases) found(phrase, start, at);
        if (at >= ids.length || startsSentence[at] === true) break;
        state = this.#step(state, ids[at] ?? UNKNOWN_WORD);
      }
      if (this.#states.size > MOST_STATES_KEPT) {
        this.#states.clear();
        this.#start = this.#newState(this.#graph.start);
      }
    }
  }

  /** The matched words as the phrases spell them; words that no phrase holds are not repeated. */
  quote(words: Words, start: number, end: number): string {
    const quoted: string[] = [];
    for (let at = start; at < end; at++) {
      const word = this.#written[words.ids[at] ?? UNKNOWN_WORD] ?? '…';
      if (word !== '…' || quoted.at(-1) !== '…') quoted.push(word);
    }
    return quoted.join(' ');
  }

  #learn(word: string): number {
    const folded = foldWord(word);
    const known = this.#vocabulary.get(folded);
    if (known !== undefined) return known;
    const id = this.#vocabulary.size + UNKNOWN_WORD + 1;
    this.#vocabulary.set(folded, id);
    this.#written[id] = word;
    return id;
  }

  #step(state: State, word: number): State | null {
    const known = state.steps.get(word);
    if (known !== undefined) return known;
    const nodes = state.next.byWord.get(word);
    if (nodes === undefined) return (state.otherwise ??= this.#stateOf(state.next.otherwise));
    const next = this.#stateOf(nodes);
    state.steps.set(word, next);
    return next;
  }

  #stateOf(nodes: readonly number[]): State | null {
    if (nodes.length === 0) return null;
    const name = nodes.join();
    const known = this.#states.get(name) ?? this.#newState(nodes);
    this.#states.set(name, known);
    return known;
  }

  #newState(nodes: readonly number[]): State {
    return {
      phrases: this.#graph.phrasesAt(nodes),
      next: this.#graph.next(nodes),
      steps: new Map(),
      otherwise: undefined,
    };
  }
}
