import { Type } from 'class-transformer';
import { IsObject, ValidateNested } from 'class-validator';
import { Choices, Line, Text, Whole } from './field-rules';
import { PolicyInput } from './rule-data';

const HANDLINGS = ['investigation', 'otherwise-than-by-investigation'] as const;

/** How long a clock of complaint reviews runs. */
export class ReviewStandardInput {
  @Line(100) name!: string;
  @IsObject({ message: 'must be an object' })
  @ValidateNested()
  @Type(() => PolicyInput)
  policy!: PolicyInput;
}

/** A paper that the force sends for a review. */
export class BundlePaperInput {
  @Line(200) name!: string;
  @Whole(0, 9999) order!: number;
  @Choices(HANDLINGS) handlings!: string[];
}

/** What may be recommended, and for which handling of the complaint the law allows it (R1.8). */
export class RecommendationTypeInput {
  @Line(200) name!: string;
  @Whole(0, 9999) order!: number;
  @Choices(HANDLINGS) handlings!: string[];
  @Line(200) law!: string;
}

export class LearningThemeInput {
  @Line(100) name!: string;
}

export class AllegationCategoryInput {
  @Line(100) name!: string;
  @Whole(0, 9999) order!: number;
}

/** By what instrument the commissioner lets somebody else do the work (domain rules 1.11). */
export class DelegationInput {
  @Line(200) name!: string;
  @Text(1000) instrument!: string;
  @Text(1000) functions!: string;
  @Line(200) delegatedTo!: string;
  @Line(200) decidedBy!: string;
  @Line(200) checkedBy!: string;
}
