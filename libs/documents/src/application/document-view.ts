import type { DocumentStatus, Way } from '../domain/document-status';

/** A document of a case in a list. */
export interface DocumentLine {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly party: string | null;
  readonly status: DocumentStatus;
  readonly version: number;
  readonly createdBy: string;
  readonly createdAt: string;
  readonly editedBy: string;
  readonly editedAt: string;
  readonly approvedBy: string | null;
  readonly approvedAt: string | null;
  readonly issuedBy: string | null;
  readonly issuedAt: string | null;
  readonly issuedWay: Way | null;
  readonly outgoingMessageId: string | null;
  readonly pdfSha256: string | null;
  readonly docxSha256: string | null;
}

export interface DocumentLineRow extends Omit<
  DocumentLine,
  'createdAt' | 'editedAt' | 'approvedAt' | 'issuedAt' | 'pdfSha256' | 'docxSha256'
> {
  createdAt: Date;
  editedAt: Date;
  approvedAt: Date | null;
  issuedAt: Date | null;
  pdf: Buffer | null;
  docx: Buffer | null;
}

export const DOCUMENT_LINE = `d.id, d.kind, d.title, d.party, d.status, d.version, d.created_by AS "createdBy",
  d.created_at AS "createdAt", d.edited_by AS "editedBy", d.edited_at AS "editedAt", d.approved_by AS "approvedBy",
  d.approved_at AS "approvedAt", d.issued_by AS "issuedBy", d.issued_at AS "issuedAt",
  d.issued_by_way_of AS "issuedWay", d.outgoing_message_id AS "outgoingMessageId",
  d.pdf_sha256 AS pdf, d.docx_sha256 AS docx`;

export function toDocumentLine({ pdf, docx, ...row }: DocumentLineRow): DocumentLine {
  return {
    ...row,
    createdAt: row.createdAt.toISOString(),
    editedAt: row.editedAt.toISOString(),
    approvedAt: row.approvedAt?.toISOString() ?? null,
    issuedAt: row.issuedAt?.toISOString() ?? null,
    pdfSha256: pdf?.toString('hex') ?? null,
    docxSha256: docx?.toString('hex') ?? null,
  };
}
