import { addDays, commitment, entriesInForce } from '@app/kernel';
import type { TriageConditions, TriageRule } from './configuration';
import { PhraseMatcher } from './phrase-matcher';

// A long letter says what it is about near its start; the risk screen reads on.
const TEXT_READ = 20_000;
const SUBJECT_READ = 2_000;
const MOST_DAYS_KEPT = 32;

const IN_SUBJECT = 1;
const IN_TEXT = 2;

/** What the words of a letter said: for each phrase of the rules, where it was found. */
export type PhrasesFound = Uint8Array;

/** A rule with its phrases as numbers of the set's matcher. */
export interface CompiledRule {
  readonly rule: TriageRule;
  readonly any: readonly number[];
  readonly all: readonly number[];
  readonly none: readonly number[];
  readonly subject: readonly number[];
  readonly place: readonly number[];
}

/** The rules of one office on one day, the deciding ones first. */
export interface RulesOfDay {
  readonly rules: readonly CompiledRule[];
  readonly version: string;
}

const compiledSets = new WeakMap<readonly TriageRule[], TriageRuleSet>();

/** All triage rules with their phrases compiled once into one matcher. */
export class TriageRuleSet {
  readonly #numbers = new Map<string, number>();
  readonly #matcher: PhraseMatcher;
  readonly #compiled: ReadonlyMap<TriageRule, CompiledRule>;
  readonly #days = new Map<string, RulesOfDay>();

  /** The days on which other rules come into force, oldest first. */
  readonly #changes: readonly string[];

  private constructor(private readonly rules: readonly TriageRule[]) {
    const days = rules.flatMap(({ validFrom, validTo }) => [
      validFrom,
      ...(validTo === null ? [] : [addDays(validTo, 1)]),
    ]);
    this.#changes = [...new Set(days)].sort();
    this.#compiled = new Map(rules.map((rule) => [rule, this.#compile(rule)]));
    this.#matcher = new PhraseMatcher([...this.#numbers.keys()].map((phrase) => ({ phrase })));
  }

  /** The same array gives the same set: keep the array while the configuration stays, and pass a new one after. */
  static of(rules: readonly TriageRule[]): TriageRuleSet {
    const known = compiledSets.get(rules);
    if (known !== undefined) return known;
    const compiled = new TriageRuleSet(rules);
    compiledSets.set(rules, compiled);
    return compiled;
  }

  /** The rules in force in an office on a London day. */
  on(office: string, day: string): RulesOfDay {
    const key = `${office} ${this.#changes.findLast((change) => change <= day) ?? ''}`;
    const known = this.#days.get(key);
    if (known !== undefined) return known;
    const inForce = entriesInForce(this.rules, office, day).sort(byPrecedence);
    const rules = inForce.flatMap((rule) => this.#compiled.get(rule) ?? []);
    const ofDay = { rules, version: versionOf(inForce) };
    if (this.#days.size >= MOST_DAYS_KEPT) this.#days.clear();
    this.#days.set(key, ofDay);
    return ofDay;
  }

  /** Finds every phrase of the rules in a letter. */
  read(subject: string, body: string): PhrasesFound {
    const found = new Uint8Array(this.#numbers.size);
    const note = (text: string, limit: number, where: number): void =>
      this.#matcher.find(this.#matcher.read(text, limit), (phrase) => (found[phrase] = (found[phrase] ?? 0) | where));
    note(subject, SUBJECT_READ, IN_SUBJECT);
    note(body, TEXT_READ, IN_TEXT);
    return found;
  }

  #compile(rule: TriageRule): CompiledRule {
    const { when } = rule.data;
    const number = (phrase: string): number => {
      const known = this.#numbers.get(phrase) ?? this.#numbers.size;
      this.#numbers.set(phrase, known);
      return known;
    };
    return {
      rule,
      any: (when.anyWords ?? []).map(number),
      all: (when.allWords ?? []).map(number),
      none: (when.noneWords ?? []).map(number),
      subject: (when.subjectWords ?? []).map(number),
      place: (when.placeWords ?? []).map(number),
    };
  }
}

/** Whether the words of a letter meet a rule's conditions on words. */
export function wordsMeet({ any, all, none, subject, place }: CompiledRule, found: PhrasesFound): boolean {
  const isFound = (phrase: number): boolean => found[phrase] !== 0;
  return (
    (any.length === 0 || any.some(isFound)) &&
    all.every(isFound) &&
    (subject.length === 0 || subject.some((phrase) => ((found[phrase] ?? 0) & IN_SUBJECT) !== 0)) &&
    (place.length === 0 || place.some(isFound)) &&
    !none.some(isFound)
  );
}

/** How many conditions a rule sets: the more, the more specific. */
export function specificityOf(when: TriageConditions): number {
  return Object.keys(when).length + Math.max(0, (when.allWords?.length ?? 0) - 1);
}

function byPrecedence({ data: a, key: keyA }: TriageRule, { data: b, key: keyB }: TriageRule): number {
  const weight = (b.weight ?? specificityOf(b.when)) - (a.weight ?? specificityOf(a.when));
  return a.order - b.order || weight || (keyA < keyB ? -1 : 1);
}

// Databases reorder the keys of stored JSON, which must not look like another version.
function versionOf(rules: readonly TriageRule[]): string {
  const sorted = [...rules].sort((a, b) => (a.key < b.key ? -1 : 1));
  const text = JSON.stringify(sorted, (_key, value: unknown) =>
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
  return commitment(new Uint8Array(), text).slice(0, 12);
}
