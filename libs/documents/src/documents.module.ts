import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { AccessModule } from '@app/access';
import { CaseworkModule } from '@app/casework';
import type { ContextDeclaration } from '@app/platform';
import { CaseFields } from './application/case-fields';
import { CasePapers } from './application/case-papers';
import { ApproveDocument, ApproveDocumentHandler } from './application/commands/approve-document';
import { BeginRedaction, BeginRedactionHandler } from './application/commands/begin-redaction';
import { ChangeRedaction, ChangeRedactionHandler } from './application/commands/change-redaction';
import { DiscardDocument, DiscardDocumentHandler } from './application/commands/discard-document';
import { DiscardRedaction, DiscardRedactionHandler } from './application/commands/discard-redaction';
import { DraftDocument, DraftDocumentHandler } from './application/commands/draft-document';
import { EditDocument, EditDocumentHandler } from './application/commands/edit-document';
import { IssueDocument, IssueDocumentHandler } from './application/commands/issue-document';
import { KeepRedaction, KeepRedactionHandler } from './application/commands/keep-redaction';
import { DocumentCases } from './application/document-cases';
import { DocumentStore } from './application/document-store';
import { BundleCase, BundleCaseHandler } from './application/queries/bundle-case';
import { GetDocument, GetDocumentHandler } from './application/queries/get-document';
import { GetDocumentFile, GetDocumentFileHandler } from './application/queries/get-document-file';
import {
  GetRedaction,
  GetRedactionHandler,
  GetRedactionPicture,
  GetRedactionPictureHandler,
} from './application/queries/get-redaction';
import { ListDocuments, ListDocumentsHandler } from './application/queries/list-documents';
import { ListPapers, ListPapersHandler } from './application/queries/list-papers';
import {
  GetRenditionFile,
  GetRenditionFileHandler,
  ListRenditions,
  ListRenditionsHandler,
} from './application/queries/list-renditions';
import { RenditionStore } from './application/rendition-store';
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
    BeginRedaction,
    ChangeRedaction,
    KeepRedaction,
    DiscardRedaction,
    GetRedaction,
    GetRedactionPicture,
    ListRenditions,
    GetRenditionFile,
    ListPapers,
    BundleCase,
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
    BeginRedactionHandler,
    ChangeRedactionHandler,
    KeepRedactionHandler,
    DiscardRedactionHandler,
    GetRedactionHandler,
    GetRedactionPictureHandler,
    ListRenditionsHandler,
    GetRenditionFileHandler,
    ListPapersHandler,
    BundleCaseHandler,
    CaseFields,
    CasePapers,
    RenditionStore,
    DocumentCases,
    DocumentStore,
  ],
})
export class DocumentsModule {}
