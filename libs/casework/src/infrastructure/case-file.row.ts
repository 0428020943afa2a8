import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('case_file')
export class CaseFileRow {
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  @Column({ type: 'text' }) office!: string;
  @Column({ type: 'text', unique: true }) reference!: string;
  @Column({ type: 'integer', name: 'reference_year' }) referenceYear!: number;
  @Column({ type: 'integer', name: 'reference_number' }) referenceNumber!: number;
  @Column({ type: 'text' }) kind!: string;
  @Column({ type: 'text', nullable: true }) category!: string | null;
  @Column({ type: 'text' }) priority!: string;
  @Column({ type: 'text' }) status!: string;
  @Column({ type: 'text', nullable: true }) queue!: string | null;
  @Column({ type: 'text', nullable: true }) assignee!: string | null;
  @Column({ type: 'text' }) subject!: string;
  @Column({ type: 'text' }) channel!: string;
  @Column({ type: 'uuid', name: 'correspondent_id', nullable: true }) correspondentId!: string | null;
  @Column({ type: 'text', nullable: true }) area!: string | null;
  @Column({ type: 'text', name: 'risk_level' }) riskLevel!: string;
  @Column({ type: 'jsonb', name: 'risk_reasons', default: [] }) riskReasons!: unknown;
  @Column({ type: 'timestamptz', name: 'risk_confirmed_at', nullable: true }) riskConfirmedAt!: Date | null;
  @Column({ type: 'boolean' }) answerable!: boolean;
  @Column({ type: 'boolean', name: 'acknowledgement_held' }) acknowledgementHeld!: boolean;
  @Column({ type: 'timestamptz', name: 'received_at' }) receivedAt!: Date;
  @Column({ type: 'date', name: 'received_on' }) receivedOn!: string;
  @Column({ type: 'timestamptz', name: 'acknowledged_at', nullable: true }) acknowledgedAt!: Date | null;
  @Column({ type: 'timestamptz', name: 'answered_at', nullable: true }) answeredAt!: Date | null;
  @Column({ type: 'timestamptz', name: 'closed_at', nullable: true }) closedAt!: Date | null;
  @Column({ type: 'text', name: 'close_reason', nullable: true }) closeReason!: string | null;
  @Column({ type: 'timestamptz', name: 'paused_since', nullable: true }) pausedSince!: Date | null;
  @Column({ type: 'text', name: 'status_before_pause', nullable: true }) statusBeforePause!: string | null;
  @Column({ type: 'text', name: 'draft_state', nullable: true }) draftState!: string | null;
  @Column({ type: 'text', name: 'forwarded_to', nullable: true }) forwardedTo!: string | null;
  @Column({ type: 'uuid', name: 'joined_to', nullable: true }) joinedTo!: string | null;
  @Column({ type: 'date', name: 'acknowledge_by', nullable: true }) acknowledgeBy!: string | null;
  @Column({ type: 'date', name: 'respond_by', nullable: true }) respondBy!: string | null;
  @Column({ type: 'date', name: 'update_by', nullable: true }) updateBy!: string | null;
  @Column({ type: 'date', name: 'next_deadline', nullable: true }) nextDeadline!: string | null;
  @Column({ type: 'text', name: 'triage_rules_version', nullable: true }) triageRulesVersion!: string | null;
  @Column({ type: 'jsonb', name: 'triage_reasons', default: [] }) triageReasons!: unknown;
  // A plain column on purpose: TypeORM's @VersionColumn does not check anything on save().
  @Column({ type: 'integer' }) version!: number;
}
