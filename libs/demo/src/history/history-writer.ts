import { Injectable } from '@nestjs/common';
import { CASE_PARENT_TABLES, CaseHistory } from '@app/casework';
import { addDays, londonDate } from '@app/kernel';
import { Calendars, Offices } from '@app/offices';
import { EventHistory, type PastLog } from '@app/platform';
import { ScrutinySettings } from '@app/scrutiny';
import { arrive } from './arrival-of-letter';
import { arrivalsOf, PROFILES, type OfficeProfile } from './arrivals';
import { live } from './case-life';
import { Dice } from './dice';
import { planLastDay } from './last-day';
import { LetterWriter } from './letter-writer';
import { readMaterial, type Material } from './material';
import { OfficeHours } from './office-hours';
import { pastScrutiny, readScrutinyRules, SCRUTINY_PARENT_TABLES } from './past-scrutiny';
import { REVIEW_PARENT_TABLES, type ReviewTimes } from './reviews/past-review';
import { FateDeck } from './reviews/review-fates';
import { readReviewTimes } from './reviews/review-times';
import { Timeline } from './timeline';
import { World, type ReviewWorld } from './world';

export interface HistoryPlan {
  /** The first day and the last instant of the history. */
  readonly from: string;
  readonly end: Date;
  readonly seed: number;
  readonly profiles: readonly OfficeProfile[];
}

export interface HistoryFacts {
  readonly cases: number;
  readonly open: number;
}

/** Days of two years. */
const TWO_YEARS = 730;
const SEED = 20_121_122;

/** The plan of the demonstration office: two years to the instant given. */
export function demonstrationPlan(end: Date): HistoryPlan {
  return { from: addDays(londonDate(end), -TWO_YEARS), end, seed: SEED, profiles: PROFILES };
}

/**
 * Writes a history of invented work: letters come in, people answer them, day by day, by the commands of the cases
 * themselves. All of it in one transaction.
 */
@Injectable()
export class HistoryWriter {
  constructor(
    private readonly history: EventHistory,
    private readonly cases: CaseHistory,
    private readonly offices: Offices,
    private readonly calendars: Calendars,
    private readonly scrutiny: ScrutinySettings,
  ) {}

  /** `mayBegin` is asked, and `ended` told, in the transaction. Null: it may not. */
  async write(
    plan: HistoryPlan,
    {
      mayBegin = () => Promise.resolve(true),
      ended = () => Promise.resolve(),
    }: {
      mayBegin?: (log: PastLog) => Promise<boolean>;
      ended?: (log: PastLog, facts: HistoryFacts) => Promise<void>;
    } = {},
  ): Promise<HistoryFacts | null> {
    // Read before the transaction is open: it must not wait for another connection.
    const calendar = await this.calendars.current();
    const mailboxes = new Map((await this.offices.all()).map(({ id, mailboxes: [first] }) => [id, first ?? '']));
    const times = await readReviewTimes(this.offices, calendar, londonDate(plan.end));
    const offices = plan.profiles.map(({ office }) => office);
    const rules = await readScrutinyRules(this.scrutiny, offices[0] ?? '');
    const ids = new Dice(plan.seed + 1);
    const parents = [...CASE_PARENT_TABLES, ...REVIEW_PARENT_TABLES, ...SCRUTINY_PARENT_TABLES];
    return this.history.write({ parents, newId: () => ids.uuid() }, async (log) => {
      if (!(await mayBegin(log))) return null;
      const material = readMaterial();
      const dice = new Dice(plan.seed + 2);
      const cases = await this.cases.begin(log);
      const world = new World(
        ...([log, cases, new Timeline(plan.end), dice, new OfficeHours(calendar)] as const),
        ...([material.words, material.special, (office: string) => mailboxes.get(office) ?? ''] as const),
        reviewWorld(plan.seed + 5, times, material.reviews),
      );
      const count = this.planArrivals(world, plan, new LetterWriter(material, new Dice(plan.seed + 3)));
      world.watchDaily(plan.from, plan.end, (day) => addDays(day, 1));
      for (const { office } of plan.profiles) planLastDay(world, office);
      const oversight = pastScrutiny(log, rules, { ...plan, offices }, calendar, new Dice(plan.seed + 7));
      for (const { at, happens } of oversight.moments) world.timeline.plan(at, happens);
      await world.timeline.run(() => log.writeIfFull());
      oversight.finish();
      const open = world.living.size;
      for (const lived of [...world.living]) world.settle(lived);
      await cases.finish();
      const facts = { cases: count, open };
      await log.written();
      await ended(log, facts);
      return facts;
    });
  }

  private planArrivals(world: World, { from, end, seed, profiles }: HistoryPlan, writer: LetterWriter): number {
    let count = 0;
    const dice = new Dice(seed + 4);
    const reviewDice = new Dice(seed + 6);
    for (const profile of profiles) {
      for (const arrival of arrivalsOf(profile, { from, end, writer, dice, reviewDice, hours: world.hours })) {
        count += 1;
        world.timeline.plan(arrival.at, () => arrive(world, arrival, (lived) => live(world, arrival, lived)));
      }
    }
    return count;
  }
}

function reviewWorld(seed: number, times: ReviewTimes, words: Material['reviews']): ReviewWorld {
  const dice = new Dice(seed);
  return { dice, fates: new FateDeck(dice), times, words };
}
