import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock, commitment } from '@app/kernel';
import { BulkInsert, ContentStore, currentCaller, EventStore, sha256, UnitOfWork } from '@app/platform';
import { CaseDocument } from '../domain/case-document';
import type { DocumentStatus } from '../domain/document-status';
import { DocumentNotFound, DocumentStale } from '../domain/document.errors';
import { documentStream } from '../domain/document.events';
import type { LetterSource } from '../domain/letter-source';
import { isId, type DocumentCase } from './document-cases';

export interface StoredDocument {
  readonly document: CaseDocument;
  readonly source: LetterSource;
  readonly salt: Buffer;
  readonly pdf: Buffer | null;
  readonly docx: Buffer | null;
  readonly party: string | null;
}

interface Row {
  kind: string;
  status: DocumentStatus;
  version: number;
  stream_version: number;
  party: string | null;
  source: LetterSource;
  salt: Buffer;
  pdf_sha256: Buffer | null;
  docx_sha256: Buffer | null;
}

/** A text as it is kept, and what the event says of it. */
export interface KeptVersion {
  readonly salt: Buffer;
  readonly textCommitment: string;
}

/** Keeps documents, their versions and files, each with its events, in the open transaction. */
@Injectable()
export class DocumentStore {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly events: EventStore,
    private readonly content: ContentStore,
    private readonly clock: Clock,
  ) {}

  /** Locked until the transaction ends. @throws DocumentNotFound, DocumentStale */
  async load({ id: caseId, office }: DocumentCase, id: string, ifVersion: number | null): Promise<StoredDocument> {
    if (!isId(id)) throw new DocumentNotFound();
    const [row]: Row[] = await this.unitOfWork.manager.query(
      `SELECT d.kind, d.status, d.version, d.stream_version, d.party, v.source, v.salt, d.pdf_sha256, d.docx_sha256
         FROM case_document d JOIN case_document_version v ON v.document_id = d.id AND v.version = d.version
        WHERE d.id = $1 AND d.case_id = $2 FOR UPDATE OF d`,
      [id, caseId],
    );
    if (!row) throw new DocumentNotFound();
    if (ifVersion !== null && ifVersion !== row.version) throw new DocumentStale();
    const { kind, status, version, source, salt, party } = row;
    const document = CaseDocument.restore(id, row.stream_version, { caseId, office, kind, status, version });
    return { document, source, salt, party, pdf: row.pdf_sha256, docx: row.docx_sha256 };
  }

  keep(source: LetterSource): KeptVersion {
    const salt = randomBytes(16);
    return { salt, textCommitment: commitment(salt, JSON.stringify(source)) };
  }

  /** Writes the row of a new document and its first version. */
  async add(document: CaseDocument, source: LetterSource, kept: KeptVersion, party: string | null): Promise<void> {
    const { caseId, office, kind, status, version } = document.snapshot();
    const by = currentCaller().actor.id;
    await this.unitOfWork.manager.query(
      `INSERT INTO case_document (id, case_id, office, kind, title, party, status, version, stream_version,
                                  created_by, created_at, edited_by, edited_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, $9, $10, $9, $10)`,
      [document.id, caseId, office, kind, source.title, party, status, version, by, this.clock.now()],
    );
    await this.addVersion(document, source, kept);
    await this.save(document, {});
  }

  async addVersion(document: CaseDocument, source: LetterSource, kept: KeptVersion): Promise<void> {
    const { caseId, office, version } = document.snapshot();
    await this.unitOfWork.manager.query(
      `INSERT INTO case_document_version (document_id, version, case_id, office, source, salt, made_by, made_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        document.id,
        version,
        caseId,
        office,
        JSON.stringify(source),
        kept.salt,
        currentCaller().actor.id,
        this.clock.now(),
      ],
    );
  }

  /** Records what happened to the document and brings its row up to date. Columns come from code. */
  async save(document: CaseDocument, columns: Readonly<Record<string, unknown>>): Promise<void> {
    const { office, status, version } = document.snapshot();
    const events = document.releaseEvents();
    await this.events.append([
      { stream: documentStream(document.id), office, expectedVersion: document.version, events },
    ]);
    const changed = { ...columns, status, version, stream_version: document.version + events.length };
    const names = Object.keys(changed);
    await this.unitOfWork.manager.query(
      `UPDATE case_document SET ${names.map((name, index) => `${name} = $${String(index + 2)}`).join(', ')} WHERE id = $1`,
      [document.id, ...Object.values(changed)],
    );
  }

  /** Keeps a file of ours; returns its address. */
  async keepFile(office: string, bytes: Buffer): Promise<Buffer> {
    const bulk = new BulkInsert();
    this.content.addTo(bulk, [await this.content.prepare(office, bytes)]);
    await bulk.run(this.unitOfWork.manager);
    return sha256(bytes);
  }
}
