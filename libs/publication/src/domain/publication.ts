import { Aggregate, londonDate, type FieldError, type JsonObject } from '@app/kernel';
import { exactQuarter, isOver, type DataPeriod } from './financial-quarter';
import { partsFor, publicationKind, type ComplaintsModel } from './publication-kinds';
import { InvalidPublication, PublicationRefused, SecondPersonNeeded } from './publication.errors';
import type { PublicationEvent, PublicationEventType } from './publication.events';

export const VERSION_STATES = ['draft', 'to-check', 'checked', 'published', 'superseded', 'withdrawn'] as const;
export type VersionState = (typeof VERSION_STATES)[number];

/** What the office says under a heading. Nothing to report is said, never left empty. */
export interface Narrative {
  readonly section: string;
  readonly text: string;
  readonly isNothingToReport: boolean;
}

/** One version. Once published, only its state changes. */
export interface VersionFacts {
  readonly number: number;
  readonly state: VersionState;
  /** Everybody who worked on it. */
  readonly authors: readonly string[];
  readonly checkedBy: string | null;
  readonly publishedOn: string | null;
}

export interface PublicationState extends DataPeriod {
  readonly id: string;
  readonly office: string;
  readonly kind: string;
  readonly slug: string;
  /** Oldest first. */
  readonly versions: readonly VersionFacts[];
}

/** Who does something, and when. */
export interface Doing {
  readonly by: string;
  readonly at: Date;
}

/** A reason in words, which stands beside the log. */
export interface KeptReason {
  readonly reasonId: string;
  readonly reasonCommitment: string;
}

/** What an office publishes about a period, in versions. */
export class Publication extends Aggregate<PublicationEvent> {
  #versions: VersionFacts[];

  private constructor(
    readonly facts: Omit<PublicationState, 'versions'>,
    versions: readonly VersionFacts[],
    version: number,
  ) {
    super(facts.id, version);
    this.#versions = [...versions];
  }

  static of({ versions, ...facts }: PublicationState, version: number): Publication {
    return new Publication(facts, versions, version);
  }

  /** @throws InvalidPublication for a period that the kind does not allow or that is not over. */
  static start(
    { id, office, kind, from, to }: DataPeriod & { id: string; office: string; kind: string },
    { by, at }: Doing,
  ): Publication {
    const known = publicationKind(kind);
    if (!known) throw new InvalidPublication([{ pointer: '/kind', message: 'Choose what to publish' }]);
    const quarter = exactQuarter({ from, to });
    if (known.period === 'quarter' && quarter === null) {
      const message = 'The data must be of one financial quarter, from its first to its last day';
      throw new InvalidPublication([{ pointer: '/from', message }]);
    }
    if (to < from) throw new InvalidPublication([{ pointer: '/to', message: 'The last day is before the first' }]);
    if (!isOver({ from, to }, at)) {
      throw new InvalidPublication([
        { pointer: '/to', message: 'The period must be over: its last day has to have passed' },
      ]);
    }
    const days = quarter ? `q${String(quarter.number)}-${quarter.year.replace('/', '-')}` : `${from}-to-${to}`;
    const slug = `${known.slug}-${days}`;
    const publication = new Publication({ id, office, kind, from, to, slug }, [draft(1, by)], 0);
    publication.add('publication.started', at, { publicationId: id, kind, from, to, slug, number: 1 });
    return publication;
  }

