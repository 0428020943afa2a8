import { ApiProperty } from '@nestjs/swagger';
import type { ClockName } from '@app/casework';
import { IsIn, IsNotEmpty, IsString, IsUUID, MaxLength } from 'class-validator';
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

export class ConfirmSenderBody {
  @ApiProperty({ format: 'uuid', description: 'The message whose sender belongs to the case' })
  @IsUUID()
  messageId!: string;
}
