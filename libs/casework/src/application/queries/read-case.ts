import { Injectable } from '@nestjs/common';
import { parseReference } from '@app/kernel';
import { UnitOfWork, currentCaller } from '@app/platform';
import { CaseNotFound } from '../../domain/case.errors';

export interface FoundCase {
  readonly id: string;
  readonly office: string;
  readonly reference: string;
}

/** Finds a case that the caller may know of, and records that it was read. */
@Injectable()
export class CaseReader {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** In the open transaction. @throws CaseNotFound also for what the caller may not know of. */
  async find(reference: string, action: string): Promise<FoundCase> {
    const found = await this.locate(reference);
    const { actor, correlationId } = currentCaller();
    await this.unitOfWork.manager.query(
      `INSERT INTO access_record (actor, office, case_id, action, correlation_id) VALUES ($1, $2, $3, $4, $5)`,
      [`${actor.kind}:${actor.id}`, found.office, found.id, action, correlationId],
    );
    return found;
  }

  /** Without recording: for what shows nothing of the case, or goes with a page whose reading is recorded. */
  async locate(reference: string): Promise<FoundCase> {
    const parsed = parseReference(reference);
    if (!parsed) throw new CaseNotFound();
    const { offices, system } = currentCaller();
    const [row]: FoundCase[] = await this.unitOfWork.manager.query(
      `SELECT id, office, reference FROM case_file WHERE reference = $1 AND ($2 OR office = ANY($3))`,
      [parsed.reference, system, offices],
    );
    if (!row) throw new CaseNotFound();
    return row;
  }
}
