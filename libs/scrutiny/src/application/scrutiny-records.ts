import { Injectable } from '@nestjs/common';
import { OfficeNotFound } from '@app/offices';
import { currentCaller, EventStore, StreamChangedMeanwhile, UnitOfWork } from '@app/platform';
import { ScrutinyRecordNotFound, ScrutinyRefused } from '../domain/scrutiny.errors';
import { recordStream, type RecordKind, type ScrutinyRecord } from '../domain/scrutiny-record';

type RecordClass<R> = new (id: string, office: string, version: number, state: never) => R;

export interface StoredRecord<S> {
  readonly id: string;
  readonly office: string;
  readonly version: number;
  readonly state: S;
}

/** Loads and saves records: events and the state as it stands, in one transaction. Row-level security hides the rest. */
@Injectable()
export class ScrutinyRecords {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: EventStore,
  ) {}

  /** @throws ScrutinyRecordNotFound */
  async load<R>(type: RecordClass<R>, kind: RecordKind, id: string): Promise<R> {
    const found = await this.find(type, kind, `id::text = $2`, [id]);
    if (!found) throw new ScrutinyRecordNotFound();
    return found;
  }

  byReference<R>(type: RecordClass<R>, kind: RecordKind, office: string, reference: string): Promise<R | null> {
    return this.find(type, kind, `office = $2 AND reference = $3`, [office, reference]);
  }

  async save<S extends object>(record: ScrutinyRecord<S>): Promise<void> {
    const { kind, id, office, version, state } = record;
    const events = record.releaseEvents();
    if (events.length === 0) return;
    const stream = recordStream(kind, id);
    await this.store.append([{ stream, office, expectedVersion: version, events }]);
    const { caseId, reference, dueOn, isOpen, listedOn } = record.line();
    const values = [id, kind, office, version + events.length, JSON.stringify(state), caseId, reference];
    try {
      const saved: unknown[] = await this.unitOfWork.manager.query(
        `INSERT INTO scrutiny_record (id, kind, office, version, state, case_id, reference, due_on, is_open, listed_on)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
         ON CONFLICT (id) DO UPDATE SET version = excluded.version, state = excluded.state, reference = excluded.reference,
           due_on = excluded.due_on, is_open = excluded.is_open, listed_on = excluded.listed_on
          WHERE scrutiny_record.version = $11 RETURNING 1`,
        [...values, dueOn, isOpen, listedOn, version],
      );
      if (saved.length === 0) throw new StreamChangedMeanwhile(stream);
    } catch (error) {
      if ((error as { constraint?: string }).constraint === 'scrutiny_record_reference')
        throw new ScrutinyRefused('There is a record with this reference already.');
      throw error;
    }
  }

  /** Nobody begins a record in an office that is not theirs. @throws OfficeNotFound */
  mayBeginIn(office: string): void {
    const { system, offices } = currentCaller();
    if (!system && !offices.includes(office)) throw new OfficeNotFound(office);
  }

  private async find<R>(
    type: RecordClass<R>,
    kind: RecordKind,
    where: string,
    values: readonly string[],
  ): Promise<R | null> {
    const [row]: StoredRecord<unknown>[] = await this.unitOfWork.manager.query(
      `SELECT id, office, version, state FROM scrutiny_record WHERE kind = $1 AND ${where} FOR UPDATE`,
      [kind, ...values],
    );
    return row ? new type(row.id, row.office, row.version, row.state as never) : null;
  }
}
