import { Injectable } from '@nestjs/common';
import {
  Clock,
  countDeadline,
  londonDate,
  type ConfigurationEntry,
  type DeadlineCount,
  type DeadlinePolicy,
  type HolidayCalendar,
  type Pause,
} from '@app/kernel';
import { Calendars, Offices } from '@app/offices';
import type { DayCounter } from '../domain/review-clock';
import { InvalidReviewInput } from '../domain/review.errors';
import type { Handling } from '../domain/eligibility/eligibility-facts';

type StandardEntry = ConfigurationEntry<'review-standard', { name: string; policy: DeadlinePolicy }>;
type PaperEntry = ConfigurationEntry<'bundle-paper', { name: string; order: number; handlings: Handling[] }>;
type CategoryEntry = ConfigurationEntry<'allegation-category', { name: string; order: number }>;
type DelegationEntry = ConfigurationEntry<
  'delegation',
  { name: string; instrument: string; functions: string; delegatedTo: string; decidedBy: string; checkedBy: string }
>;

/** The keys of `review-standard` that the code asks for. */
export type ReviewStandard = 'decide' | 'papers' | 'recommendation-response';

export interface NamedChoice {
  readonly key: string;
  readonly name: string;
}

export type Delegation = DelegationEntry['data'];

/** What the office has configured for reviews, as it holds today. */
@Injectable()
export class ReviewSettings {
  constructor(
    private readonly offices: Offices,
    private readonly calendars: Calendars,
    private readonly clock: Clock,
  ) {}

  today(): string {
    return londonDate(this.clock.now());
  }

  async policy(standard: ReviewStandard, office: string): Promise<DeadlinePolicy> {
    const entries = await this.offices.inForce<StandardEntry>('review-standard', office, this.today());
    const found = entries.find(({ key }) => key === standard);
    if (!found) throw new Error(`No review standard ${standard} is in force for ${office}`);
    return found.data.policy;
  }

  async counter(): Promise<DayCounter> {
    const calendar = await this.calendars.current();
    return {
      calendarVersion: calendar.version,
      dueOn: (policy, from, pauses) => countDeadline(policy, from, calendar, pauses).deadline,
    };
  }

  calendar(): Promise<HolidayCalendar> {
    return this.calendars.current();
  }

  async explain(policy: DeadlinePolicy, from: string, pauses: readonly Pause[]): Promise<DeadlineCount> {
    return countDeadline(policy, from, await this.calendars.current(), pauses);
  }

  /** The papers of a bundle for the handling of the complaint; all of them while that is not known. */
  async papers(office: string, handling: Handling | null): Promise<NamedChoice[]> {
    const entries = await this.offices.inForce<PaperEntry>('bundle-paper', office, this.today());
    return entries
      .filter(({ data }) => handling === null || data.handlings.includes(handling))
      .sort((a, b) => a.data.order - b.data.order)
      .map(({ key, data }) => ({ key, name: data.name }));
  }

  async allegationCategories(office: string): Promise<NamedChoice[]> {
    const entries = await this.offices.inForce<CategoryEntry>('allegation-category', office, this.today());
    return [...entries].sort((a, b) => a.data.order - b.data.order).map(({ key, data }) => ({ key, name: data.name }));
  }

  /** @throws InvalidReviewInput */
  async requireAllegationCategory(key: string, office: string): Promise<void> {
    const known = await this.allegationCategories(office);
    if (!known.some((each) => each.key === key)) throw new InvalidReviewInput('/category', 'is not a category in use');
  }

  /** @throws InvalidReviewInput */
  async requirePapers(keys: readonly string[], office: string): Promise<void> {
    const known = await this.papers(office, null);
    const unknown = keys.findIndex((key) => !known.some((each) => each.key === key));
    if (unknown >= 0) throw new InvalidReviewInput(`/papers/${String(unknown)}`, 'is not a paper in use');
  }

  /** By what instrument somebody else than the commissioner decides here; null where none is recorded. */
  async delegation(office: string): Promise<Delegation | null> {
    const [entry] = await this.offices.inForce<DelegationEntry>('delegation', office, this.today());
    return entry?.data ?? null;
  }
}
