import { countDeadline, type ConfigurationEntry, type DeadlinePolicy, type HolidayCalendar } from '@app/kernel';
import type { Offices } from '@app/offices';
import type { RecommendationType } from '@app/reviews';
import type { ReviewTimes } from './past-review';

type StandardEntry = ConfigurationEntry<'review-standard', { policy: DeadlinePolicy }>;
type PaperEntry = ConfigurationEntry<'bundle-paper', { handlings: readonly string[] }>;
type TypeEntry = ConfigurationEntry<'recommendation-type', { handlings: RecommendationType['handlings'] }>;
type ThemeEntry = ConfigurationEntry<'learning-theme', { name: string }>;
type CategoryEntry = ConfigurationEntry<'allegation-category', { name: string }>;

/** The settings of reviews, read once: every review of the history counts with them. */
export async function readReviewTimes(offices: Offices, calendar: HolidayCalendar, on: string): Promise<ReviewTimes> {
  const policies = new Map<string, DeadlinePolicy>();
  for (const { id } of await offices.all()) {
    for (const { key, data } of await offices.inForce<StandardEntry>('review-standard', id, on)) {
      policies.set(`${id} ${key}`, data.policy);
    }
  }
  const [first] = await offices.all();
  const papers = await offices.inForce<PaperEntry>('bundle-paper', first?.id ?? '', on);
  const categories = await offices.inForce<CategoryEntry>('allegation-category', first?.id ?? '', on);
  const types = await offices.inForce<TypeEntry>('recommendation-type', first?.id ?? '', on);
  const themes = await offices.inForce<ThemeEntry>('learning-theme', first?.id ?? '', on);
  return {
    calendar,
    counter: {
      calendarVersion: calendar.version,
      dueOn: (policy, from, pauses) => countDeadline(policy, from, calendar, pauses).deadline,
    },
    policyOf: (standard, office) => {
      const policy = policies.get(`${office} ${standard}`);
      if (!policy) throw new Error(`No review standard ${standard} is in force for ${office}`);
      return policy;
    },
    papersOf: (handling) => papers.filter(({ data }) => data.handlings.includes(handling)).map(({ key }) => key),
    allegationCategories: categories.map(({ key }) => key),
    recommendationTypes: types.map(({ key, data }) => ({ key, handlings: data.handlings })),
    learningThemes: themes.map(({ key }) => key),
  };
}
