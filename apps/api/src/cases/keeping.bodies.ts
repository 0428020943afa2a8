import { ApiProperty } from '@nestjs/swagger';
import type { ClockName } from '@app/casework';
import { ArrayMaxSize, IsArray, IsIn, IsNotEmpty, IsOptional, IsString, IsUUID, MaxLength } from 'class-validator';
import { IsCalendarDay, MaxBytes } from '../input/field-checks';
import { LONGEST_REASON } from './sorting.bodies';

const CLOCKS: readonly ClockName[] = ['acknowledge', 'reply', 'update', 'forward'];

export class ReasonBody {
  @ApiProperty({ maxLength: LONGEST_REASON, example: 'Waiting for the ward and the date from Ms Ferris.' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(LONGEST_REASON)
  reason!: string;
}

export class EndingBody {
  @ApiProperty({
    maxLength: LONGEST_REASON,
    description: 'A code, which is counted (such as answered, forwarded, withdrawn, duplicate), or your own words.',
    example: 'answered',
  })
  @IsString()
  @IsNotEmpty()
  @MaxLength(LONGEST_REASON)
  reason!: string;
}

export class ExtendBody {
  @ApiProperty({ enum: CLOCKS })
  @IsIn(CLOCKS)
  clock!: ClockName;

  @ApiProperty({ format: 'date', description: 'Later than the present day', example: '2026-06-01' })
  @IsCalendarDay()
  dueOn!: string;

  @ApiProperty({ maxLength: LONGEST_REASON, example: 'The force has asked for two more weeks.' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(LONGEST_REASON)
  reason!: string;
}

export class NoteBody {
  @ApiProperty({ example: 'Rang back; the councillor is away until Monday.' })
  @IsString()
  @IsNotEmpty()
  @MaxBytes(100_000)
  text!: string;
}

export class RestrictBody extends ReasonBody {
  @ApiProperty({ type: [String], description: 'Ids of the people who may see the case; you are always among them' })
  @IsArray()
  @ArrayMaxSize(50)
  @IsString({ each: true })
  @IsNotEmpty({ each: true })
  @MaxLength(100, { each: true })
  people!: string[];
}

export class ConflictBody extends ReasonBody {
  @ApiProperty({
    required: false,
    nullable: true,
    description: 'The id of the person to keep away; left out: yourself',
  })
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  @MaxLength(100)
  person?: string | null;
}

export class ConfirmSenderBody {
  @ApiProperty({ format: 'uuid', description: 'The message whose sender belongs to the case' })
  @IsUUID()
  messageId!: string;
}
