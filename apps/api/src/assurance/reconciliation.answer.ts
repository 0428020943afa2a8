import { ApiProperty } from '@nestjs/swagger';
import type { Reconciliation } from '@app/assurance';
import { IsCalendarDay } from '../input/field-checks';
import { OfficeParameter } from '../input/office-parameter';

export class ReconciliationQuery {
  @ApiProperty({ format: 'date', description: 'First day of receipt (London)', example: '2026-04-01' })
  @IsCalendarDay()
  from!: string;

  @ApiProperty({ format: 'date', description: 'Last day of receipt (London)', example: '2026-04-30' })
  @IsCalendarDay()
  to!: string;

  @OfficeParameter()
  office?: string[];
}

const ENTRY = { type: 'object', additionalProperties: true } as const;
const ENTRIES = { type: 'array', items: ENTRY } as const;
const NUMBERS = { type: 'object', additionalProperties: { type: 'integer' } } as const;
const COUNT = { type: 'integer' } as const;

/** The reconciliation certificate. Lists end at a thousand entries; `counts` has the true numbers. */
export class ReconciliationAnswer implements Reconciliation {
  @ApiProperty({ format: 'date' }) from!: string;
  @ApiProperty({ format: 'date' }) to!: string;
  @ApiProperty({ type: [String], nullable: true }) offices!: readonly string[] | null;
  @ApiProperty({ format: 'date-time' }) checkedAt!: string;
  @ApiProperty({ description: 'Nothing is missing, overlooked, skipped or doubled' }) ok!: boolean;
  @ApiProperty({ ...COUNT, description: 'Distinct items' }) received!: number;
  @ApiProperty({ ...COUNT, description: 'Repeats of the same bytes' }) redelivered!: number;
  @ApiProperty({ ...COUNT, description: 'Not yet filed; over five minutes they are unaccounted' }) pending!: number;
  @ApiProperty({ ...NUMBERS, example: { 'case-opened': 41, 'filed-on-case': 7 } })
  byOutcome!: Readonly<Record<string, number>>;
  @ApiProperty({ ...ENTRIES, description: 'Items of which nobody knows where they are' })
  unaccounted!: Reconciliation['unaccounted'];
  @ApiProperty({ ...ENTRIES, description: 'Open cases with neither owner nor queue' })
  ownerless!: Reconciliation['ownerless'];
  @ApiProperty({ ...ENTRIES, description: 'Open cases that await an answer and have no deadline' })
  clockless!: Reconciliation['clockless'];
  @ApiProperty({ ...ENTRIES, description: 'Numbers that no case has' }) gaps!: Reconciliation['gaps'];
  @ApiProperty({ ...ENTRIES, description: 'What is there twice' }) duplicates!: Reconciliation['duplicates'];
  @ApiProperty(NUMBERS) counts!: Reconciliation['counts'];
  @ApiProperty({ ...ENTRIES, description: 'The same by day and mailbox' }) byDay!: Reconciliation['byDay'];
  @ApiProperty({ ...COUNT, description: 'Entries that wait for a person' }) needsAttention!: number;
  @ApiProperty({ ...ENTRIES, description: 'Messages that should have gone out' }) unsent!: Reconciliation['unsent'];
  @ApiProperty({ ...ENTRY, nullable: true, description: 'The last seal over the event log' })
  seal!: Reconciliation['seal'];
}
