import { ApiProperty } from '@nestjs/swagger';
import { IsNotEmpty, IsString, MaxLength } from 'class-validator';

export class AttentionItem {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ type: 'string', nullable: true, example: 'west-mercia' })
  office!: string | null;

  @ApiProperty({ example: 'send-acknowledgement', description: 'Whose work it was' })
  consumer!: string;

  @ApiProperty({ example: 'casework.case-opened', description: 'The event or timer that could not be dealt with' })
  what!: string;

  @ApiProperty({ example: 'The mail server did not answer.' })
  error!: string;

  @ApiProperty({ type: 'integer', example: 8 })
  attempts!: number;

  @ApiProperty({ format: 'date-time' })
  raisedAt!: string;
}

export class AttentionPage {
  @ApiProperty({ type: [AttentionItem] })
  items!: readonly AttentionItem[];

  @ApiProperty({ type: 'string', nullable: true })
  nextCursor!: string | null;
}

export class Dismissal {
  @ApiProperty({ maxLength: 500, example: 'The letter was answered by telephone.' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(500)
  reason!: string;
}
