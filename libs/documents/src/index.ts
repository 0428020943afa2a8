export { ApproveDocument } from './application/commands/approve-document';
export { DiscardDocument } from './application/commands/discard-document';
export { DraftDocument, type DraftDocumentInput } from './application/commands/draft-document';
export { EditDocument, type DocumentEdit, type DocumentTarget } from './application/commands/edit-document';
export { IssueDocument, type IssueInput } from './application/commands/issue-document';
export { type DocumentLine } from './application/document-view';
export { GetDocument, type DocumentDetail } from './application/queries/get-document';
export { GetDocumentFile, type DocumentFile, type DocumentFormat } from './application/queries/get-document-file';
export { ListDocuments } from './application/queries/list-documents';
export { WAYS, type DocumentStatus, type Way } from './domain/document-status';
export {
  DocumentNotFound,
  DocumentNotInState,
  DocumentStale,
  DocumentUnfinished,
  InvalidDocumentInput,
} from './domain/document.errors';
export { DocumentsModule, documentsContext } from './documents.module';
export { composeLetter, type ComposedLetter, type FieldProblem } from './application/compose-letter';
export {
  textOfRuns,
  type Block,
  type Letterhead,
  type LetterDocument,
  type Run,
  type Runs,
  type SignOff,
} from './domain/letter-document';
export { toLetterDocument, unfilledIn, type LetterSource } from './domain/letter-source';
export { parseLetter, parseMarkup, type LetterBody } from './domain/markup';
export { unprintableIn } from './rendering/pdf-fonts';
export { renderDocx } from './rendering/render-docx';
export { renderHtml } from './rendering/render-html';
export { renderPdf, type PdfOptions } from './rendering/render-pdf';
export { BeginRedaction } from './application/commands/begin-redaction';
export { ChangeRedaction, type RedactionChange } from './application/commands/change-redaction';
export { DiscardRedaction } from './application/commands/discard-redaction';
export { KeepRedaction } from './application/commands/keep-redaction';
export { isPaperKind, PAPER_KINDS, type PaperKind } from './application/case-papers';
export { BundleCase, type BundleFile, type ChosenPaper } from './application/queries/bundle-case';
export { GetRedaction, GetRedactionPicture, type RedactionDetail } from './application/queries/get-redaction';
export { ListPapers, type PaperLine } from './application/queries/list-papers';
export { GetRenditionFile, ListRenditions, type RenditionLine } from './application/queries/list-renditions';
export { type Bundle, type BundleEntry, type BundleItem, type BundleRequest, type BundleSource } from './bundle/bundle';
export { buildBundle } from './bundle/build-bundle';
export {
  isRedactionReason,
  REASON_LABELS,
  REDACTION_REASONS,
  type RedactedArea,
  type RedactedWords,
  type RedactionReason,
} from './domain/redaction';
export { RENDITION_SOURCES, type RenditionSource } from './domain/redaction-mark';
export { redactPdf } from './redaction/redact-pdf';
export { redactLetter, redactText } from './redaction/redact-text';
export { runApart } from './work/run-apart';
