import { ApiProperty } from '@nestjs/swagger';

export class RiskReasonAnswer {
  @ApiProperty({ example: 'self-harm' }) risk!: string;
  @ApiProperty({ example: 'Speaks of ending their own life.' }) reason!: string;
}

/** What the risk screen found. It only ever asks a person to look. */
export class RiskAnswer {
  @ApiProperty({ enum: ['none', 'medium', 'high', 'critical'] }) level!: string;
  @ApiProperty({ type: [RiskReasonAnswer] }) reasons!: readonly unknown[];
}
