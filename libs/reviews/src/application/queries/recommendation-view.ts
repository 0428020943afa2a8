import type {
  RecommendationAction,
  RecommendationState,
  RecommendationStatus,
} from '../../domain/recommendation-state';
import type { NamedChoice } from '../review-settings';
import type { RecommendationTypeChoice } from '../recommendations/recommendation-settings';

/** A recommendation with the words that belong to it and how its day was counted. */
export interface RecommendationView {
  readonly state: RecommendationState;
  readonly version: number;
  readonly status: RecommendationStatus;
  readonly typeName: string;
  readonly law: string | null;
  readonly text: string;
  readonly allegation: string | null;
  readonly responseDueOn: string;
  readonly isOverdue: boolean;
  /** The force answered, but after the day. */
  readonly wasLate: boolean;
  readonly steps: readonly string[];
  readonly responseText: string | null;
  readonly evidence: string | null;
  /** Why it was not implemented, or was withdrawn. */
  readonly endReason: string | null;
  readonly extensions: readonly {
    readonly from: string;
    readonly to: string;
    readonly on: string;
    readonly reason: string;
  }[];
  readonly allowedActions: readonly RecommendationAction[];
}

export interface LearningView {
  readonly id: string;
  readonly version: number;
  readonly theme: string;
  readonly themeName: string;
  readonly text: string;
  readonly suggestedOn: string;
  readonly feedback: readonly { readonly on: string; readonly text: string }[];
}

/** What a review recommends and suggests, with what could be added. */
export interface ReviewRecommendations {
  readonly reference: string;
  readonly office: string;
  readonly stage: string;
  readonly outcome: string | null;
  readonly handling: string | null;
  readonly recommendations: readonly RecommendationView[];
  readonly learning: readonly LearningView[];
  /** Types that the law allows here; empty where nothing may be recommended (any more). */
  readonly types: readonly RecommendationTypeChoice[];
  readonly allegations: readonly NamedChoice[];
  readonly themes: readonly NamedChoice[];
  readonly mayRecommend: boolean;
  readonly maySuggest: boolean;
}
