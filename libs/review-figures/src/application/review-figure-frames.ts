import { Injectable } from '@nestjs/common';
import {
  Clock,
  countDeadline,
  londonDate,
  type ConfigurationEntry,
  type DeadlinePolicy,
  type HolidayCalendar,
} from '@app/kernel';
import { Calendars, Offices } from '@app/offices';
import { currentCaller } from '@app/platform';
import { VALIDITIES } from '@app/reviews';
import type { ReviewFacts } from '../domain/review-facts';
import type { FigureChoices, NamedKey, ReviewFrame } from '../domain/review-figure';
import { ReviewFactsStore } from './review-facts-store';
import { checkRequest, type ReviewFigureRequest } from './review-figure-request';

type NamedEntry<K extends string> = ConfigurationEntry<K, { name: string; order?: number }>;
type StandardEntry = ConfigurationEntry<'review-standard', { name: string; policy: DeadlinePolicy }>;

/** The review-standard by which an application for another body is to be sent on. */
const FORWARD = 'forward';

const REASONS: Readonly<Record<string, string>> = {
  'pre-2020-appeal': 'the complaint was made before 1 February 2020',
  'no-right-outside-schedule-3': 'the complaint was not recorded under Schedule 3',
  'no-right-iopc-led': 'the investigation was directed or carried out by the IOPC',
  premature: 'the force had not finished',
  'not-complainant': 'the applicant was not the complainant and did not act for them',
  'no-consent': 'the representative had no written consent',
  'out-of-time': 'out of time',
  'insufficient-information': 'not enough information',
};

/** A request made exact: the same frame gives the same figures and the same lists for ever. */
export interface FramedReviews {
  readonly frame: ReviewFrame;
  readonly offices: readonly string[];
  readonly asOf: Date;
  readonly reviews: readonly ReviewFacts[];
}

/** Makes requests for figures of reviews exact, and reads what they are counted from. */
@Injectable()
export class ReviewFigureFrames {
  constructor(
    private readonly store: ReviewFactsStore,
    private readonly calendars: Calendars,
    private readonly offices: Offices,
    private readonly clock: Clock,
  ) {}

  /** In the open transaction. @throws InvalidReviewFigureRequest */
  async framed(request: ReviewFigureRequest): Promise<FramedReviews> {
    checkRequest(request);
    const { from, to } = request;
    const now = this.clock.now();
    const asOf = request.asOf && request.asOf < now ? request.asOf : await this.store.completeUpTo(now);
    const calendar = await this.calendars.version(await this.store.calendarVersionAt(asOf));
    const asOfDay = londonDate(asOf);
    const offices = visibleOffices(request.offices);
    const reviews = await this.store.held({ offices, from, to, asOf });
    const forwardBy = await this.forwardDays(reviews, calendar);
    return {
      offices,
      asOf,
      reviews,
      frame: {
        ...{ from, to, asOfDay, openDay: to < asOfDay ? to : asOfDay, calendar },
        forwardBy: ({ caseId, receivedOn }) => forwardBy.get(caseId) ?? receivedOn,
      },
    };
  }

  /** In the open transaction: the London day of the instant, or today. */
  async today(asOf?: Date): Promise<string> {
    const now = this.clock.now();
    return londonDate(asOf && asOf < now ? asOf : await this.store.completeUpTo(now));
  }

  /** Kinds of things that have a figure each: whatever any office has configured today. */
  async choices(): Promise<FigureChoices> {
    const offices = (await this.offices.all()).map(({ id }) => id);
    return {
      invalidReasons: VALIDITIES.filter((each) => each !== 'valid' && each !== 'wrong-body').map((key) => ({
        key,
        name: REASONS[key] ?? key,
      })),
      recommendationTypes: await this.named('recommendation-type', offices),
      learningThemes: await this.named('learning-theme', offices),
    };
  }

  private async named(kind: 'recommendation-type' | 'learning-theme', offices: readonly string[]): Promise<NamedKey[]> {
    const today = londonDate(this.clock.now());
    const found = new Map<string, NamedKey & { order: number }>();
    for (const office of offices) {
      const entries = await this.offices.inForce<NamedEntry<typeof kind>>(kind, office, today);
      for (const { key, data } of entries) {
        if (!found.has(key)) found.set(key, { key, name: data.name, order: data.order ?? 0 });
      }
    }
    return [...found.values()]
      .sort((a, b) => a.order - b.order || a.name.localeCompare(b.name))
      .map(({ key, name }) => ({ key, name }));
  }

  /** By when those sent on should have been, by the standard that was in force when they came. */
  private async forwardDays(
    reviews: readonly ReviewFacts[],
    calendar: HolidayCalendar,
  ): Promise<ReadonlyMap<string, string>> {
    const days = new Map<string, string>();
    for (const { caseId, office, receivedOn, forwardedOn } of reviews) {
      if (forwardedOn === null) continue;
      const entries = await this.offices.inForce<StandardEntry>('review-standard', office, receivedOn);
      const policy = entries.find(({ key }) => key === FORWARD)?.data.policy;
      if (policy) days.set(caseId, countDeadline(policy, receivedOn, calendar, []).deadline);
    }
    return days;
  }
}

function visibleOffices(asked: readonly string[]): string[] {
  const { offices, system } = currentCaller();
  return [...new Set(asked)].filter((office) => system || offices.includes(office)).sort();
}
