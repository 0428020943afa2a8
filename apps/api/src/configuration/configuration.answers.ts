import { ApiProperty } from '@nestjs/swagger';
import type {
  ChainStatus,
  ConfigurationAction,
  ConfigurationCount,
  ConfigurationView,
  FieldDifference,
  RevisionView,
} from '@app/offices';

export class ConfigurationCountAnswer implements ConfigurationCount {
  @ApiProperty({ example: 'category' }) kind!: string;
  @ApiProperty({ example: 'Categories' }) title!: string;
  @ApiProperty() purpose!: string;
  @ApiProperty({ type: 'integer', description: 'Entries that hold today' }) inForce!: number;
  @ApiProperty({ type: 'integer', description: 'Entries, or changes of entries, that begin later' }) future!: number;
}

export class ConfigurationKindsAnswer {
  @ApiProperty({ type: [ConfigurationCountAnswer] }) items!: readonly ConfigurationCountAnswer[];
  @ApiProperty({ type: String, nullable: true, description: 'Always null: the list is whole' }) nextCursor!:
    string | null;
}

/** An entry; its data has the fields of its kind. */
export class ConfigurationAnswer implements ConfigurationView {
  @ApiProperty({ example: 'category' }) kind!: string;
  @ApiProperty({ example: 'compliment' }) key!: string;
  @ApiProperty({ type: String, nullable: true, description: 'null: shared by all offices' }) office!: string | null;
  @ApiProperty() title!: string;
  @ApiProperty({ enum: ['in-force', 'future', 'past', 'retired'] }) status!: ChainStatus;
  @ApiProperty({ type: 'integer', description: 'Name it as `expectedVersion` when you change the entry' })
  version!: number;
  @ApiProperty({ format: 'date' }) validFrom!: string;
  @ApiProperty({ type: String, nullable: true, format: 'date' }) validTo!: string | null;
  @ApiProperty({ type: Object, additionalProperties: true }) data!: unknown;
  @ApiProperty({ type: String, nullable: true, format: 'date', description: 'From when it says something else' })
  changesOn!: string | null;
  @ApiProperty() changedBy!: string;
  @ApiProperty({ format: 'date-time' }) changedAt!: string;
  @ApiProperty({ description: 'Whether your offices answer for it' }) isOwn!: boolean;
}

export class ConfigurationPageAnswer {
  @ApiProperty({ type: [ConfigurationAnswer] }) items!: readonly ConfigurationAnswer[];
  @ApiProperty({ type: String, nullable: true, description: 'Always null: the list is whole' }) nextCursor!:
    string | null;
}

class PeriodAnswer {
  @ApiProperty({ format: 'date' }) validFrom!: string;
  @ApiProperty({ type: String, nullable: true, format: 'date' }) validTo!: string | null;
  @ApiProperty({ type: Object, additionalProperties: true }) data!: unknown;
}

class RevisionAnswer implements RevisionView {
  @ApiProperty({ type: 'integer' }) version!: number;
  @ApiProperty({ enum: ['shipped', 'add', 'change', 'end', 'retire', 'revert'] }) action!: ConfigurationAction;
  @ApiProperty({ type: String, nullable: true }) reason!: string | null;
  @ApiProperty() changedBy!: string;
  @ApiProperty({ format: 'date-time' }) changedAt!: string;
  @ApiProperty({ format: 'date' }) validFrom!: string;
  @ApiProperty({ type: String, nullable: true, format: 'date' }) validTo!: string | null;
  @ApiProperty({ type: Object, additionalProperties: true }) data!: unknown;
  @ApiProperty({ type: [Object], description: '`{path, before, after, words}`: texts word by word' })
  differences!: readonly FieldDifference[];
}

export class ConfigurationHistoryAnswer extends ConfigurationAnswer {
  @ApiProperty({ type: [PeriodAnswer], description: 'What it says on which days, now that all is decided' })
  periods!: readonly PeriodAnswer[];
  @ApiProperty({ type: [RevisionAnswer], description: 'Every decision about it, the newest first' })
  history!: readonly RevisionAnswer[];
}

class CategoryShift {
  @ApiProperty() category!: string;
  @ApiProperty({ type: 'integer' }) before!: number;
  @ApiProperty({ type: 'integer' }) after!: number;
}

class ProposalAnswer {
  @ApiProperty() category!: string;
  @ApiProperty() priority!: string;
  @ApiProperty({ type: String, nullable: true }) queue!: string | null;
  @ApiProperty({ type: [String] }) reasons!: readonly string[];
  @ApiProperty({ type: [String] }) ruleKeys!: readonly string[];
}

class TriedCaseAnswer {
  @ApiProperty({ example: 'WM-2026-000123-K' }) reference!: string;
  @ApiProperty({ type: String, nullable: true, description: 'Only for those who may read cases' }) subject!:
    string | null;
  @ApiProperty({ format: 'date' }) receivedOn!: string;
  @ApiProperty({ type: ProposalAnswer }) before!: ProposalAnswer;
  @ApiProperty({ type: ProposalAnswer }) after!: ProposalAnswer;
}

export class DryRunAnswer {
  @ApiProperty() office!: string;
  @ApiProperty({ type: 'integer', description: 'Cases that were looked at' }) tried!: number;
  @ApiProperty({ type: 'integer' }) different!: number;
  @ApiProperty({ type: [CategoryShift] }) categories!: readonly CategoryShift[];
  @ApiProperty({ type: [TriedCaseAnswer], description: 'Those that would be sorted differently' })
  cases!: readonly TriedCaseAnswer[];
}

export class PreviewAnswer {
  @ApiProperty() subject!: string;
  @ApiProperty() body!: string;
}
