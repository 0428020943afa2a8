import { Injectable } from '@nestjs/common';
import type { ConfigurationEntry } from '@app/kernel';
import { Offices } from '@app/offices';
import type { Handling } from '../../domain/eligibility/eligibility-facts';
import { InvalidReviewInput } from '../../domain/review.errors';
import { ReviewSettings, type NamedChoice } from '../review-settings';

type TypeEntry = ConfigurationEntry<
  'recommendation-type',
  { name: string; order: number; handlings: Handling[]; law: string }
>;
type ThemeEntry = ConfigurationEntry<'learning-theme', { name: string }>;

/** What may be recommended, and by what law. */
export interface RecommendationTypeChoice extends NamedChoice {
  readonly handlings: readonly Handling[];
  readonly law: string;
}

/** What the office has configured for recommendations and learning, as it holds today. */
@Injectable()
export class RecommendationSettings {
  constructor(
    private readonly offices: Offices,
    private readonly settings: ReviewSettings,
  ) {}

  async types(office: string): Promise<RecommendationTypeChoice[]> {
    const entries = await this.offices.inForce<TypeEntry>('recommendation-type', office, this.settings.today());
    return [...entries]
      .sort((a, b) => a.data.order - b.data.order)
      .map(({ key, data: { name, handlings, law } }) => ({ key, name, handlings, law }));
  }

  /** @throws InvalidReviewInput */
  async type(key: string, office: string): Promise<RecommendationTypeChoice> {
    const found = (await this.types(office)).find((each) => each.key === key);
    if (!found) throw new InvalidReviewInput('/type', 'is not a type of recommendation in use');
    return found;
  }

  async themes(office: string): Promise<NamedChoice[]> {
    const entries = await this.offices.inForce<ThemeEntry>('learning-theme', office, this.settings.today());
    return entries.map(({ key, data }) => ({ key, name: data.name })).sort((a, b) => a.name.localeCompare(b.name));
  }

  /** @throws InvalidReviewInput */
  async requireTheme(key: string, office: string): Promise<void> {
    const known = await this.themes(office);
    if (!known.some((each) => each.key === key)) throw new InvalidReviewInput('/theme', 'is not a theme in use');
  }
}
