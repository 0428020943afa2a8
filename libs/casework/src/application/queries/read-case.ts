import { Injectable } from '@nestjs/common';
import { parseReference } from '@app/kernel';
import { UnitOfWork, currentCaller } from '@app/platform';
import { CaseNotFound } from '../../domain/case.errors';

/** Finds a case that the caller may know of, and records that it was read. */
@Injectable()
export class CaseReader {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** In the open transaction. @throws CaseNotFound also for what the caller may not know of. */
  async find(reference: string, action: string): Promise<{ id: string; office: string }> {
    const parsed = parseReference(reference);
    if (!parsed) throw new CaseNotFound();
    const { offices, actor, correlationId, system } = currentCaller();
    const [row]: { id: string; office: string }[] = await this.unitOfWork.manager.query(
      `SELECT id, office FROM case_file WHERE reference = $1 AND ($2 OR office = ANY($3))`,
      [parsed.reference, system, offices],
    );
    if (!row) throw new CaseNotFound();
    await this.unitOfWork.manager.query(
      `INSERT INTO access_record (actor, office, case_id, action, correlation_id) VALUES ($1, $2, $3, $4, $5)`,
      [`${actor.kind}:${actor.id}`, row.office, row.id, action, correlationId],
    );
    return row;
  }
}
