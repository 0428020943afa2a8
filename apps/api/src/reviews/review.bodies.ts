import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  APPLICANTS,
  BODY_TEST_ANSWERS,
  FINDINGS,
  HANDLINGS,
  INVESTIGATORS,
  NO_PARTICULARS,
  OUTCOMES,
  PARTY_ROLES,
  PAUSE_REASONS,
  VALIDITIES,
  type ApplicantRole,
  type BodyTestAnswer,
  type BodyTestAnswers,
  type Finding,
  type Handling,
  type Investigator,
  type Outcome,
  type Particulars,
  type PartyRole,
  type PauseReason,
  type Validity,
} from '@app/reviews';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsNotEmpty,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { LONGEST_REASON } from '../cases/sorting.bodies';
import { IsCalendarDay, IsMailAddress, MaxBytes } from '../input/field-checks';

const LONGEST_TEXT = 100_000;
const KEY_LENGTH = 80;
const UNKNOWN = { nullable: true, description: 'Null or nothing: not known.' } as const;
const DAY = { type: String, format: 'date', ...UNKNOWN } as const;

class KnownBodyTests implements Partial<BodyTestAnswers> {
  @ApiPropertyOptional({ enum: BODY_TEST_ANSWERS })
  @IsOptional()
  @IsIn(BODY_TEST_ANSWERS)
  authorityIsLocalPolicingBody?: BodyTestAnswer;
  @ApiPropertyOptional({ enum: BODY_TEST_ANSWERS })
  @IsOptional()
  @IsIn(BODY_TEST_ANSWERS)
  seniorOfficer?: BodyTestAnswer;
  @ApiPropertyOptional({ enum: BODY_TEST_ANSWERS })
  @IsOptional()
  @IsIn(BODY_TEST_ANSWERS)
  cannotExcludeSeriousMatter?: BodyTestAnswer;
  @ApiPropertyOptional({ enum: BODY_TEST_ANSWERS })
  @IsOptional()
  @IsIn(BODY_TEST_ANSWERS)
  referredOrMustBe?: BodyTestAnswer;
  @ApiPropertyOptional({ enum: BODY_TEST_ANSWERS })
  @IsOptional()
  @IsIn(BODY_TEST_ANSWERS)
  treatedAsReferred?: BodyTestAnswer;
  @ApiPropertyOptional({ enum: BODY_TEST_ANSWERS })
  @IsOptional()
  @IsIn(BODY_TEST_ANSWERS)
  sameIncident?: BodyTestAnswer;
  @ApiPropertyOptional({ enum: BODY_TEST_ANSWERS })
  @IsOptional()
  @IsIn(BODY_TEST_ANSWERS)
  anyPart?: BodyTestAnswer;
}

/** What an application states; whatever is missing is a discretion of the office, not a rejection (R1.10). */
export class ParticularsBody {
  @ApiPropertyOptional({ type: String, ...UNKNOWN, example: 'west-mercia' })
  @IsOptional()
  @IsString()
  @MaxLength(KEY_LENGTH)
  force?: string | null;

  @ApiPropertyOptional({ type: String, ...UNKNOWN, example: 'CO/00321/26' })
  @IsOptional()
  @IsString()
  @MaxLength(KEY_LENGTH)
  forceReference?: string | null;

  @ApiPropertyOptional(DAY)
  @IsOptional()
  @IsCalendarDay()
  complaintMadeOn?: string | null;

  @ApiPropertyOptional({ type: Boolean, ...UNKNOWN })
  @IsOptional()
  @IsBoolean()
  recordedUnderSchedule3?: boolean | null;

  @ApiPropertyOptional({ enum: HANDLINGS, ...UNKNOWN })
  @IsOptional()
  @IsIn(HANDLINGS)
  handling?: Handling | null;

  @ApiPropertyOptional({ enum: INVESTIGATORS, ...UNKNOWN })
  @IsOptional()
  @IsIn(INVESTIGATORS)
  investigationBy?: Investigator | null;

  @ApiPropertyOptional({ type: Boolean, ...UNKNOWN })
  @IsOptional()
  @IsBoolean()
  finalised?: boolean | null;

  @ApiPropertyOptional(DAY)
  @IsOptional()
  @IsCalendarDay()
  letterDatedOn?: string | null;

  @ApiPropertyOptional(DAY)
  @IsOptional()
  @IsCalendarDay()
  reviewRightsNotifiedOn?: string | null;

