import { randomUUID } from 'node:crypto';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Clock, type JsonObject } from '@app/kernel';
import { UnitOfWork } from '@app/platform';
import { CaseDocument } from '../../domain/case-document';
import type { LetterSource } from '../../domain/letter-source';
import { CaseFields } from '../case-fields';
import { composeLetter } from '../compose-letter';
import { DocumentCases, type DocumentCase } from '../document-cases';
import { DocumentStore } from '../document-store';
import { checkSource } from '../source-check';

export interface DraftDocumentInput {
  /** A code such as `letter` or `decision-letter`: what the document is to the context that asks for it. */
  readonly kind: string;
  readonly title: string;
  /** For whom it is, in words for the list: "Applicant", "Appropriate authority". */
  readonly party?: string | null;
  /** Lines of name and address. */
  readonly addressee?: readonly string[];
  /** A template of the configuration; without one, `subject` and `text` are what it begins with. */
  readonly template?: string | null;
  /** Values for the template beyond those of the case: words of anybody's. */
  readonly fields?: JsonObject;
  /** Names of fields whose value our own people wrote in the markup. */
  readonly written?: readonly string[];
  readonly subject?: string | null;
  readonly text?: string | null;
  /** `YYYY-MM-DD`; today where it is left out. */
  readonly date?: string | null;
  readonly yourReference?: string | null;
  readonly marking?: string | null;
  readonly language?: LetterSource['language'];
}

/** Begins a letter on a case. Answers its id; fields without a value stand in it as `[[field]]`. */
export class DraftDocument extends Command<string> {
  constructor(
    readonly reference: string,
    readonly input: DraftDocumentInput,
  ) {
    super();
  }
}

@CommandHandler(DraftDocument)
export class DraftDocumentHandler implements ICommandHandler<DraftDocument> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly cases: DocumentCases,
    private readonly fields: CaseFields,
    private readonly store: DocumentStore,
    private readonly clock: Clock,
  ) {}

  /** @throws CaseNotFound, InvalidCaseInput, InvalidDocumentInput, TemplateUnusable */
  execute({ reference, input }: DraftDocument): Promise<string> {
    return this.unitOfWork.run(async () => {
      const found = await this.cases.locate(reference);
      const source = checkSource(await this.source(found, input));
      const kept = this.store.keep(source);
      const of = { caseId: found.id, office: found.office, kind: input.kind };
      const document = CaseDocument.draft(randomUUID(), of, kept.textCommitment, this.clock.now());
      await this.store.add(document, source, kept, input.party ?? null);
      return document.id;
    });
  }

  private async source(found: DocumentCase, input: DraftDocumentInput): Promise<LetterSource> {
    const frame = {
      title: input.title,
      language: input.language ?? 'en-GB',
      letterhead: await this.fields.letterhead(found.office),
      addressee: input.addressee ?? [],
      date: input.date ?? this.fields.today(),
      references: { ours: found.reference, yours: input.yourReference ?? null },
      marking: input.marking ?? null,
    };
    const { template = null } = input;
    if (template === null) return { ...frame, subject: input.subject ?? null, text: input.text ?? '' };
    const { subject, body } = await this.fields.template(template, found.office);
    const values = { ...(await this.fields.of(found)), ...input.fields };
    return composeLetter({ subject, body }, values, frame, { written: input.written ?? [] }).source;
  }
}
