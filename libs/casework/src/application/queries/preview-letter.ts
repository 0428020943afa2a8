import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '@app/platform';
import type { CaseFile } from '../../domain/case-file';
import { CaseLetters } from '../case-letters';
import { CaseRepository } from '../case-repository';
import { CaseSettings } from '../case-settings';
import { CaseReader } from './read-case';

/** A letter as its reader would get it. */
export interface LetterPreview {
  readonly from: string;
  readonly to: string | null;
  readonly subject: string;
  readonly body: string;
}

/** What a template makes of a case. `replyText` stands where it has a place for the author's words. */
export class PreviewLetter extends Query<LetterPreview> {
  constructor(
    readonly reference: string,
    readonly template: string | null,
    readonly replyText: string | null,
  ) {
    super();
  }
}

@QueryHandler(PreviewLetter)
export class PreviewLetterHandler implements IQueryHandler<PreviewLetter> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly reader: CaseReader,
    private readonly repository: CaseRepository,
    private readonly letters: CaseLetters,
    private readonly settings: CaseSettings,
  ) {}

  /** Without a template: an empty letter under the subject of a reply. @throws CaseNotFound, InvalidCaseInput */
  execute({ reference, template, replyText }: PreviewLetter): Promise<LetterPreview> {
    return this.unitOfWork.run(async () => {
      const found = await this.reader.find(reference, 'case-read');
      const caseFile = await this.repository.loadByReference(found.reference);
      const { subject, body } = await this.letter(caseFile, template, replyText);
      const office = await this.settings.office(found.office);
      const { address } = await this.letters.recipient(caseFile);
      return { from: office.mailboxes[0] ?? '', to: address, subject, body };
    });
  }

  private async letter(
    caseFile: CaseFile,
    template: string | null,
    replyText: string | null,
  ): Promise<{ subject: string; body: string }> {
    if (template !== null) return this.letters.render(caseFile, template, { replyText });
    return { subject: await this.letters.replySubject(caseFile), body: replyText ?? '' };
  }
}