  @ApiPropertyOptional(DAY)
  @IsOptional()
  @IsCalendarDay()
  receivedByWrongBodyOn?: string | null;

  @ApiPropertyOptional(DAY)
  @IsOptional()
  @IsCalendarDay()
  forwardedOn?: string | null;

  @ApiPropertyOptional(DAY)
  @IsOptional()
  @IsCalendarDay()
  sentToForceOn?: string | null;

  @ApiPropertyOptional({ enum: APPLICANTS, ...UNKNOWN })
  @IsOptional()
  @IsIn(APPLICANTS)
  applicant?: ApplicantRole | null;

  @ApiPropertyOptional({ type: Boolean, ...UNKNOWN })
  @IsOptional()
  @IsBoolean()
  writtenConsent?: boolean | null;

  @ApiPropertyOptional({
    type: KnownBodyTests,
    description: 'A test that is left out is unknown, which counts as yes.',
  })
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => KnownBodyTests)
  bodyTests?: KnownBodyTests;

  @ApiPropertyOptional(DAY)
  @IsOptional()
  @IsCalendarDay()
  relatesToEarlierMatterBefore?: string | null;

  @ApiPropertyOptional({ type: Boolean, ...UNKNOWN })
  @IsOptional()
  @IsBoolean()
  acceleratedProcedure?: boolean | null;
}

export function toParticulars({ bodyTests, ...known }: ParticularsBody): Particulars {
  const given = Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined));
  return { ...NO_PARTICULARS, ...given, bodyTests: { ...NO_PARTICULARS.bodyTests, ...bodyTests } };
}

export class RecordParticularsBody {
  @ApiProperty({ type: ParticularsBody })
  @IsObject()
  @ValidateNested()
  @Type(() => ParticularsBody)
  particulars!: ParticularsBody;
}

export class MaybeReasonBody {
  @ApiPropertyOptional({ type: String, nullable: true, maxLength: LONGEST_REASON })
  @IsOptional()
  @IsString()
  @MaxLength(LONGEST_REASON)
  reason?: string | null;
}

export class ValidityBody extends MaybeReasonBody {
  @ApiProperty({ enum: VALIDITIES })
  @IsIn(VALIDITIES)
  validity!: Validity;
}

