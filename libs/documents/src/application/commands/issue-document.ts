import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { CaseLetters, CaseRepository } from '@app/casework';
import { Clock } from '@app/kernel';
import { isMailAddress } from '@app/notifications';
import { ContentStore, currentCaller, UnitOfWork } from '@app/platform';
import type { Way } from '../../domain/document-status';
import { DocumentNotInState, InvalidDocumentInput } from '../../domain/document.errors';
import { DocumentCases, type DocumentCase } from '../document-cases';
import { DocumentStore, type StoredDocument } from '../document-store';
import { documentFilename, PDF_TYPE } from '../document-filename';
import { plainTextOf } from '../plain-text';
import type { DocumentTarget } from './edit-document';

export type IssueInput =
  /** A mail to one address with the PDF in it. `body` is the mail's own text. */
  | {
      readonly way: 'email';
      readonly to: string;
      readonly subject: string;
      readonly body: string;
      readonly cautionRead: boolean;
      readonly toOther?: boolean;
    }
  /** Printed and sent or handed over; the thread of the case shows it, unless it is to somebody else. */
  | {
      readonly way: 'post' | 'in-person';
      readonly cautionRead: boolean;
      /** To somebody else than the correspondent, who must not find it when they follow their case. */
      readonly toOther?: boolean;
    };

/** Issues an approved document once: from then on nothing changes it. Answers the id of the outgoing message, if any. */
export class IssueDocument extends Command<string | null> {
  constructor(
    readonly target: DocumentTarget,
    readonly input: IssueInput,
  ) {
    super();
  }
}

@CommandHandler(IssueDocument)
export class IssueDocumentHandler implements ICommandHandler<IssueDocument> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly cases: DocumentCases,
    private readonly store: DocumentStore,
    private readonly repository: CaseRepository,
    private readonly letters: CaseLetters,
    private readonly content: ContentStore,
    private readonly clock: Clock,
  ) {}

  /** @throws CaseNotFound, DocumentNotFound, DocumentNotInState, DocumentStale, InvalidCaseInput, InvalidDocumentInput */
  execute({ target: { reference, id, ifVersion }, input }: IssueDocument): Promise<string | null> {
    return this.unitOfWork.run(async () => {
      const found = await this.cases.locate(reference);
      const caseFile = await this.repository.load(found.id);
      const stored = await this.store.load(found, id, ifVersion);
      const { document } = stored;
      if (document.snapshot().status !== 'approved') throw new DocumentNotInState(document.snapshot().status);
      await this.letters.requireCautionRead(caseFile, input.cautionRead);
      const outgoingId =
        input.way === 'email'
          ? await this.mail(found, stored, input)
          : input.toOther === true
            ? null
            : await this.letters.recordPosted(
                caseFile,
                { to_address: null, subject: stored.source.title, body: plainTextOf(stored.source) },
                this.clock.now(),
              );
      return this.conclude(stored, input.way, outgoingId);
    });
  }

  private async mail(
    found: DocumentCase,
    { source, pdf }: StoredDocument,
    { to, subject, body, toOther = false }: Extract<IssueInput, { way: 'email' }>,
  ): Promise<string> {
    if (!isMailAddress(to)) throw new InvalidDocumentInput('/to', 'must be an e-mail address');
    if (subject.trim() === '') throw new InvalidDocumentInput('/subject', 'must not be empty');
    if (body.trim() === '') throw new InvalidDocumentInput('/body', 'must not be empty');
    if (pdf === null) throw new Error('An approved document has no file');
    const { length: sizeBytes } = await this.content.read(found.office, pdf);
    const filename = documentFilename(found.reference, source.title, 'pdf');
    const file = { filename, contentType: PDF_TYPE, sizeBytes, sha256: pdf };
    const caseFile = await this.repository.load(found.id);
    return this.letters.queue(
      caseFile,
      // A letter to somebody else is no part of the correspondent's thread of mails.
      toOther ? 'forward' : 'letter',
      { to_address: to, subject, body },
      { automatic: false, files: [file] },
    );
  }

  private async conclude({ document }: StoredDocument, way: Way, outgoingId: string | null): Promise<string | null> {
    const now = this.clock.now();
    document.issue(way, outgoingId, now);
    await this.store.save(document, {
      issued_by: currentCaller().actor.id,
      issued_at: now,
      issued_by_way_of: way,
      outgoing_message_id: outgoingId,
    });
    return outgoingId;
  }
}
