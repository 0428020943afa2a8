import { Aggregate, type DomainEvent, type JsonObject } from '@app/kernel';
import { DocumentNotInState } from './document.errors';
import type { DocumentStatus, Way } from './document-status';
import { documentEvent, type DocumentEventType } from './document.events';

export interface DocumentState {
  readonly caseId: string;
  readonly office: string;
  readonly kind: string;
  readonly status: DocumentStatus;
  /** Of the text; one more each time it is edited. */
  readonly version: number;
}

export interface FileCommitments {
  readonly pdfCommitment: string;
  readonly docxCommitment: string;
}

/** A letter or paper of a case: drafted, edited, approved, issued. An edit after approval makes it a draft again. */
export class CaseDocument extends Aggregate<DomainEvent> {
  private constructor(
    id: string,
    version: number,
    private state: DocumentState,
  ) {
    super(id, version);
  }

  static restore(id: string, streamVersion: number, state: DocumentState): CaseDocument {
    return new CaseDocument(id, streamVersion, state);
  }

  static draft(
    id: string,
    of: Pick<DocumentState, 'caseId' | 'office' | 'kind'>,
    textCommitment: string,
    now: Date,
  ): CaseDocument {
    const document = new CaseDocument(id, 0, { ...of, status: 'draft', version: 1 });
    document.happened('documents.document-drafted', { kind: of.kind, version: 1, textCommitment }, now);
    return document;
  }

  snapshot(): DocumentState {
    return this.state;
  }

  edit(textCommitment: string, now: Date): void {
    if (this.state.status !== 'draft' && this.state.status !== 'approved') this.refuse();
    const version = this.state.version + 1;
    this.happened('documents.document-edited', { version, textCommitment }, now, { status: 'draft', version });
  }

  approve(files: FileCommitments, now: Date): void {
    if (this.state.status !== 'draft') this.refuse();
    const { version } = this.state;
    this.happened('documents.document-approved', { version, ...files }, now, { status: 'approved' });
  }

  issue(way: Way, outgoingMessageId: string | null, now: Date): void {
    if (this.state.status !== 'approved') this.refuse();
    const { version } = this.state;
    this.happened('documents.document-issued', { version, way, outgoingMessageId }, now, { status: 'issued' });
  }

  discard(now: Date): void {
    if (this.state.status !== 'draft' && this.state.status !== 'approved') this.refuse();
    this.happened('documents.document-discarded', {}, now, { status: 'discarded' });
  }

  private refuse(): never {
    throw new DocumentNotInState(this.state.status);
  }

  private happened(type: DocumentEventType, data: JsonObject, now: Date, change: Partial<DocumentState> = {}): void {
    this.record(documentEvent(type, { documentId: this.id, caseId: this.state.caseId, ...data }, now));
    this.state = { ...this.state, ...change };
  }
}
