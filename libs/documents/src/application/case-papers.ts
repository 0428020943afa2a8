import { Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { GetAttachment } from '@app/casework';
import { londonDateTimeInWords } from '@app/kernel';
import { ContentStore, UnitOfWork } from '@app/platform';
import { paperOf } from '../bundle/item-pages';
import type { LetterDocument } from '../domain/letter-document';
import { DocumentNotFound } from '../domain/document.errors';
import { toLetterDocument, type LetterSource } from '../domain/letter-source';
import { isId, type DocumentCase } from './document-cases';

/** A paper of a case as it can be worked on. */
export type PaperContent =
  | { readonly kind: 'pdf'; readonly bytes: Uint8Array }
  | { readonly kind: 'image'; readonly bytes: Uint8Array }
  | { readonly kind: 'letter'; readonly letter: LetterDocument }
  | { readonly kind: 'other' };

export interface CasePaper {
  readonly title: string;
  readonly content: PaperContent;
  /** The file that was approved, of a letter of ours that was. */
  readonly approved?: Uint8Array;
}

export const PAPER_KINDS = ['attachment', 'document', 'message', 'rendition'] as const;
export type PaperKind = (typeof PAPER_KINDS)[number];

export function isPaperKind(text: string): text is PaperKind {
  return (PAPER_KINDS as readonly string[]).includes(text);
}

/** What a case holds on paper: files that came, our letters, messages, redacted renditions. In the open transaction. */
@Injectable()
export class CasePapers {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly content: ContentStore,
    private readonly queries: QueryBus,
  ) {}

  /** @throws DocumentNotFound, CaseContentNotFound, FileNotReleased */
  read(found: DocumentCase, kind: PaperKind, id: string): Promise<CasePaper> {
    if (!isId(id)) throw new DocumentNotFound();
    switch (kind) {
      case 'attachment':
        return this.attachment(found, id);
      case 'document':
        return this.document(found, id);
      case 'message':
        return this.message(found, id);
      case 'rendition':
        return this.rendition(found, id);
    }
  }

  private async attachment({ reference }: DocumentCase, id: string): Promise<CasePaper> {
    const { filename, contentType, bytes } = await this.queries.execute(new GetAttachment(reference, id));
    return { title: filename, content: contentOf(filename, contentType, bytes) };
  }

  private async document({ id: caseId, office }: DocumentCase, id: string): Promise<CasePaper> {
    const [row]: { title: string; source: LetterSource; pdf: Buffer | null }[] = await this.unitOfWork.manager.query(
      `SELECT d.title, v.source, d.pdf_sha256 AS pdf FROM case_document d
         JOIN case_document_version v ON v.document_id = d.id AND v.version = d.version
        WHERE d.id = $1 AND d.case_id = $2 AND d.office = $3`,
      [id, caseId, office],
    );
    if (!row) throw new DocumentNotFound();
    const approved = row.pdf === null ? {} : { approved: await this.content.read(office, row.pdf) };
    return { title: row.title, content: { kind: 'letter', letter: toLetterDocument(row.source) }, ...approved };
  }

  private async message({ id: caseId }: DocumentCase, id: string): Promise<CasePaper> {
    const [row]: { subject: string; text: string; at: Date; sender: string | null; to: string[] }[] =
      await this.unitOfWork.manager.query(
        `SELECT subject, text, at, nullif(concat_ws(', ', from_name, from_address), '') AS sender, to_addresses AS "to"
           FROM case_message WHERE id = $1 AND case_id = $2`,
        [id, caseId],
      );
    if (!row) throw new DocumentNotFound();
    const head = [
      row.sender === null ? '' : `From: ${row.sender}`,
      row.to.length === 0 ? '' : `To: ${row.to.join(', ')}`,
      `Date: ${londonDateTimeInWords(row.at)}`,
    ].filter((line) => line !== '');
    const title = row.subject.trim() === '' ? 'Message' : row.subject;
    return { title, content: { kind: 'letter', letter: paperOf(title, `${head.join('\n')}\n\n${row.text}`) } };
  }

  private async rendition({ id: caseId, office }: DocumentCase, id: string): Promise<CasePaper> {
    const [row]: { title: string; sha256: Buffer }[] = await this.unitOfWork.manager.query(
      `SELECT title, sha256 FROM redacted_rendition WHERE id = $1 AND case_id = $2 AND status = 'kept'`,
      [id, caseId],
    );
    if (!row) throw new DocumentNotFound();
    return { title: row.title, content: { kind: 'pdf', bytes: await this.content.read(office, row.sha256) } };
  }
}

/** By its first bytes: what a stranger says a file is proves nothing. */
function contentOf(filename: string, contentType: string, bytes: Buffer): PaperContent {
  if (bytes.subarray(0, 1024).includes('%PDF-')) return { kind: 'pdf', bytes };
  const isPng = bytes[0] === 0x89 && bytes[1] === 0x50;
  const isJpeg = bytes[0] === 0xff && bytes[1] === 0xd8;
  if (isPng || isJpeg) return { kind: 'image', bytes };
  if (contentType.startsWith('text/plain'))
    return { kind: 'letter', letter: paperOf(filename, bytes.toString('utf8')) };
  return { kind: 'other' };
}
