import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@app/platform';
import { DocumentNotFound, DocumentStale, RenditionIsKept } from '../domain/document.errors';
import { reasonsOf, type RedactionMark, type RenditionSource } from '../domain/redaction-mark';
import { isId, type DocumentCase } from './document-cases';

export interface StoredRendition {
  readonly id: string;
  readonly sourceKind: RenditionSource;
  readonly sourceId: string;
  readonly title: string;
  readonly status: 'draft' | 'kept' | 'discarded';
  readonly version: number;
  readonly pages: number | null;
  readonly unsearchable: readonly number[];
  readonly marks: readonly RedactionMark[];
  readonly sha256: Buffer | null;
  readonly salt: Buffer;
  readonly madeBy: string;
  readonly madeAt: Date;
  readonly keptBy: string | null;
  readonly keptAt: Date | null;
}

const COLUMNS = `id, source_kind AS "sourceKind", source_id AS "sourceId", title, status, version, pages, unsearchable, marks,
  sha256, salt, made_by AS "madeBy", made_at AS "madeAt", kept_by AS "keptBy", kept_at AS "keptAt"`;

/** Rows of redacted renditions, in the open transaction. */
@Injectable()
export class RenditionStore {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** @throws DocumentNotFound */
  async find({ id: caseId }: DocumentCase, id: string, lock = false): Promise<StoredRendition> {
    if (!isId(id)) throw new DocumentNotFound();
    const [row]: StoredRendition[] = await this.unitOfWork.manager.query(
      `SELECT ${COLUMNS} FROM redacted_rendition WHERE id = $1 AND case_id = $2 AND status <> 'discarded'
       ${lock ? 'FOR UPDATE' : ''}`,
      [id, caseId],
    );
    if (!row) throw new DocumentNotFound();
    return row;
  }

  /** Locked, and still a draft. @throws DocumentNotFound, DocumentStale, RenditionIsKept */
  async findDraft(found: DocumentCase, id: string, ifVersion: number | null): Promise<StoredRendition> {
    const row = await this.find(found, id, true);
    if (row.status !== 'draft') throw new RenditionIsKept();
    if (ifVersion !== null && ifVersion !== row.version) throw new DocumentStale();
    return row;
  }

  async list({ id: caseId }: DocumentCase): Promise<StoredRendition[]> {
    return this.unitOfWork.manager.query(
      `SELECT ${COLUMNS} FROM redacted_rendition WHERE case_id = $1 AND status <> 'discarded'
        ORDER BY made_at DESC, id LIMIT 500`,
      [caseId],
    );
  }

  async setMarks({ id, version }: StoredRendition, marks: readonly RedactionMark[]): Promise<void> {
    await this.unitOfWork.manager.query(
      `UPDATE redacted_rendition SET marks = $2, reasons = $3, version = $4 WHERE id = $1`,
      [id, JSON.stringify(marks), reasonsOf(marks), version + 1],
    );
  }
}
