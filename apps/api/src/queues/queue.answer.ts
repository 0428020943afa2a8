import { ApiProperty } from '@nestjs/swagger';
import type { QueueView } from '@app/casework';

/** A queue and what lies in it. */
export class QueueAnswer implements QueueView {
  @ApiProperty({ example: 'casework' }) queue!: string;
  @ApiProperty({ example: 'west-mercia' }) office!: string;
  @ApiProperty({ example: 'Casework' }) name!: string;
  @ApiProperty() description!: string;
  @ApiProperty({ type: 'integer', description: 'Cases that are not closed' }) open!: number;
  @ApiProperty({ type: 'integer', description: 'Of those, the ones that nobody has' }) unassigned!: number;
  @ApiProperty({ type: 'integer', description: 'Of those, the ones whose next deadline is past' }) overdue!: number;
  @ApiProperty({ type: String, nullable: true, format: 'date' }) nextDeadline!: string | null;
  @ApiProperty({ description: 'The cases in it' }) cases!: string;
}

export class QueuePageAnswer {
  @ApiProperty({ type: [QueueAnswer] }) items!: readonly QueueAnswer[];
  @ApiProperty({ type: String, nullable: true, description: 'Always null: the list is whole' }) nextCursor!:
    string | null;
}