  get state(): PublicationState {
    return { ...this.facts, versions: this.#versions };
  }

  /** The newest version. */
  get newest(): VersionFacts {
    const newest = this.#versions.at(-1);
    if (!newest) throw new Error('A publication without a version');
    return newest;
  }

  /** The version that the public reads; null before the first is published and after it is withdrawn. */
  get current(): VersionFacts | null {
    return this.#versions.find(({ state }) => state === 'published') ?? null;
  }

  /** Figures were counted: those of the draft are replaced. */
  takeFigures({ asOf, sha256, figures }: { asOf: Date; sha256: string; figures: number }, doing: Doing): void {
    const { number } = this.edit(doing);
    this.add('publication.figures-taken', doing.at, { number, asOf: asOf.toISOString(), sha256, figures });
  }

  writeNarratives(sections: readonly string[], bulletins: readonly string[], doing: Doing): void {
    const { number } = this.edit(doing);
    this.add('publication.narratives-written', doing.at, { number, sections, bulletins });
  }

  /** Asks for the check. @throws InvalidPublication naming each section that says nothing. */
  submit(narratives: readonly Narrative[], model: ComplaintsModel, sha256: string, doing: Doing): void {
    this.mustBe(['draft'], 'Only a draft can be sent to be checked.');
    const empty = emptySections(this.facts.kind, narratives, model);
    if (empty.length > 0) throw new InvalidPublication(empty);
    const { number } = this.become({ state: 'to-check', authors: [...this.newest.authors, doing.by] });
    this.add('publication.submitted', doing.at, { number, sha256 });
  }

  /** @throws SecondPersonNeeded for whoever worked on the version. */
  check(sha256: string, doing: Doing): void {
    this.mustBe(['to-check'], 'Only what was sent to be checked can be checked.');
    if (this.newest.authors.includes(doing.by)) throw new SecondPersonNeeded();
    const { number } = this.become({ state: 'checked', checkedBy: doing.by });
    this.add('publication.checked', doing.at, { number, sha256 });
  }

  sendBack(reason: KeptReason, doing: Doing): void {
    this.mustBe(['to-check', 'checked'], 'Only what waits for the check or was checked can be sent back.');
    const { number } = this.become({ state: 'draft', checkedBy: null });
    this.add('publication.sent-back', doing.at, { number, ...reason });
  }

  /** The day of publication is the day on which this is done, and nothing else. */
  publish(sha256: string, bulletins: readonly string[], { at }: Doing): void {
    this.mustBe(['checked'], 'It has to be checked by a second person before it is published.');
    const before = this.current;
    const publishedOn = londonDate(at);
    const { number } = this.become({ state: 'published', publishedOn });
    this.add('publication.published', at, { number, on: publishedOn, sha256, bulletins });
    if (!before) return;
    this.#versions = this.#versions.map((each) =>
      each.number === before.number ? { ...each, state: 'superseded' } : each,
    );
    this.add('publication.superseded', at, { number: before.number, by: number });
  }

  /** What was published stays as it is: a correction is a new version that says what changed and why. */
  startCorrection(note: KeptReason, { by, at }: Doing): void {
    const { state, number } = this.newest;
    if (state !== 'published' && state !== 'withdrawn') {
      throw new PublicationRefused('Only what is published can be corrected, and one correction at a time.');
    }
    this.#versions.push(draft(number + 1, by));
    this.add('publication.correction-started', at, { number: number + 1, corrects: number, ...note });
  }

  /** The public then reads why in its place; a correction that was begun goes on. */
  withdraw(reason: KeptReason, { at }: Doing): void {
    const { current } = this;
    if (current === null) throw new PublicationRefused('Only what is published can be withdrawn.');
    this.#versions = this.#versions.map((each) =>
      each.number === current.number ? { ...each, state: 'withdrawn' } : each,
    );
    this.add('publication.withdrawn', at, { number: current.number, on: londonDate(at), ...reason });
  }

  private edit({ by }: Doing): VersionFacts {
    this.mustBe(['draft'], 'Only a draft can be changed. What is published never changes: correct it instead.');
    return this.become({ authors: [...this.newest.authors, by] });
  }

  private mustBe(states: readonly VersionState[], refusal: string): void {
    if (!states.includes(this.newest.state)) throw new PublicationRefused(refusal);
  }

  private become(change: Partial<VersionFacts>): VersionFacts {
    const changed = { ...this.newest, ...change };
    this.#versions = [...this.#versions.slice(0, -1), { ...changed, authors: [...new Set(changed.authors)] }];
    return changed;
  }

  private add(type: PublicationEventType, effectiveAt: Date, data: JsonObject): void {
    this.record({ type, schemaVersion: 1, data, effectiveAt });
  }
}

/** The sections that neither say something nor say that there is nothing to report. */
export function emptySections(
  kind: string,
  narratives: readonly Narrative[],
  model: ComplaintsModel,
): readonly FieldError[] {
  const known = publicationKind(kind);
  const sections = known ? partsFor(known, model).flatMap((part) => part.sections) : [];
  return sections.flatMap(({ key, title }) => {
    const written = narratives.find(({ section }) => section === key);
    if (written && (written.isNothingToReport || written.text.trim() !== '')) return [];
    return [
      { pointer: `/narratives/${key}`, message: `${title}: write something, or say that there is nothing to report` },
    ];
  });
}

function draft(number: number, by: string): VersionFacts {
  return { number, state: 'draft', authors: [by], checkedBy: null, publishedOn: null };
}
