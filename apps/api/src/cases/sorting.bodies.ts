import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsNotEmpty, IsOptional, IsString, Matches, MaxLength } from 'class-validator';

const PRIORITIES = ['low', 'normal', 'high', 'urgent'] as const;
export const LONGEST_REASON = 2000;

export class TriageBody {
  @ApiProperty({ example: 'operational-issue', description: 'A key of the routing table' })
  @IsString()
  @MaxLength(100)
  category!: string;

  @ApiPropertyOptional({ enum: PRIORITIES, nullable: true, description: 'Without it: as it is' })
  @IsOptional()
  @IsIn(PRIORITIES)
  priority?: string | null;

  @ApiPropertyOptional({ type: String, nullable: true, description: 'Without it: the queue of the category' })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  queue?: string | null;

  @ApiPropertyOptional({ type: String, nullable: true, example: 'She asks about one junction, not about the policy.' })
  @IsOptional()
  @IsString()
  @MaxLength(LONGEST_REASON)
  reason?: string | null;
}

export class AllocateBody {
  @ApiProperty({ description: 'The id of a person; never a name or an address', example: 'caseworker-7' })
  @Matches(/^[A-Za-z0-9][A-Za-z0-9._:-]{0,99}$/, { message: 'must be the id of a person' })
  assignee!: string;
}

export class TransferBody {
  @ApiProperty({ example: 'information-rights' })
  @IsString()
  @MaxLength(100)
  queue!: string;
}

export class ForwardBody {
  @ApiPropertyOptional({
    type: String,
    nullable: true,
    description: 'A key of the routing table. Without it: the destination of the category.',
    example: 'force-neighbourhoods',
  })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  destination?: string | null;

  @ApiProperty({ maxLength: LONGEST_REASON, example: 'The policing of one street is for the force to decide.' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(LONGEST_REASON)
  reason!: string;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    description: 'Without it: consent where given, else that of the category.',
    example: 'Public task: UK GDPR Article 6(1)(e)',
  })
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  @MaxLength(300)
  lawfulBasis?: string | null;

  @ApiPropertyOptional({ type: Boolean, default: false, description: 'Whether the sender has agreed' })
  @IsOptional()
  @IsBoolean()
  consent?: boolean | null;

  @ApiPropertyOptional({ type: Boolean, default: true, description: 'Whether the sender is told' })
  @IsOptional()
  @IsBoolean()
  notifySender?: boolean | null;

  @ApiPropertyOptional({
    type: Boolean,
    default: false,
    description: 'Needed where the person has a safe-contact note or a contact restriction: that it was read',
  })
  @IsOptional()
  @IsBoolean()
  cautionRead?: boolean | null;
}

export class LinkBody {
  @ApiProperty({ description: 'The other case', example: 'WM-2026-000124-7' })
  @IsString()
  @MaxLength(100)
  reference!: string;
}
