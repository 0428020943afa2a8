import type { DomainEvent, JsonObject } from '@app/kernel';
import type { Response } from './recommendation-state';
import type { KeptWords } from './review-state';

type Words = Pick<KeptWords, 'textId' | 'textCommitment'>;

/** Event types of recommendations and of organisational learning: ids, codes and days; words stand in side tables. */
export interface RecommendationEventData {
  'reviews.recommendation-made': {
    recommendationId: string;
    caseId: string;
    force: string;
    type: string;
    allegation: string | null;
    by: string;
    on: string;
    dueOn: string;
    rule: string;
    calendarVersion: number;
  } & Words;
  'reviews.recommendation-extended': { from: string; to: string; on: string } & Words;
  'reviews.recommendation-recounted': { because: string; dueOn: string; calendarVersion: number };
  'reviews.recommendation-chased': { on: string; byMail: boolean };
  'reviews.recommendation-answered': { response: Response; on: string; sentToApplicantOn: string | null } & Words;
  'reviews.recommendation-sent-to-applicant': { on: string };
  'reviews.recommendation-implemented': { on: string } & Words;
  'reviews.recommendation-not-implemented': { on: string } & Words;
  'reviews.recommendation-withdrawn': { on: string } & Words;
}

export type RecommendationEventType = keyof RecommendationEventData;

export type RecommendationEvent = {
  [T in RecommendationEventType]: DomainEvent<T, RecommendationEventData[T] & JsonObject>;
}[RecommendationEventType];

export const RECOMMENDATION_EVENT_VERSIONS: Readonly<Record<RecommendationEventType, number>> = {
  'reviews.recommendation-made': 1,
  'reviews.recommendation-extended': 1,
  'reviews.recommendation-recounted': 1,
  'reviews.recommendation-chased': 1,
  'reviews.recommendation-answered': 1,
  'reviews.recommendation-sent-to-applicant': 1,
  'reviews.recommendation-implemented': 1,
  'reviews.recommendation-not-implemented': 1,
  'reviews.recommendation-withdrawn': 1,
};
