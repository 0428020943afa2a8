import { Injectable } from '@nestjs/common';
import { BulkInsert, EventStore, StreamChangedMeanwhile, UnitOfWork, currentCaller } from '@app/platform';
import { CaseRepository, type NewCaseRow } from '../application/case-repository';
import { caseStream } from '../application/case-stream';
import { dueOnOf, nextDeadline, type CaseDeadline } from '../domain/case-deadlines';
import { CaseFile } from '../domain/case-file';
import type { CaseState, DraftState } from '../domain/case-state';
import type { CaseStatus } from '../domain/case-status';
import { CaseNotFound } from '../domain/case.errors';
import { CaseFileRow } from './case-file.row';
import { toDeadline, toDeadlineRow, type DeadlineRow } from '../application/deadline-row';

@Injectable()
export class TypeOrmCaseRepository extends CaseRepository {
  /** As they were read: only what a change made anew is written. */
  readonly #loaded = new WeakMap<CaseFile, readonly CaseDeadline[]>();

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: EventStore,
  ) {
    super();
  }

  async load(id: string): Promise<CaseFile> {
    const row = await this.unitOfWork.manager
      .createQueryBuilder(CaseFileRow, 'c')
      .setLock('pessimistic_write')
      .where('c.id = :id', { id })
      .getOne();
    return this.restore(row);
  }

  async loadCurrent(id: string): Promise<CaseFile> {
    for (let next = id; ;) {
      const caseFile = await this.load(next);
      const { joinedTo } = caseFile.snapshot();
      if (joinedTo === null) return caseFile;
      next = joinedTo;
    }
  }

  async loadByReference(reference: string): Promise<CaseFile> {
    const { offices, system } = currentCaller();
    const query = this.unitOfWork.manager
      .createQueryBuilder(CaseFileRow, 'c')
      .setLock('pessimistic_write')
      .where('c.reference = :reference', { reference });
    if (!system) query.andWhere('c.office = ANY(:offices)', { offices });
    return this.restore(await query.getOne());
  }

  async save(caseFile: CaseFile): Promise<void> {
    const events = caseFile.releaseEvents();
    if (events.length === 0) return;
    const state = caseFile.snapshot();
    const { affected } = await this.unitOfWork.manager.update(
      CaseFileRow,
      { id: caseFile.id, version: caseFile.version },
      changingColumns(state),
    );
    if (affected !== 1) throw new StreamChangedMeanwhile(caseStream(caseFile.id));
    const bulk = new BulkInsert();
    const before = this.#loaded.get(caseFile) ?? [];
    const changed = state.deadlines.filter((deadline) => !before.includes(deadline));
    if (changed.length > 0) {
      bulk.addOrReplace('deadline', 'id', ...changed.map((deadline) => toDeadlineRow(deadline, state)));
    }
    const stream = caseStream(caseFile.id);
    await this.store.append([{ stream, office: state.office, expectedVersion: caseFile.version, events }], bulk);
    await bulk.run(this.unitOfWork.manager);
  }

  addNew(cases: readonly NewCaseRow[], into: BulkInsert): void {
    for (const { caseFile, referenceYear, referenceNumber, subject, riskReasons, watched } of cases) {
      const state = caseFile.snapshot();
      const changing = changingColumns(state);
      into.add('case_file', {
        id: state.id,
        office: state.office,
        reference: state.reference,
        reference_year: referenceYear,
        reference_number: referenceNumber,
        channel: state.channel,
        correspondent_id: state.correspondentId,
        received_at: state.receivedAt,
        received_on: state.receivedOn,
        subject,
        risk_reasons: riskReasons,
        ...Object.fromEntries(Object.entries(changing).map(([name, value]) => [snakeCase(name), value])),
      });
      for (const deadline of state.deadlines) {
        const row = toDeadlineRow(deadline, state);
        const { warnedAt = null, escalatedAt = null } = watched?.get(deadline.id) ?? {};
        into.add('deadline', watched ? { ...row, warned_at: warnedAt, escalated_at: escalatedAt } : row);
      }
    }
  }

  private async restore(row: CaseFileRow | null): Promise<CaseFile> {
    if (!row) throw new CaseNotFound();
    const deadlines: DeadlineRow[] = await this.unitOfWork.manager.query(
      `SELECT id, clock, policy, from_day::text, pauses, extension, calendar_version, due_on::text, moved_from::text,
              moved_because, status, met_on::text, created_at
         FROM deadline WHERE case_id = $1 ORDER BY created_at, id`,
      [row.id],
    );
    const caseFile = CaseFile.restore({
      ...row,
      status: row.status as CaseStatus,
      statusBeforePause: row.statusBeforePause as CaseStatus | null,
      draftState: row.draftState as DraftState | null,
      triageReasons: row.triageReasons as string[],
      deadlines: deadlines.map(toDeadline),
    });
    this.#loaded.set(caseFile, caseFile.snapshot().deadlines);
    return caseFile;
  }
}

/** The columns that events can change, by property of the row class. */
function changingColumns(state: CaseState): Record<string, unknown> {
  return {
    kind: state.kind,
    category: state.category,
    priority: state.priority,
    status: state.status,
    queue: state.queue,
    assignee: state.assignee,
    area: state.area,
    riskLevel: state.riskLevel,
    riskConfirmedAt: state.riskConfirmedAt,
    answerable: state.answerable,
    acknowledgementHeld: state.acknowledgementHeld,
    acknowledgedAt: state.acknowledgedAt,
    answeredAt: state.answeredAt,
    closedAt: state.closedAt,
    closeReason: state.closeReason,
    pausedSince: state.pausedSince,
    statusBeforePause: state.statusBeforePause,
    draftState: state.draftState,
    forwardedTo: state.forwardedTo,
    joinedTo: state.joinedTo,
    triageRulesVersion: state.triageRulesVersion,
    triageReasons: state.triageReasons,
    acknowledgeBy: dueOnOf(state.deadlines, 'acknowledge'),
    respondBy: dueOnOf(state.deadlines, 'reply'),
    updateBy: dueOnOf(state.deadlines, 'update'),
    nextDeadline: nextDeadline(state.deadlines),
    version: state.version,
  };
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
