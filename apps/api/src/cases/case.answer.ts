import { ApiProperty } from '@nestjs/swagger';
import { CASE_STATUSES, type CaseDetail, type CaseView } from '@app/casework';
import { LoggedLinks } from '../correspondence/correspondence.answer';
import { RiskAnswer } from './risk.answer';

const DAY = { type: String, nullable: true, format: 'date', example: '2026-05-06' } as const;
const INSTANT = { type: String, nullable: true, format: 'date-time' } as const;
const TEXT = { type: String, nullable: true } as const;

export class CaseRiskAnswer extends RiskAnswer {
  @ApiProperty({ ...INSTANT, description: 'When a person took the alert on' }) confirmedAt!: string | null;
}

export class TriageAnswer {
  @ApiProperty({ ...TEXT, description: 'Null when a person decided' }) rulesVersion!: string | null;
  @ApiProperty({ type: [String], example: ['Asks for information under the Freedom of Information Act.'] })
  reasons!: readonly string[];
}

export class CorrespondentAnswer {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty({ ...TEXT, example: 'Asha Ferris' }) name!: string | null;
  @ApiProperty({ ...TEXT, example: 'asha.ferris@post.example' }) email!: string | null;
  @ApiProperty({ ...TEXT, example: '01632 960123' }) phone!: string | null;
  @ApiProperty({ ...TEXT, example: 'ZZ99 3WZ' }) postcode!: string | null;
  @ApiProperty(TEXT) organisation!: string | null;
  @ApiProperty({ example: 'member-of-public' }) capacity!: string;
  @ApiProperty(TEXT) preferredChannel!: string | null;
  @ApiProperty(TEXT) adjustments!: string | null;
  @ApiProperty(TEXT) safeContactNote!: string | null;
  @ApiProperty(TEXT) contactRestriction!: string | null;
}

export class RestrictionAnswer {
  @ApiProperty({ type: [String], description: 'Ids of those who may see the case' }) people!: readonly string[];
  @ApiProperty({ format: 'date-time' }) since!: string;
}

/** A case in a list. */
export class CaseItemAnswer implements CaseView {
  @ApiProperty({ example: 'WM-2026-000123-K' }) reference!: string;
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty({ example: 'west-mercia' }) office!: string;
  @ApiProperty({ example: 'correspondence' }) kind!: string;
  @ApiProperty({ enum: CASE_STATUSES }) status!: string;
  @ApiProperty({ example: 'letter' }) channel!: string;
  @ApiProperty({ example: 'Speeding past the school' }) subject!: string;
  @ApiProperty({ format: 'date-time' }) receivedAt!: string;
  @ApiProperty({ ...TEXT, example: 'operational-issue' }) category!: string | null;
  @ApiProperty({ example: 'normal' }) priority!: string;
  @ApiProperty({ ...TEXT, example: 'casework' }) queue!: string | null;
  @ApiProperty({ ...TEXT, description: 'Id of the person who has it' }) assignee!: string | null;
  @ApiProperty({ ...TEXT, description: 'Local policing area; null where it cannot be told' }) area!: string | null;
  @ApiProperty(DAY) acknowledgeBy!: string | null;
  @ApiProperty(DAY) respondBy!: string | null;
  @ApiProperty(DAY) updateBy!: string | null;
  @ApiProperty({ ...DAY, description: 'The next day on which something is owed' }) nextDeadline!: string | null;
  @ApiProperty(INSTANT) acknowledgedAt!: string | null;
  @ApiProperty(INSTANT) answeredAt!: string | null;
  @ApiProperty(INSTANT) closedAt!: string | null;
  @ApiProperty({ ...TEXT, example: 'answered' }) closeReason!: string | null;
  @ApiProperty(TEXT) forwardedTo!: string | null;
  @ApiProperty({ type: CaseRiskAnswer }) risk!: CaseRiskAnswer;
  @ApiProperty({ type: TriageAnswer }) triage!: TriageAnswer;
  @ApiProperty({ type: CorrespondentAnswer, nullable: true }) correspondent!: CorrespondentAnswer | null;
  @ApiProperty({ type: RestrictionAnswer, nullable: true, description: 'Null: everybody of the office may see it' })
  restriction!: RestrictionAnswer | null;
  @ApiProperty({
    type: [String],
    description: 'What can be done now: POST to {self}/{action}',
    example: ['take', 'note'],
  })
  allowedActions!: readonly string[];
  @ApiProperty({ type: 'integer', description: 'Also the ETag' }) version!: number;
  @ApiProperty({ type: LoggedLinks }) links!: Readonly<Record<string, string>>;
}

export class DraftAnswer {
  @ApiProperty({ enum: ['email', 'letter'] }) channel!: string;
  @ApiProperty(TEXT) to!: string | null;
  @ApiProperty() subject!: string;
  @ApiProperty() body!: string;
  @ApiProperty({ enum: ['draft', 'submitted', 'approved'] }) state!: string;
  @ApiProperty() draftedBy!: string;
}

export class NoteAnswer {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty({ example: 'Rang back; the councillor is away until Monday.' }) text!: string;
  @ApiProperty() author!: string;
  @ApiProperty({ format: 'date-time' }) at!: string;
}

/** One case with its draft, notes and links. */
export class CaseAnswer extends CaseItemAnswer implements CaseDetail {
  @ApiProperty({ type: DraftAnswer, nullable: true }) draft!: DraftAnswer | null;
  @ApiProperty({ type: [NoteAnswer] }) notes!: readonly NoteAnswer[];
  @ApiProperty({ type: [String], description: 'References of cases that belong with it' }) linked!: readonly string[];
}

export class CasePageAnswer {
  @ApiProperty({ type: [CaseItemAnswer] }) items!: readonly CaseItemAnswer[];
  @ApiProperty({ type: String, nullable: true }) nextCursor!: string | null;
}
