import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ACTION_KINDS,
  AGENDA_ITEMS,
  CONDUCT_OF,
  HANDLING_ROUTES,
  OUTCOMES,
  RECORDING_DECISIONS,
  REFERRAL_DECISIONS,
} from '@app/scrutiny';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateIf,
} from 'class-validator';
import { IsCalendarDay } from '../input/field-checks';
import { ADay, Code, MaybeADay, MaybeCode, MaybeWords, Words } from './scrutiny-fields';

export class NewInvestigationBody {
  @Code('The office that oversees the force', 'west-mercia') office!: string;
  @Code('The reference of the force; no names', 'CO/1234/25') forceReference!: string;
  @ADay('When the investigation started') startedOn!: string;
}

export class NoticeBody {
  @Code('The office that the notice came to', 'west-mercia') office!: string;
  @Code('The reference of the force; no names', 'CO/1234/25') forceReference!: string;
  @MaybeADay('When the investigation started; needed where the log does not know it yet') startedOn?: string | null;
  @ADay('When the notice came') receivedOn!: string;
  @MaybeCode('The case that it came with, such as WM-2026-000123-K') caseReference?: string | null;
  @MaybeADay('When the force expects the end') expectedEnd?: string | null;
  @MaybeWords('Why the force has not finished') reasons?: string | null;
}

export class OnBody {
  @ADay('The day') on!: string;
}

export class CorrectStartBody {
  @ADay('When it really started') startedOn!: string;
  @Words('Why it is corrected') reason!: string;
}

export class WhyBody {
  @Words('Why') reason!: string;
}

export class SaidOnBody {
  @ADay('The day') on!: string;
  @Words('What was said') text!: string;
}

const SOURCES = ['force-list', 'own-cases'] as const;

export class NewSampleBody {
  @Code('The office', 'west-mercia') office!: string;
  @Words('What the sample is of') title!: string;
  @ApiProperty({ enum: SOURCES }) @IsIn(SOURCES) source!: (typeof SOURCES)[number];

  @ApiPropertyOptional({ type: [String], description: 'For force-list: the references of the closed files, no names' })
  @ValidateIf(({ source }: NewSampleBody) => source === 'force-list')
  @IsArray()
  @ArrayMaxSize(20_000)
  @IsString({ each: true })
  @MaxLength(200, { each: true })
  references: string[] = [];

  @ApiPropertyOptional({ description: 'For own-cases: the kind of case', example: 'review' })
  @ValidateIf(({ source }: NewSampleBody) => source === 'own-cases')
  @IsString()
  @MaxLength(100)
  caseKind: string = '';

  @ApiPropertyOptional({ format: 'date', description: 'For own-cases: closed from this day on' })
  @ValidateIf(({ source }: NewSampleBody) => source === 'own-cases')
  @IsCalendarDay()
  from: string = '';

  @ApiPropertyOptional({ format: 'date', description: 'For own-cases: closed until this day' })
  @ValidateIf(({ source }: NewSampleBody) => source === 'own-cases')
  @IsCalendarDay()
  to: string = '';

  @ApiProperty({ type: 'integer', minimum: 1, maximum: 500 })
  @IsInt()
  @Min(1)
  @Max(500)
  size!: number;

  @Code('The key of the scoring sheet', 'force-complaint-file') sheet!: string;
}

export class DrawBody {
  @ApiPropertyOptional({
    type: String,
    nullable: true,
    description: '6 to 40 digits, such as thrown with dice; left out: the service makes one',
  })
  @IsOptional()
  @IsString()
  @Matches(/^[0-9]{6,40}$/, { message: 'must have 6 to 40 digits' })
  seed?: string | null;
}

export class ReplaceBody {
  @ApiProperty({ type: 'integer', description: 'The place of the file in the sorted population' })
  @IsInt()
  @Min(1)
  place!: number;

  @Words('Why the file cannot be looked at') reason!: string;
}

