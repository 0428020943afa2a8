import { ApiProperty } from '@nestjs/swagger';
import { RiskAnswer } from '../cases/risk.answer';

export class LoggedLinks {
  @ApiProperty({ example: '/api/v1/cases/WM-2026-000123-K' }) self!: string;
  @ApiProperty() events!: string;
  @ApiProperty() messages!: string;
  @ApiProperty() deadlines!: string;
}

/** What is known of an item at once; sorting follows within a second. */
export class LoggedAnswer {
  @ApiProperty({ example: 'WM-2026-000123-K', description: 'Readable on the telephone; the last character checks it.' })
  reference!: string;
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty({ example: 'received' }) status!: string;
  @ApiProperty({ example: 'west-mercia' }) office!: string;
  @ApiProperty({ format: 'date-time' }) receivedAt!: string;
  @ApiProperty({ type: String, nullable: true }) category!: string | null;
  @ApiProperty({ example: 'normal' }) priority!: string;
  @ApiProperty({ type: String, nullable: true, example: 'triage' }) queue!: string | null;
  @ApiProperty({ type: String, nullable: true }) assignee!: string | null;
  @ApiProperty({ type: String, nullable: true, format: 'date', example: '2026-04-10' }) acknowledgeBy!: string | null;
  @ApiProperty({ type: String, nullable: true, format: 'date', example: '2026-05-06' }) respondBy!: string | null;
  @ApiProperty({ type: String, nullable: true, format: 'date', example: '2026-05-06' }) updateBy!: string | null;
  @ApiProperty({ type: RiskAnswer }) risk!: RiskAnswer;
  @ApiProperty({ example: 1 }) version!: number;
  @ApiProperty({ type: LoggedLinks }) links!: LoggedLinks;
}
