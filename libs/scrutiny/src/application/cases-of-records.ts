import { Injectable } from '@nestjs/common';
import { londonDate, parseReference } from '@app/kernel';
import { UnitOfWork } from '@app/platform';
import { InvalidScrutinyInput } from '../domain/scrutiny.errors';

/** What oversight needs to know of a case. */
export interface CaseOfRecord {
  readonly id: string;
  readonly reference: string;
  readonly office: string;
  readonly category: string | null;
  readonly kind: string;
  readonly receivedOn: string;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

interface Row {
  id: string;
  reference: string;
  office: string;
  category: string | null;
  kind: string;
  received_at: Date;
}

/** Cases as the caller may see them: who may not see one is told that there is none. */
@Injectable()
export class CasesOfRecords {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** By its reference as somebody types it, or by its id. */
  async find(typed: string): Promise<CaseOfRecord | null> {
    const reference = parseReference(typed)?.reference;
    if (reference === undefined && !UUID.test(typed)) return null;
    const [row]: Row[] = await this.unitOfWork.manager.query(
      `SELECT id, reference, office, category, kind, received_at FROM case_file
        WHERE ${reference === undefined ? 'id = $1::uuid' : 'reference = $1'}`,
      [reference ?? typed],
    );
    if (!row) return null;
    const { received_at: at, ...rest } = row;
    return { ...rest, receivedOn: londonDate(at) };
  }

  /** Null where none is named. @throws InvalidScrutinyInput when the office has no such case. */
  async named(typed: string | null, office: string): Promise<CaseOfRecord | null> {
    if (typed === null || typed.trim() === '') return null;
    const found = await this.find(typed);
    if (found?.office !== office) {
      throw new InvalidScrutinyInput([{ pointer: '/caseReference', message: 'There is no such case in this office' }]);
    }
    return found;
  }

  async references(ids: readonly (string | null)[]): Promise<ReadonlyMap<string, string>> {
    const wanted = ids.filter((id) => id !== null);
    if (wanted.length === 0) return new Map();
    const rows: { id: string; reference: string }[] = await this.unitOfWork.manager.query(
      `SELECT id, reference FROM case_file WHERE id = ANY ($1::uuid[])`,
      [wanted],
    );
    return new Map(rows.map(({ id, reference }) => [id, reference]));
  }
}