export class FindingsBody {
  @Words('What was found') findings!: string;
}

export class ScoreBody {
  @ApiProperty({
    type: Object,
    additionalProperties: { type: 'string', nullable: true },
    description: 'By question: the key of an answer of the scale, or null where it does not apply',
  })
  @IsObject()
  answers!: Record<string, string | null>;

  @MaybeWords('Comments') comments?: string | null;
}

export class OpenComplaintBody {
  @MaybeWords('Where the scheme of delegation gives it to the chief executive') delegation?: string | null;
}

class StepBody {
  @ADay('The day') on!: string;
  @Words('The reasons') reasons!: string;
}

export class AssessBody extends StepBody {
  @ApiProperty({ enum: CONDUCT_OF }) @IsIn(CONDUCT_OF) conduct!: string;
}

export class RecordingBody extends StepBody {
  @ApiProperty({ enum: RECORDING_DECISIONS }) @IsIn(RECORDING_DECISIONS) decision!: string;
}

export class ReferralBody extends StepBody {
  @ApiProperty({
    type: Object,
    additionalProperties: { enum: ['yes', 'no', 'unknown'] },
    description: 'For each criterion of the list referral-criteria',
  })
  @IsObject()
  criteria!: Record<string, 'yes' | 'no' | 'unknown'>;

  @ApiProperty({ enum: REFERRAL_DECISIONS }) @IsIn(REFERRAL_DECISIONS) decision!: string;
  @MaybeADay('When it was sent to the IOPC') sentOn?: string | null;
}

export class RouteBody extends StepBody {
  @ApiProperty({ enum: HANDLING_ROUTES }) @IsIn(HANDLING_ROUTES) route!: string;
}

export class UpdateBody extends StepBody {}

export class OutcomeBody extends StepBody {
  @ApiProperty({ enum: OUTCOMES }) @IsIn(OUTCOMES) outcome!: string;
  @MaybeADay('When review-rights information was given') reviewRightsOn?: string | null;
}

export class PanelNumbersBody {
  @Code('The office', 'west-mercia') office!: string;
  @ADay('First day of the period') from!: string;
  @ADay('Last day of the period') to!: string;
  @ApiProperty({
    type: Object,
    additionalProperties: { type: 'integer', nullable: true },
    description: 'By measure of the list panel-measures; what the panel did not say is left out',
    example: { received: 6, recorded: 4 },
  })
  @IsObject()
  numbers!: Record<string, number | null>;
  @ADay('When the panel said so') obtainedOn!: string;
  @Words('Where the numbers come from') source!: string;
}

export class ActionBody {
  @Code('The office', 'west-mercia') office!: string;
  @ApiProperty({ enum: ACTION_KINDS }) @IsIn(ACTION_KINDS) action!: string;
  @Code('gravity, exceptional-circumstances, duty-not-met or duty-not-met-in-time', 'gravity') ground!: string;
  @ADay('The day') on!: string;
  @MaybeCode('The reference of the force') forceReference?: string | null;
  @MaybeCode('The case that it is about') caseReference?: string | null;
  @MaybeADay('When an answer is expected') answerBy?: string | null;
  @Words('The reasons') reasons!: string;
}

export class AnswerBody extends SaidOnBody {
  @Code('Such as iopc-investigates, returned-to-force, complied, not-complied', 'complied') code!: string;
}

export class MeetingBody {
  @Code('The office', 'west-mercia') office!: string;
  @ADay('The day of the meeting') on!: string;
  @ApiProperty({ enum: AGENDA_ITEMS, isArray: true })
  @IsArray()
  @ArrayMaxSize(20)
  @IsIn(AGENDA_ITEMS, { each: true })
  agenda!: string[];
  @MaybeWords('Notes on the agenda') notes?: string | null;
}

export class HeldBody {
  @ADay('The day on which it was held') on!: string;
  @Words('The minutes') minutes!: string;
}
