import { ApiProperty } from '@nestjs/swagger';
import {
  RULES_VERSIONS,
  VALIDITIES,
  type Eligibility,
  type Obstacle,
  type RelevantBody,
  type ReviewClock,
  type ReviewDayCount,
  type RuledText,
  type RulesVersion,
  type Validity,
} from '@app/reviews';

const OPTIONAL_DAY = { type: String, format: 'date', nullable: true } as const;

export class RuledTextAnswer implements RuledText {
  @ApiProperty({ example: 'R1.20', description: 'The rule, as `npm run rules -- reviews` lists it.' })
  rule!: string;

  @ApiProperty({
    example: 'It was received on Wednesday 30 April 2025, the last day was Tuesday 29 April 2025: 1 day late.',
  })
  text!: string;
}

export class ReviewDayCountAnswer implements ReviewDayCount {
  @ApiProperty({ ...OPTIONAL_DAY, example: '2025-04-01', description: 'Day 0' })
  notifiedOn!: string | null;

  @ApiProperty({ ...OPTIONAL_DAY, example: '2025-04-02' })
  dayOne!: string | null;

  @ApiProperty({ ...OPTIONAL_DAY, example: '2025-04-29', description: 'Day 28' })
  lastDay!: string | null;

  @ApiProperty({ description: 'A weekend or bank holiday. The law does not move the last day (R1.23).' })
  lastDayIsNonWorking!: boolean;

  @ApiProperty({ format: 'date', example: '2025-04-25' })
  receivedOn!: string;

  @ApiProperty({ format: 'date', example: '2025-04-25', description: 'The day that must not be after the last day.' })
  testedOn!: string;

  @ApiProperty({
    ...OPTIONAL_DAY,
    description: 'First receipt by another body: the days from it are left out (R1.24).',
  })
  excludedFrom!: string | null;

  @ApiProperty({ ...OPTIONAL_DAY })
  excludedTo!: string | null;

  @ApiProperty({ type: 'integer' })
  excludedDays!: number;

  @ApiProperty({ type: 'integer' })
  daysLate!: number;
}

export class EligibilityAnswer implements Eligibility {
  @ApiProperty({ enum: ['local-policing-body', 'iopc'] })
  relevantBody!: RelevantBody;

  @ApiProperty({ type: String, nullable: true, description: 'Whose local policing body it would be (R1.34).' })
  relevantForce!: string | null;

  @ApiProperty({ enum: ['running', 'expired', 'not-started'] })
  clock!: ReviewClock;

  @ApiProperty({ ...OPTIONAL_DAY, example: '2025-04-29' })
  lastDay!: string | null;

  @ApiProperty({ format: 'date', description: 'The day of forwarding where it was forwarded, else of receipt.' })
  madeOn!: string;

  @ApiProperty({ type: Boolean, nullable: true, description: 'Null where no time runs.' })
  inTime!: boolean | null;

  @ApiProperty({ enum: VALIDITIES, description: 'The first that applies, in this order.' })
  validity!: Validity;

  @ApiProperty({ enum: VALIDITIES.filter((each) => each !== 'valid'), isArray: true })
  obstacles!: readonly Obstacle[];

  @ApiProperty({ type: [RuledTextAnswer], description: 'Of every obstacle; where there is none, why it is valid.' })
  reasons!: readonly RuledTextAnswer[];

  @ApiProperty({ type: [RuledTextAnswer], description: 'What the office may still decide.' })
  discretion!: readonly RuledTextAnswer[];

  @ApiProperty({ type: [RuledTextAnswer], description: 'What the office does about each obstacle.' })
  duties!: readonly RuledTextAnswer[];

  @ApiProperty({ type: [RuledTextAnswer], description: 'What to look at before relying on it.' })
  warnings!: readonly RuledTextAnswer[];

  @ApiProperty({ enum: RULES_VERSIONS, nullable: true, description: 'Which regulations govern (R1.6, R1.7).' })
  rulesVersion!: RulesVersion | null;

  @ApiProperty({ type: ReviewDayCountAnswer })
  count!: ReviewDayCountAnswer;
}
