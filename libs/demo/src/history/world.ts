import type { PastCases, PastContact, Then, WorkedCase } from '@app/casework';
import { londonDate } from '@app/kernel';
import type { PastMessage } from '@app/notifications';
import { systemCaller, type Caller, type PastLog } from '@app/platform';
import type { Dice } from './dice';
import type { Letter } from './letter-writer';
import type { Material } from './material';
import type { OfficeHours } from './office-hours';
import type { PastReview, ReviewTimes } from './reviews/past-review';
import type { FateDeck } from './reviews/review-fates';
import type { Timeline } from './timeline';

/** A case while it is lived: what it is really about, and how much is still planned for it. */
export interface LivedCase {
  readonly worked: WorkedCase;
  readonly letter: Letter;
  readonly contact: PastContact;
  /** How many things are still to happen on it. */
  planned: number;
  /** Who works on it. */
  worker: string | null;
  /** Where it is an application for a review. */
  review: PastReview | null;
}

/** What the lives of reviews share besides: chance of their own, so that letters fall as they would without them. */
export interface ReviewWorld {
  readonly dice: Dice;
  readonly fates: FateDeck;
  readonly times: ReviewTimes;
  readonly words: Material['reviews'];
}

const WATCHED_AT = { hour: 0, minute: 1 };

/** Everything that the lives of the cases share. */
export class World {
  readonly living = new Set<LivedCase>();

  constructor(
    readonly log: PastLog,
    readonly cases: PastCases,
    readonly timeline: Timeline,
    readonly dice: Dice,
    readonly hours: OfficeHours,
    readonly words: Material['words'],
    readonly special: Material['special'],
    readonly mailboxOf: (office: string) => string,
    readonly reviews: ReviewWorld,
  ) {}

  /** A person does something to the case, if the history lasts so long. */
  plan(lived: LivedCase, at: Date, happens: (at: Date) => Promise<void> | void): void {
    this.onCase(lived, at, 'plan', happens);
  }

  /** The service does something to the case. */
  follow(lived: LivedCase, at: Date, happens: (at: Date) => Promise<void> | void): void {
    this.onCase(lived, at, 'follow', happens);
  }

  /** So many milliseconds later the service does it. */
  soon(lived: LivedCase, at: Date, ms: number, happens: (at: Date) => Promise<void> | void): void {
    this.follow(lived, new Date(at.getTime() + ms), happens);
  }

  /** A person goes on with a review so many working days later, some time in office hours; 0: later that day. */
  step(lived: LivedCase, from: Date, workingDays: number, happens: (at: Date) => Promise<void> | void): void {
    const { dice } = this.reviews;
    const day = this.hours.after(londonDate(from), workingDays);
    const at = this.hours.at(day, dice.int(9, 16), dice.int(0, 59), dice.int(0, 59));
    const soonest = new Date(from.getTime() + dice.int(4, 45) * 60_000);
    this.plan(lived, at > soonest ? at : soonest, happens);
  }

  /** A message of ours goes out a moment after it was queued. */
  deliver(lived: LivedCase, message: PastMessage | null, at: Date): void {
    if (message) this.soon(lived, at, 1_400, (sent) => message.sent(sent, 'local-outbox'));
  }

  /** What a person does. */
  then(at: Date, person: string, office: string): Then {
    return { at, by: this.person(person, office) };
  }

  person(id: string, office: string): Caller {
    const actor = { kind: 'person', id } as const;
    const correlationId = this.log.newId();
    return { actor, role: 'caseworker', offices: [office], system: false, correlationId, causationId: null };
  }

  /** The office's watch over deadlines, just after midnight, for as long as the history lasts. */
  watchDaily(day: string, until: Date, nextDay: (day: string) => string): void {
    const at = this.hours.at(day, WATCHED_AT.hour, WATCHED_AT.minute);
    if (at > until) return;
    this.timeline.plan(at, () => {
      for (const { worked } of this.living) if (worked.isWatched(day)) this.watch(worked, at);
      this.watchDaily(nextDay(day), until, nextDay);
    });
  }

  private onCase(
    lived: LivedCase,
    at: Date,
    how: 'plan' | 'follow',
    happens: (at: Date) => Promise<void> | void,
  ): void {
    lived.planned += 1;
    this.timeline[how](at, async (now) => {
      await happens(now);
      lived.planned -= 1;
      const { worked } = lived;
      if (worked.isWatched(londonDate(now))) this.soon(lived, now, 45_000, (later) => this.watch(worked, later));
      if (lived.planned === 0 && worked.state.closedAt !== null) this.settle(lived);
    });
  }

  /** Nothing more happens to it. */
  settle(lived: LivedCase): void {
    lived.worked.write();
    lived.review?.write();
    this.living.delete(lived);
  }

  private watch(worked: WorkedCase, at: Date): void {
    worked.watch({ at, by: systemCaller('casework.watch-deadlines', this.log.newId()) });
  }
}
