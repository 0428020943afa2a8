import { Injectable } from '@nestjs/common';
import { UnitOfWork, currentCaller, type Caller } from '@app/platform';

/** What was looked at, as the record of reading names it. */
export type AccessAction =
  | 'case-read'
  | 'case-list-read'
  | 'case-events-read'
  | 'case-messages-read'
  | 'attachment-read'
  | 'document-read'
  | 'correspondent-read'
  | 'outgoing-read'
  | 'metrics-read'
  | 'assurance-read'
  | 'events-read'
  | 'attention-read'
  | 'access-record-read'
  | 'triage-dry-run';

/** One thing that was read. `caseId` is null for what is not one case (a list, figures). */
export interface ReadSubject {
  readonly office: string | null;
  readonly caseId: string | null;
}

/** The record of reading. It never touches the stream, version or ETag of what was read. */
@Injectable()
export class AccessRecords {
  readonly #recorded = new WeakSet<Caller>();

  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Records that the current caller read these, in the transaction that is open or in its own. */
  async record(action: AccessAction, subjects: readonly ReadSubject[]): Promise<void> {
    const caller = currentCaller();
    if (subjects.length > 0) {
      await this.unitOfWork.run((manager) =>
        manager.query(
          `INSERT INTO access_record (actor, office, case_id, action, correlation_id)
           SELECT $1, s.office, s.case_id, $2, $3 FROM unnest($4::text[], $5::uuid[]) AS s (office, case_id)`,
          [
            `${caller.actor.kind}:${caller.actor.id}`,
            action,
            caller.correlationId,
            subjects.map((subject) => subject.office),
            subjects.map((subject) => subject.caseId),
          ],
        ),
      );
    }
    this.#recorded.add(caller);
  }

  /** Whether this caller's reading is recorded already, also as "read nothing". */
  hasRecorded(caller: Caller): boolean {
    return this.#recorded.has(caller);
  }
}
