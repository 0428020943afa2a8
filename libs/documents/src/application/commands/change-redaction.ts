import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '@app/platform';
import { InvalidDocumentInput } from '../../domain/document.errors';
import type { RedactedWords, RedactionReason } from '../../domain/redaction';
import { checkWords, withMarks, type RedactionMark } from '../../domain/redaction-mark';
import type { LetterDocument } from '../../domain/letter-document';
import { redactLetter } from '../../redaction/redact-text';
import { renderHtml } from '../../rendering/render-html';
import { runApart } from '../../work/run-apart';
import { CasePapers } from '../case-papers';
import { DocumentCases } from '../document-cases';
import { materialOf, refusing } from '../redaction-material';
import { RenditionStore, type StoredRendition } from '../rendition-store';
import type { DocumentTarget } from './edit-document';

export type RedactionChange =
  /** Every place of these words. */
  | { readonly what: 'words'; readonly words: string; readonly reason: RedactionReason }
  /** A part of a page (from 1), in hundredths of its width and height. */
  | {
      readonly what: 'area';
      readonly page: number;
      readonly left: number;
      readonly top: number;
      readonly width: number;
      readonly height: number;
      readonly reason: RedactionReason;
    }
  /** Marks that are not to be covered after all, by their place in the list. */
  | { readonly what: 'remove'; readonly marks: readonly number[] };

/** Changes what a rendition that is being made covers. Answers how many places there are now. */
export class ChangeRedaction extends Command<number> {
  constructor(
    readonly target: DocumentTarget,
    readonly change: RedactionChange,
  ) {
    super();
  }
}

@CommandHandler(ChangeRedaction)
export class ChangeRedactionHandler implements ICommandHandler<ChangeRedaction> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly cases: DocumentCases,
    private readonly store: RenditionStore,
    private readonly papers: CasePapers,
  ) {}

  /** @throws CaseNotFound, DocumentNotFound, DocumentStale, InvalidDocumentInput, RenditionIsKept */
  async execute({ target, change }: ChangeRedaction): Promise<number> {
    const added = change.what === 'remove' ? [] : await this.marksOf(target, change);
    return this.unitOfWork.run(async () => {
      const found = await this.cases.locate(target.reference);
      const row = await this.store.findDraft(found, target.id, target.ifVersion);
      const kept = change.what === 'remove' ? row.marks.filter((_, index) => !change.marks.includes(index)) : row.marks;
      const marks = withMarks(kept, added);
      await this.store.setMarks(row, marks);
      return marks.length;
    });
  }

  /** Looked for outside of the transaction: a long file takes its time. */
  private async marksOf(
    { reference, id }: DocumentTarget,
    change: Exclude<RedactionChange, { what: 'remove' }>,
  ): Promise<RedactionMark[]> {
    const { row, paper } = await this.unitOfWork.run(async () => {
      const found = await this.cases.locate(reference);
      const at = await this.store.find(found, id);
      return { row: at, paper: await this.papers.read(found, at.sourceKind, at.sourceId) };
    });
    const material = await materialOf(paper);
    if (change.what === 'area') {
      if (material.kind === 'words') throw new InvalidDocumentInput('/page', 'a text has no pages: cover words');
      return [await areaMark(row, material.pdf, change)];
    }
    const wanted = checkWords(change);
    return material.kind === 'words' ? [wordsMark(material.letter, wanted)] : placeMarks(material.pdf, wanted);
  }
}

async function placeMarks(pdf: Uint8Array, wanted: RedactedWords): Promise<RedactionMark[]> {
  const { places } = await refusing(runApart('find', { pdf, words: [wanted] }));
  if (places.length === 0) throw notFound(wanted);
  return places.map(({ page, areas, context, reason }) => ({ words: wanted.words, reason, page, areas, context }));
}

function wordsMark(letter: LetterDocument, wanted: RedactedWords): RedactionMark {
  const covered = renderHtml(redactLetter(letter, [wanted]));
  if (covered === renderHtml(letter)) throw notFound(wanted);
  return { ...wanted, page: null, areas: [], context: wanted.words };
}

function notFound({ words }: RedactedWords): InvalidDocumentInput {
  return new InvalidDocumentInput('/words', `“${words}” was not found`);
}

async function areaMark(
  { pages }: StoredRendition,
  pdf: Uint8Array,
  area: Extract<RedactionChange, { what: 'area' }>,
): Promise<RedactionMark> {
  const page = area.page - 1;
  if (!Number.isInteger(page) || page < 0 || page >= (pages ?? 0)) {
    throw new InvalidDocumentInput('/page', `must be a page from 1 to ${String(pages ?? 0)}`);
  }
  for (const side of ['left', 'top', 'width', 'height'] as const) {
    const value = area[side];
    const isSize = side === 'width' || side === 'height';
    if (!Number.isFinite(value) || value < 0 || value > 100 || (isSize && value === 0)) {
      throw new InvalidDocumentInput(`/${side}`, 'must be a number from 0 to 100');
    }
  }
  const size = await refusing(runApart('size', { pdf, page }));
  const box = {
    x: (area.left / 100) * size.width,
    y: (area.top / 100) * size.height,
    width: (Math.min(area.width, 100 - area.left) / 100) * size.width,
    height: (Math.min(area.height, 100 - area.top) / 100) * size.height,
  };
  return { words: null, reason: area.reason, page, areas: [box], context: 'A part of the page' };
}
