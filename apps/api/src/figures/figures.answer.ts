import { ApiProperty } from '@nestjs/swagger';
import {
  FIGURES,
  type CountedCase,
  type CountedCasesPage,
  type Figure,
  type FigureGroup,
  type FigureReport,
} from '@app/timeliness';

const VALUE = {
  type: Number,
  nullable: true,
  description: 'A count, a share from 0 to 1, or working days; null where there is nothing to measure',
} as const;
const DAY = { type: String, nullable: true, format: 'date' } as const;

class CountAnswer {
  @ApiProperty(VALUE) value!: number | null;
  @ApiProperty({ type: 'integer' }) numerator!: number;
  @ApiProperty({ type: 'integer' }) denominator!: number;
  @ApiProperty({ description: 'Lists exactly the cases of the numerator' }) cases!: string;
  @ApiProperty({ description: 'Lists exactly the cases of the denominator' }) denominatorCases!: string;
}

export class FigureGroupAnswer extends CountAnswer implements FigureGroup {
  @ApiProperty({ type: String, nullable: true, description: 'Null for all cases, and for those that have none' })
  group!: string | null;
}

/** A figure with its definition, over all cases asked for and for each group of them. */
export class FigureAnswer extends CountAnswer implements Figure {
  @ApiProperty({ enum: Object.keys(FIGURES), type: String }) key!: Figure['key'];
  @ApiProperty({ example: 'Answered in time' }) name!: string;
  @ApiProperty() definition!: string;
  @ApiProperty({ enum: ['cases', 'share', 'working-days'], type: String }) unit!: Figure['unit'];
  @ApiProperty({ type: [FigureGroupAnswer] }) groups!: readonly FigureGroupAnswer[];
}

export class FigureReportAnswer implements FigureReport {
  @ApiProperty({ format: 'date' }) from!: string;
  @ApiProperty({ format: 'date' }) to!: string;
  @ApiProperty({ format: 'date-time', description: 'Everything recorded until then is counted' }) asOf!: string;
  @ApiProperty({ type: String, nullable: true }) by!: FigureReport['by'];
  @ApiProperty({ type: 'integer', description: 'The bank holidays that working days were counted with' })
  calendarVersion!: number;
  @ApiProperty({ type: [FigureAnswer] }) figures!: readonly FigureAnswer[];
}

export class CountedCaseAnswer implements CountedCase {
  @ApiProperty({
    type: String,
    nullable: true,
    example: 'WM-2026-000123-K',
    description: 'Null for a case that is restricted to others: it is counted, and not named',
  })
  reference!: string | null;
  @ApiProperty({ example: 'west-mercia' }) office!: string;
  @ApiProperty({ format: 'date' }) receivedOn!: string;
  @ApiProperty(DAY) respondBy!: string | null;
  @ApiProperty(DAY) answeredOn!: string | null;
  @ApiProperty() status!: string;
}

export class CountedCasesAnswer implements CountedCasesPage {
  @ApiProperty({ type: [CountedCaseAnswer] }) items!: readonly CountedCaseAnswer[];
  @ApiProperty({ type: String, nullable: true }) nextCursor!: string | null;
}
