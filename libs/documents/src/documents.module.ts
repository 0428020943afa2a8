import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { AccessModule } from '@app/access';
import { CaseworkModule } from '@app/casework';
import type { ContextDeclaration } from '@app/platform';
import { CaseFields } from './application/case-fields';
import { ApproveDocument, ApproveDocumentHandler } from './application/commands/approve-document';
import { DiscardDocument, DiscardDocumentHandler } from './application/commands/discard-document';
import { DraftDocument, DraftDocumentHandler } from './application/commands/draft-document';
import { EditDocument, EditDocumentHandler } from './application/commands/edit-document';
import { IssueDocument, IssueDocumentHandler } from './application/commands/issue-document';
import { DocumentCases } from './application/document-cases';
import { DocumentStore } from './application/document-store';
import { GetDocument, GetDocumentHandler } from './application/queries/get-document';
import { GetDocumentFile, GetDocumentFileHandler } from './application/queries/get-document-file';
import { ListDocuments, ListDocumentsHandler } from './application/queries/list-documents';
import { DOCUMENT_EVENTS } from './domain/document.events';

export const documentsContext: ContextDeclaration = {
  events: DOCUMENT_EVENTS,
  messages: [
    DraftDocument,
    EditDocument,
    ApproveDocument,
    IssueDocument,
    DiscardDocument,
    GetDocument,
    GetDocumentFile,
    ListDocuments,
  ],
  entities: [],
};

/** Letters and papers of a case: drafted, approved and issued as files that can be proved. */
@Module({
  imports: [CqrsModule, AccessModule, CaseworkModule],
  providers: [
    DraftDocumentHandler,
    EditDocumentHandler,
    ApproveDocumentHandler,
    IssueDocumentHandler,
    DiscardDocumentHandler,
    GetDocumentHandler,
    GetDocumentFileHandler,
    ListDocumentsHandler,
    CaseFields,
    DocumentCases,
    DocumentStore,
  ],
})
export class DocumentsModule {}
