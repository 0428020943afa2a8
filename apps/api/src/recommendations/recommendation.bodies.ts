import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { RESPONSES, type Response } from '@app/reviews';
import { IsIn, IsNotEmpty, IsOptional, IsString, IsUUID, MaxLength } from 'class-validator';
import { IsCalendarDay } from '../input/field-checks';

const LONGEST = 20_000;
const DAY = { format: 'date', example: '2026-03-20' } as const;

export class MakeRecommendationBody {
  @ApiProperty({ example: 'remedy', description: 'A key of the configuration kind `recommendation-type`.' })
  @IsString()
  @MaxLength(100)
  type!: string;

  @ApiProperty({ maxLength: LONGEST })
  @IsString()
  @IsNotEmpty()
  @MaxLength(LONGEST)
  text!: string;

  @ApiPropertyOptional({ type: String, format: 'uuid', nullable: true, description: 'Nothing: about the whole.' })
  @IsOptional()
  @IsUUID()
  allegation?: string | null;
}

export class ExtendResponseBody {
  @ApiProperty({ ...DAY, description: 'Later than the day that stands now (R1.82).' })
  @IsCalendarDay()
  to!: string;

  @ApiProperty({ maxLength: 2000 })
  @IsString()
  @IsNotEmpty()
  @MaxLength(2000)
  reason!: string;
}

export class RecordResponseBody {
  @ApiProperty({ enum: RESPONSES })
  @IsIn(RESPONSES)
  response!: Response;

  @ApiProperty({ ...DAY, description: 'When it came.' })
  @IsCalendarDay()
  on!: string;

  @ApiProperty({ maxLength: LONGEST, description: 'The steps, or the reasons for not accepting (R1.81).' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(LONGEST)
  text!: string;

  @ApiPropertyOptional({ ...DAY, type: String, nullable: true, description: 'When the applicant got it too (R1.80).' })
  @IsOptional()
  @IsCalendarDay()
  sentToApplicantOn?: string | null;
}

export class DayBody {
  @ApiProperty(DAY)
  @IsCalendarDay()
  on!: string;
}

export class RecordImplementationBody {
  @ApiProperty(DAY)
  @IsCalendarDay()
  on!: string;

  @ApiProperty({ maxLength: LONGEST, description: 'What shows that it was done.' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(LONGEST)
  evidence!: string;
}

export class ReasonBody {
  @ApiProperty({ maxLength: 2000 })
  @IsString()
  @IsNotEmpty()
  @MaxLength(2000)
  reason!: string;
}

export class SuggestLearningBody {
  @ApiProperty({ example: 'timeliness', description: 'A key of the configuration kind `learning-theme`.' })
  @IsString()
  @MaxLength(100)
  theme!: string;

  @ApiProperty({ maxLength: LONGEST })
  @IsString()
  @IsNotEmpty()
  @MaxLength(LONGEST)
  text!: string;
}

export class LearningFeedbackBody {
  @ApiProperty(DAY)
  @IsCalendarDay()
  on!: string;

  @ApiProperty({ maxLength: LONGEST })
  @IsString()
  @IsNotEmpty()
  @MaxLength(LONGEST)
  text!: string;
}
