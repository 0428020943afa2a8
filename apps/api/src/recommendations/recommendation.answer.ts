import { ApiProperty } from '@nestjs/swagger';
import {
  RECOMMENDATION_ACTIONS,
  RECOMMENDATION_STATUSES,
  RESPONSES,
  type LearningView,
  type RecommendationLine,
  type RecommendationView,
  type ReviewRecommendations,
} from '@app/reviews';

const DAY = { type: String, format: 'date' } as const;
const OPTIONAL_DAY = { ...DAY, nullable: true } as const;
const OPTIONAL = { type: String, nullable: true } as const;

/** A recommendation as lists show it. */
export class RecommendationLineAnswer implements RecommendationLine {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty({ example: 'WM-2026-000123-K' }) reference!: string;
  @ApiProperty() office!: string;
  @ApiProperty() force!: string;
  @ApiProperty({ example: 'remedy' }) type!: string;
  @ApiProperty() typeName!: string;
  @ApiProperty(DAY) madeOn!: string;
  @ApiProperty(DAY) responseDueOn!: string;
  @ApiProperty({ enum: RECOMMENDATION_STATUSES }) status!: RecommendationLine['status'];
  @ApiProperty({ ...OPTIONAL, enum: RESPONSES }) response!: string | null;
  @ApiProperty(OPTIONAL_DAY) respondedOn!: string | null;
  @ApiProperty(OPTIONAL_DAY) implementedOn!: string | null;
  @ApiProperty(OPTIONAL_DAY) settledOn!: string | null;
  @ApiProperty({ description: 'The day for the response has passed without one.' }) isOverdue!: boolean;
}

export class RecommendationPageAnswer {
  @ApiProperty({ type: [RecommendationLineAnswer] }) items!: readonly RecommendationLineAnswer[];
  @ApiProperty(OPTIONAL) nextCursor!: string | null;
  @ApiProperty({ type: 'integer' }) total!: number;
  @ApiProperty({ type: 'integer' }) overdue!: number;
}

/** A recommendation with its words. The force is not bound by it (R1.84). */
export class RecommendationAnswer {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty({ type: 'integer' }) version!: number;
  @ApiProperty({ example: 'remedy' }) type!: string;
  @ApiProperty() typeName!: string;
  @ApiProperty(OPTIONAL) law!: string | null;
  @ApiProperty() text!: string;
  @ApiProperty({ ...OPTIONAL, format: 'uuid' }) allegation!: string | null;
  @ApiProperty(DAY) madeOn!: string;
  @ApiProperty({ ...DAY, description: 'With extensions (R1.82).' }) responseDueOn!: string;
  @ApiProperty({ ...DAY, description: 'Before any extension.' }) responseCountedTo!: string;
  @ApiProperty({ type: [String], description: 'How it was counted, a sentence each.' }) steps!: readonly string[];
  @ApiProperty({ enum: RECOMMENDATION_STATUSES }) status!: RecommendationView['status'];
  @ApiProperty() isOverdue!: boolean;
  @ApiProperty({ type: [String], format: 'date' }) chasedOn!: readonly string[];
  @ApiProperty({ ...OPTIONAL, enum: RESPONSES }) response!: string | null;
  @ApiProperty(OPTIONAL_DAY) respondedOn!: string | null;
  @ApiProperty(OPTIONAL) responseText!: string | null;
  @ApiProperty({ ...OPTIONAL_DAY, description: 'R1.80' }) sentToApplicantOn!: string | null;
  @ApiProperty(OPTIONAL_DAY) implementedOn!: string | null;
  @ApiProperty(OPTIONAL) evidence!: string | null;
  @ApiProperty({ ...OPTIONAL, description: 'Why it was not implemented, or was withdrawn.' }) endReason!: string | null;
  @ApiProperty(OPTIONAL_DAY) settledOn!: string | null;
  @ApiProperty({ enum: RECOMMENDATION_ACTIONS, isArray: true })
  allowedActions!: RecommendationView['allowedActions'];
}

export class LearningFeedbackAnswer {
  @ApiProperty(DAY) on!: string;
  @ApiProperty() text!: string;
}

export class LearningAnswer implements LearningView {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty({ type: 'integer' }) version!: number;
  @ApiProperty({ example: 'timeliness' }) theme!: string;
  @ApiProperty() themeName!: string;
  @ApiProperty() text!: string;
  @ApiProperty(DAY) suggestedOn!: string;
  @ApiProperty({ type: [LearningFeedbackAnswer] }) feedback!: readonly LearningFeedbackAnswer[];
}

export class ReviewRecommendationsAnswer {
  @ApiProperty() reference!: string;
  @ApiProperty({ type: [RecommendationAnswer] }) recommendations!: readonly RecommendationAnswer[];
  @ApiProperty({ type: [LearningAnswer] }) learning!: readonly LearningAnswer[];
}

export function answerOf({ reference, recommendations, learning }: ReviewRecommendations): ReviewRecommendationsAnswer {
  return { reference, recommendations: recommendations.map(toAnswer), learning };
}

export function toAnswer({ state, ...view }: RecommendationView): RecommendationAnswer {
  const { id, type, allegation, madeOn, clock, chasedOn, response, implemented, settledOn } = state;
  const { version, typeName, law, text, responseDueOn, steps, status, isOverdue, responseText } = view;
  return {
    ...{ id, version, type, typeName, law, text, allegation, madeOn, responseDueOn },
    ...{ responseCountedTo: clock.countedTo, steps, status, isOverdue, chasedOn, responseText },
    response: response?.response ?? null,
    respondedOn: response?.on ?? null,
    sentToApplicantOn: response?.sentToApplicantOn ?? null,
    implementedOn: implemented?.on ?? null,
    evidence: view.evidence,
    endReason: view.endReason,
    settledOn,
    allowedActions: view.allowedActions,
  };
}
