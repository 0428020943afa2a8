import { Type } from 'class-transformer';
import { IsObject, ValidateNested } from 'class-validator';
import { Choice, Whole } from './field-rules';
import { PolicyInput } from './rule-data';

export const COMPLAINTS_MODELS = ['1', '2', '3'] as const;

/** How an office publishes figures and what the IOPC says about its force. */
export class PublicationRuleInput {
  /** The smallest count above nought that is published as it is. */
  @Whole(2, 50) smallestCount!: number;
  /** Over how many at least percentages, averages and medians are published. */
  @Whole(1, 100) smallestBase!: number;
  /** Who deals with complaints first: 1, the force; 2 and 3, the office takes on part of it. */
  @Choice(COMPLAINTS_MODELS) complaintsModel!: string;
  @IsObject({ message: 'must be an object' })
  @ValidateNested()
  @Type(() => PolicyInput)
  bulletinPolicy!: PolicyInput;
}
