import { Injectable } from '@nestjs/common';
import { AccessRecords } from '@app/access';
import { CaseNotFound } from '@app/casework';
import { parseReference } from '@app/kernel';
import { currentCaller, UnitOfWork } from '@app/platform';

export interface DocumentCase {
  readonly id: string;
  readonly office: string;
  readonly reference: string;
}

/** Finds the case that documents belong to, for who may know of it. */
@Injectable()
export class DocumentCases {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly records: AccessRecords,
  ) {}

  /** In the open transaction. @throws CaseNotFound also for what the caller may not know of. */
  async locate(reference: string): Promise<DocumentCase> {
    const parsed = parseReference(reference);
    if (!parsed) throw new CaseNotFound();
    const { offices, system } = currentCaller();
    const [row]: DocumentCase[] = await this.unitOfWork.manager.query(
      `SELECT id, office, reference FROM case_file WHERE reference = $1 AND ($2 OR office = ANY ($3))`,
      [parsed.reference, system, offices],
    );
    if (!row) throw new CaseNotFound();
    return row;
  }

  /** As `locate`, and records that documents of the case were read. */
  async read(reference: string): Promise<DocumentCase> {
    const found = await this.locate(reference);
    await this.records.record('document-read', [{ office: found.office, caseId: found.id }]);
    return found;
  }
}

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export function isId(text: string): boolean {
  return ID.test(text);
}
