import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  APPLICANTS,
  BODY_TEST_ANSWERS,
  BODY_TEST_WORDS,
  HANDLINGS,
  INVESTIGATORS,
  type ApplicantRole,
  type BodyTestAnswer,
  type BodyTestAnswers,
  type EligibilityFacts,
  type Handling,
  type Investigator,
} from '@app/reviews';
import { Type } from 'class-transformer';
import { IsBoolean, IsIn, IsObject, IsOptional, IsString, MaxLength, ValidateNested } from 'class-validator';
import { IsCalendarDay } from '../input/field-checks';

const OPTIONAL_DAY = { type: String, format: 'date', nullable: true } as const;

function test(number: number, words: string): { enum: typeof BODY_TEST_ANSWERS; example: string; description: string } {
  return { enum: BODY_TEST_ANSWERS, example: 'no', description: `Test ${number}: ${words}.` };
}

/** The seven tests for the relevant review body (R1.30 to R1.33). */
export class BodyTestsBody implements BodyTestAnswers {
  @ApiProperty(test(1, BODY_TEST_WORDS.authorityIsLocalPolicingBody))
  @IsIn(BODY_TEST_ANSWERS)
  authorityIsLocalPolicingBody!: BodyTestAnswer;

  @ApiProperty(test(2, BODY_TEST_WORDS.seniorOfficer))
  @IsIn(BODY_TEST_ANSWERS)
  seniorOfficer!: BodyTestAnswer;

  @ApiProperty(test(3, BODY_TEST_WORDS.cannotExcludeSeriousMatter))
  @IsIn(BODY_TEST_ANSWERS)
  cannotExcludeSeriousMatter!: BodyTestAnswer;

  @ApiProperty(test(4, BODY_TEST_WORDS.referredOrMustBe))
  @IsIn(BODY_TEST_ANSWERS)
  referredOrMustBe!: BodyTestAnswer;

  @ApiProperty(test(5, BODY_TEST_WORDS.treatedAsReferred))
  @IsIn(BODY_TEST_ANSWERS)
  treatedAsReferred!: BodyTestAnswer;

  @ApiProperty(test(6, BODY_TEST_WORDS.sameIncident))
  @IsIn(BODY_TEST_ANSWERS)
  sameIncident!: BodyTestAnswer;

  @ApiProperty(test(7, BODY_TEST_WORDS.anyPart))
  @IsIn(BODY_TEST_ANSWERS)
  anyPart!: BodyTestAnswer;
}

export class EligibilityBody {
  @ApiPropertyOptional({
    type: String,
    nullable: true,
    maxLength: 200,
    example: 'West Mercia Police',
    description: 'Whose decision is challenged. Null or nothing: not stated (R1.10).',
  })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  force?: string | null;

  @ApiPropertyOptional({ ...OPTIONAL_DAY, example: '2025-01-15', description: 'Null or nothing: not stated (R1.10).' })
  @IsOptional()
  @IsCalendarDay()
  complaintMadeOn?: string | null;

  @ApiProperty({ example: true })
  @IsBoolean()
  recordedUnderSchedule3!: boolean;

  @ApiProperty({ enum: HANDLINGS })
  @IsIn(HANDLINGS)
  handling!: Handling;

  @ApiPropertyOptional({ enum: INVESTIGATORS, nullable: true, description: 'Without it: authority.' })
  @IsOptional()
  @IsIn(INVESTIGATORS)
  investigationBy?: Investigator | null;

  @ApiProperty({ example: true, description: 'The force has finished and has written to the complainant (R1.8).' })
  @IsBoolean()
  finalised!: boolean;

  @ApiPropertyOptional({
    ...OPTIONAL_DAY,
    example: '2025-04-01',
    description: 'When the review-rights information was provided. Null or nothing: never; no time runs (R1.20).',
  })
  @IsOptional()
  @IsCalendarDay()
  reviewRightsNotifiedOn?: string | null;

  @ApiProperty({ format: 'date', example: '2025-04-25' })
  @IsCalendarDay()
  receivedOn!: string;

  @ApiPropertyOptional({ ...OPTIONAL_DAY, description: 'When a body that was not the right one received it (R1.24).' })
  @IsOptional()
  @IsCalendarDay()
  receivedByWrongBodyOn?: string | null;

  @ApiPropertyOptional({ ...OPTIONAL_DAY, description: 'When that body forwarded it.' })
  @IsOptional()
  @IsCalendarDay()
  forwardedOn?: string | null;

  @ApiProperty({ enum: APPLICANTS })
  @IsIn(APPLICANTS)
  applicant!: ApplicantRole;

  @ApiPropertyOptional({ type: Boolean, nullable: true, description: 'Of a representative (R1.1).' })
  @IsOptional()
  @IsBoolean()
  writtenConsent?: boolean | null;

  @ApiProperty({ type: BodyTestsBody })
  @IsObject()
  @ValidateNested()
  @Type(() => BodyTestsBody)
  bodyTests!: BodyTestsBody;

  @ApiPropertyOptional({
    ...OPTIONAL_DAY,
    description:
      'The day of an earlier matter that was still being handled when this complaint about it was made: the ' +
      'regulations of that day govern (R1.6, R1.7).',
  })
  @IsOptional()
  @IsCalendarDay()
  relatesToEarlierMatterBefore?: string | null;

  @ApiPropertyOptional({ ...OPTIONAL_DAY, description: 'The day on the outcome letter, where it is another (R1.27).' })
  @IsOptional()
  @IsCalendarDay()
  letterDatedOn?: string | null;

  @ApiPropertyOptional({ ...OPTIONAL_DAY, description: 'When the force was sent it instead of a review body (R1.43).' })
  @IsOptional()
  @IsCalendarDay()
  sentToForceOn?: string | null;

  @ApiPropertyOptional({ type: Boolean, nullable: true, description: 'The investigator reported early (R1.5).' })
  @IsOptional()
  @IsBoolean()
  acceleratedProcedure?: boolean | null;
}

export function toEligibilityFacts(body: EligibilityBody): EligibilityFacts {
  return {
    ...body,
    force: body.force ?? null,
    complaintMadeOn: body.complaintMadeOn ?? null,
    reviewRightsNotifiedOn: body.reviewRightsNotifiedOn ?? null,
  };
}
