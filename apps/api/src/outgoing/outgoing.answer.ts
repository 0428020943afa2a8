import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { OUTGOING_STATUSES, type OutgoingKind, type OutgoingStatus, type OutgoingView } from '@app/notifications';
import { IsIn, IsNotEmpty, IsOptional, IsString, MaxLength } from 'class-validator';
import { OfficeParameter } from '../input/office-parameter';
import { PageQuery } from '../paging/page-query';

const TEXT = { type: String, nullable: true } as const;
const INSTANT = { type: String, nullable: true, format: 'date-time' } as const;

/** A message that goes out, or went. */
export class OutgoingAnswer implements OutgoingView {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty({ example: 'west-mercia' }) office!: string;
  @ApiProperty({ type: String, nullable: true, format: 'uuid' }) caseId!: string | null;
  @ApiProperty({ ...TEXT, example: 'WM-2026-000123-K' }) caseReference!: string | null;
  @ApiProperty({ type: String, example: 'acknowledgement' }) kind!: OutgoingKind;
  @ApiProperty({ enum: OUTGOING_STATUSES }) status!: OutgoingStatus;
  @ApiProperty({ example: 'opcc@west-mercia.example' }) from!: string;
  @ApiProperty({ example: 'asha.ferris@post.example' }) to!: string;
  @ApiProperty() subject!: string;
  @ApiProperty({ ...TEXT, description: 'Null in lists' }) body!: string | null;
  @ApiProperty({ description: 'No person decided to send this one message' }) automatic!: boolean;
  @ApiProperty() mailMessageId!: string;
  @ApiProperty({ ...TEXT, description: 'Through what it went', example: 'local-outbox' }) transport!: string | null;
  @ApiProperty({ format: 'date-time' }) queuedAt!: string;
  @ApiProperty({ ...INSTANT, description: 'It can be cancelled until then' }) notBefore!: string | null;
  @ApiProperty(INSTANT) sentAt!: string | null;
  @ApiProperty(INSTANT) bouncedAt!: string | null;
  @ApiProperty(TEXT) bounceSeverity!: string | null;
  @ApiProperty({ ...TEXT, description: 'Why it has not gone out, or what is in doubt' }) error!: string | null;
}

export class OutgoingPageAnswer {
  @ApiProperty({ type: [OutgoingAnswer] }) items!: readonly OutgoingAnswer[];
  @ApiProperty({ type: String, nullable: true }) nextCursor!: string | null;
}

export class OutgoingListQuery extends PageQuery {
  @OfficeParameter()
  office?: string[];

  @ApiPropertyOptional({ enum: OUTGOING_STATUSES })
  @IsOptional()
  @IsIn(OUTGOING_STATUSES)
  status?: OutgoingStatus;
}

export class MarkSentBody {
  @ApiProperty({ maxLength: 2000, example: 'The mail server’s log shows that it was delivered.' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(2000)
  reason!: string;
}
