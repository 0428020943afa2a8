import { ApiProperty } from '@nestjs/swagger';
import type { RiskAlertView } from '@app/casework';
import { RiskReasonAnswer } from '../cases/risk.answer';

/** A risk alert that no person has taken on yet. */
export class RiskAlertAnswer implements RiskAlertView {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty({ example: 'WM-2026-000123-K' }) reference!: string;
  @ApiProperty({ example: 'west-mercia' }) office!: string;
  @ApiProperty({ enum: ['medium', 'high', 'critical'] }) level!: string;
  @ApiProperty({ type: [RiskReasonAnswer] }) reasons!: readonly unknown[];
  @ApiProperty({ format: 'date-time' }) raisedAt!: string;
}

export class RiskAlertPage {
  @ApiProperty({ type: [RiskAlertAnswer] }) items!: readonly RiskAlertAnswer[];
  @ApiProperty({ type: String, nullable: true }) nextCursor!: string | null;
}
