import type { BulkInsert } from '@app/platform';
import type { CaseFile } from '../domain/case-file';

/** What the row of a new case keeps beside the aggregate's own state. */
export interface NewCaseRow {
  readonly caseFile: CaseFile;
  readonly referenceYear: number;
  readonly referenceNumber: number;
  readonly subject: string;
  readonly riskReasons: readonly unknown[];
  /** Of an imported history: when the watch warned of each deadline and escalated it, by its id. */
  readonly watched?: ReadonlyMap<string, DeadlineWatch>;
}

export interface DeadlineWatch {
  readonly warnedAt: Date | null;
  readonly escalatedAt: Date | null;
}

/** Cases as aggregates. Loading locks the case until the open transaction ends. */
export abstract class CaseRepository {
  /** @throws CaseNotFound */
  abstract load(id: string): Promise<CaseFile>;
  /** The case in which that one goes on, if it was joined to another. @throws CaseNotFound */
  abstract loadCurrent(id: string): Promise<CaseFile>;
  /** Of the caller's offices only. @throws CaseNotFound */
  abstract loadByReference(reference: string): Promise<CaseFile>;
  /** @throws StreamChangedMeanwhile */
  abstract save(caseFile: CaseFile): Promise<void>;
  /** Adds the rows of new cases to a bulk insert; their events are appended by the caller (group commit). */
  abstract addNew(cases: readonly NewCaseRow[], into: BulkInsert): void;
}
