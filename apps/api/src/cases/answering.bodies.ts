import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsNotEmpty, IsOptional, IsString, MaxLength } from 'class-validator';
import { MaxBytes } from '../input/field-checks';
import { LONGEST_REASON } from './sorting.bodies';

const WRITTEN = ['email', 'letter'] as const;
const ANSWERED_BY = ['email', 'letter', 'phone', 'in-person'] as const;
const LARGEST_TEXT = 200_000;

export class DraftBody {
  @ApiPropertyOptional({ type: String, nullable: true, description: 'Then subject and body may be left out' })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  template?: string | null;

  @ApiPropertyOptional({ type: String, nullable: true, maxLength: 200, description: 'Without it: Re: and the subject' })
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  @MaxLength(200)
  subject?: string | null;

  @ApiPropertyOptional({ type: String, nullable: true, example: 'Dear Ms Ferris,\n\nThank you for writing …' })
  @IsOptional()
  @IsString()
  @MaxBytes(LARGEST_TEXT)
  body?: string | null;

  @ApiPropertyOptional({ enum: WRITTEN, default: 'email', nullable: true })
  @IsOptional()
  @IsIn(WRITTEN)
  channel?: (typeof WRITTEN)[number] | null;
}

export class SendBackBody {
  @ApiProperty({ maxLength: LONGEST_REASON, example: 'Please say by when she hears from the force.' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(LONGEST_REASON)
  reason!: string;
}

export class SendBody {
  @ApiPropertyOptional({
    enum: ANSWERED_BY,
    nullable: true,
    description: '`phone` and `in-person` record an answer given in conversation. Without it: the approved reply.',
  })
  @IsOptional()
  @IsIn(ANSWERED_BY)
  channel?: (typeof ANSWERED_BY)[number] | null;

  @ApiPropertyOptional({ type: String, nullable: true, description: 'What was said in conversation' })
  @IsOptional()
  @IsString()
  @MaxBytes(LARGEST_TEXT)
  text?: string | null;

  @ApiPropertyOptional({
    type: Boolean,
    default: false,
    description: 'Needed where the person has a safe-contact note or a contact restriction: that it was read',
  })
  @IsOptional()
  @IsBoolean()
  cautionRead?: boolean | null;
}

export class HoldUpdateBody {
  @ApiPropertyOptional({ type: String, nullable: true, description: 'Without it: the template' })
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  @MaxBytes(LARGEST_TEXT)
  text?: string | null;

  @ApiPropertyOptional({
    type: Boolean,
    default: false,
    description: 'Needed where the person has a safe-contact note or a contact restriction: that it was read',
  })
  @IsOptional()
  @IsBoolean()
  cautionRead?: boolean | null;
}