export class ForwardReviewBody {
  @ApiProperty({ example: 'iopc', description: 'The key of a routing destination' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(KEY_LENGTH)
  destination!: string;

  @ApiProperty({ maxLength: LONGEST_REASON })
  @IsString()
  @IsNotEmpty()
  @MaxLength(LONGEST_REASON)
  reason!: string;

  @ApiPropertyOptional({ description: 'You have read how this person may be contacted' })
  @IsOptional()
  @IsBoolean()
  cautionRead?: boolean;
}

export class ReturnBody {
  @ApiProperty({ description: 'What kind of letter it is', example: 'local-policing' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(KEY_LENGTH)
  category!: string;

  @ApiProperty({ maxLength: LONGEST_REASON })
  @IsString()
  @IsNotEmpty()
  @MaxLength(LONGEST_REASON)
  reason!: string;
}

export class ReviewerBody {
  @ApiPropertyOptional({ description: 'The id of a person; left out: yourself' })
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  @MaxLength(100)
  reviewer?: string;
}

export class IndependenceBody extends MaybeReasonBody {
  @ApiProperty({ description: 'False: you are connected with the matter; then say how' })
  @IsBoolean()
  independent!: boolean;
}

export class PartyBody {
  @ApiProperty({ enum: PARTY_ROLES })
  @IsIn(PARTY_ROLES)
  role!: PartyRole;

  @ApiProperty({ maxLength: 200 })
  @IsString()
  @IsNotEmpty()
  @MaxLength(200)
  name!: string;

  @ApiPropertyOptional({ type: String, nullable: true, format: 'email' })
  @IsOptional()
  @IsMailAddress()
  email?: string | null;

  @ApiPropertyOptional({ type: String, nullable: true, maxLength: 500 })
  @IsOptional()
  @IsString()
  @MaxLength(500)
  address?: string | null;
}

export class NotifyBody {
  @ApiPropertyOptional({ description: 'The force' })
  @IsOptional()
  @IsBoolean()
  authority?: boolean;

  @ApiPropertyOptional({ type: [String], format: 'uuid' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(50)
  @IsUUID('all', { each: true })
  parties?: string[];
}

export class PapersBody {
  @ApiProperty({ type: [String], example: ['complaint-record', 'outcome-letter'] })
  @IsArray()
  @ArrayMaxSize(100)
  @IsString({ each: true })
  @MaxLength(KEY_LENGTH, { each: true })
  papers!: string[];
}

export class PapersReceivedBody extends PapersBody {
  @ApiProperty({ format: 'date' })
  @IsCalendarDay()
  on!: string;

  @ApiPropertyOptional({ description: 'Enough to go on, though not all that was asked for' })
  @IsOptional()
  @IsBoolean()
  complete?: boolean;
}

export class PauseReviewBody extends MaybeReasonBody {
  @ApiProperty({ enum: PAUSE_REASONS })
  @IsIn(PAUSE_REASONS)
  because!: PauseReason;
}

export class AllegationBody {
  @ApiProperty({ example: 'individual-behaviours' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(KEY_LENGTH)
  category!: string;

  @ApiProperty({ description: 'One separable concern of the complaint' })
  @IsString()
  @IsNotEmpty()
  @MaxBytes(LONGEST_TEXT)
  text!: string;
}

class EvidenceBody {
  @ApiProperty({ example: 'handler-report' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(200)
  paper!: string;

  @ApiPropertyOptional({ type: String, nullable: true, example: '4 to 6' })
  @IsOptional()
  @IsString()
  @MaxLength(40)
  page?: string | null;
}

export class FindingBody {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  allegation!: string;

  @ApiProperty({ enum: FINDINGS })
  @IsIn(FINDINGS)
  finding!: Finding;

  @ApiProperty()
  @IsString()
  @IsNotEmpty()
  @MaxBytes(LONGEST_TEXT)
  reasons!: string;

  @ApiPropertyOptional({ type: [EvidenceBody] })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(100)
  @ValidateNested({ each: true })
  @Type(() => EvidenceBody)
  evidence?: EvidenceBody[];
}

/** R1.60 as a structured note. */
export class TestNoteBody {
  @ApiProperty({ description: 'What the complainant said had happened, and wanted' })
  @IsString()
  @IsNotEmpty()
  @MaxBytes(LONGEST_TEXT)
  complaint!: string;

  @ApiProperty({ description: 'What the force did about it, and found' })
  @IsString()
  @IsNotEmpty()
  @MaxBytes(LONGEST_TEXT)
  handling!: string;

  @ApiProperty()
  @IsString()
  @IsNotEmpty()
  @MaxBytes(LONGEST_TEXT)
  lawAndGuidance!: string;

  @ApiProperty({ description: 'Why it was, or was not, reasonable and proportionate in the circumstances' })
  @IsString()
  @IsNotEmpty()
  @MaxBytes(LONGEST_TEXT)
  conclusion!: string;
}

export class SubmitReviewBody {
  @ApiProperty({ enum: OUTCOMES })
  @IsIn(OUTCOMES)
  outcome!: Outcome;

  @ApiPropertyOptional({ type: [String], description: 'Fed back to the force, whatever the outcome (R1.62)' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(50)
  @IsString({ each: true })
  @IsNotEmpty({ each: true })
  @MaxLength(LONGEST_TEXT, { each: true })
  observations?: string[];
}

class LetterBody {
  @ApiProperty({ description: '`applicant`, `authority` or the id of a party' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(KEY_LENGTH)
  party!: string;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    format: 'uuid',
    description: 'An approved document of the case',
  })
  @IsOptional()
  @IsUUID()
  documentId?: string | null;

  @ApiProperty({ enum: ['email', 'letter'] })
  @IsIn(['email', 'letter'])
  channel!: 'email' | 'letter';
}

export class IssueBody {
  @ApiProperty({ type: [LetterBody] })
  @IsArray()
  @ArrayMaxSize(60)
  @ValidateNested({ each: true })
  @Type(() => LetterBody)
  letters!: LetterBody[];
}

export class WithdrawBody extends MaybeReasonBody {
  @ApiProperty({ enum: ['review', 'complaint'], description: 'The complaint itself: the force is told (R1.90)' })
  @IsIn(['review', 'complaint'])
  what!: 'review' | 'complaint';
}

export class JudicialReviewBody extends MaybeReasonBody {
  @ApiProperty({ example: 'letter-before-claim' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(KEY_LENGTH)
  step!: string;

  @ApiProperty({ format: 'date' })
  @IsCalendarDay()
  on!: string;
}
