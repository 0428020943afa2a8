import type { RiskKind, RiskLevel, RiskPhraseSet } from '../triage/configuration';
import { PhraseMatcher } from '../triage/phrase-matcher';
import type { Words } from '../triage/words';

// The longest letter is read to here: about a book of 130 pages.
const TEXT_READ = 200_000;
const SUBJECT_READ = 2_000;
const MOST_REASONS = 20;
const LONGEST_TURN_OF_SPEECH = 16;

const RANK: Readonly<Record<RiskLevel, number>> = { critical: 3, high: 2, medium: 1 };

export interface RiskReason {
  readonly risk: RiskKind;
  readonly level: RiskLevel;
  /** The words of the list that were found, never other words of the letter. */
  readonly phrase: string;
  readonly reason: string;
}

/** What the screen saw. It only ever adds a human look; that it saw nothing proves nothing. */
export interface RiskScreen {
  readonly level: 'none' | RiskLevel;
  /** The gravest first, each phrase of the lists once. */
  readonly reasons: readonly RiskReason[];
  /** An automatic acknowledgement must not go out alone (domain rules, section 10). */
  readonly holdsAcknowledgement: boolean;
}

interface Entry {
  readonly risk: RiskKind;
  readonly level: RiskLevel;
  readonly reason: string;
  /** The numbers of the turns of speech in which the phrase does not count. */
  readonly unless: readonly number[];
}
interface Span {
  readonly start: number;
  readonly end: number;
}

const NO_RISK: RiskScreen = { level: 'none', reasons: [], holdsAcknowledgement: false };
const MOST_SCREENS_KEPT = 8;
let compiledScreens: readonly CompiledScreen[] = [];

/**
 * Screens a letter for words that a person must see at once. Pass the sets in force (`entriesInForce`): the same sets
 * are compiled once. Reads subject and body, each on its own.
 */
export function screenRisk(
  text: { readonly subject: string; readonly body: string },
  phraseSets: readonly RiskPhraseSet[],
): RiskScreen {
  let screen = compiledScreens.find((each) => each.isOf(phraseSets));
  if (screen === undefined) {
    screen = new CompiledScreen(phraseSets);
    compiledScreens = [screen, ...compiledScreens.slice(0, MOST_SCREENS_KEPT - 1)];
  }
  return screen.read(text.subject, text.body);
}

class CompiledScreen {
  readonly #entries: Entry[] = [];
  readonly #matcher: PhraseMatcher;

  constructor(private readonly sets: readonly RiskPhraseSet[]) {
    const phrases = sets.flatMap(({ data }) =>
      data.phrases.map((each) => ({ ...each, risk: data.risk, groups: data.groups })),
    );
    const turns = phrases.flatMap(({ unless = [], groups }) => unless.map((phrase) => ({ phrase, groups })));
    let nextTurn = phrases.length;
    for (const { risk, level, reason, unless = [] } of phrases) {
      this.#entries.push({ risk, level, reason, unless: unless.map(() => nextTurn++) });
    }
    this.#matcher = new PhraseMatcher([...phrases, ...turns]);
  }

  isOf(sets: readonly RiskPhraseSet[]): boolean {
    return sets.length === this.sets.length && sets.every((set, at) => set === this.sets[at]);
  }

  read(subject: string, body: string): RiskScreen {
    const reasons = new Map<Entry, RiskReason>();
    this.#collect(this.#matcher.read(subject, SUBJECT_READ), reasons);
    this.#collect(this.#matcher.read(body, TEXT_READ), reasons);
    if (reasons.size === 0) return NO_RISK;
    const sorted = [...reasons.values()].sort((a, b) => RANK[b.level] - RANK[a.level]);
    const level = sorted[0]?.level ?? 'medium';
    return { level, reasons: sorted.slice(0, MOST_REASONS), holdsAcknowledgement: level !== 'medium' };
  }

  #collect(words: Words, reasons: Map<Entry, RiskReason>): void {
    const spans = new Map<number, Span[]>();
    this.#matcher.find(words, (phrase, start, end) => {
      const entry = this.#entries[phrase];
      if (entry === undefined || entry.unless.length > 0) {
        const known = spans.get(phrase);
        if (known === undefined) spans.set(phrase, [{ start, end }]);
        else known.push({ start, end });
      } else if (!reasons.has(entry)) {
        reasons.set(entry, this.#reason(entry, words, { start, end }));
      }
    });
    for (const [phrase, found] of spans) {
      const entry = this.#entries[phrase];
      if (entry === undefined || reasons.has(entry)) continue;
      const excused = longestEnds(entry.unless.flatMap((turn) => spans.get(turn) ?? []));
      const span = found.find((each) => !isWithin(each, excused));
      if (span !== undefined) reasons.set(entry, this.#reason(entry, words, span));
    }
  }

  #reason({ risk, level, reason }: Entry, words: Words, { start, end }: Span): RiskReason {
    return { risk, level, phrase: this.#matcher.quote(words, start, end), reason };
  }
}

function longestEnds(spans: readonly Span[]): ReadonlyMap<number, number> {
  const ends = new Map<number, number>();
  for (const { start, end } of spans) ends.set(start, Math.max(end, ends.get(start) ?? 0));
  return ends;
}

function isWithin({ start, end }: Span, longestEnd: ReadonlyMap<number, number>): boolean {
  for (let from = start; from >= 0 && from > start - LONGEST_TURN_OF_SPEECH; from--) {
    if ((longestEnd.get(from) ?? 0) >= end) return true;
  }
  return false;
}
