import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { FileNotReleased } from '@app/casework';
import { Clock, londonDate } from '@app/kernel';
import { UnitOfWork } from '@app/platform';
import type { BundleEntry, BundleItem, BundleSource } from '../../bundle/bundle';
import { InvalidDocumentInput } from '../../domain/document.errors';
import { runApart } from '../../work/run-apart';
import { CasePapers, type CasePaper, type PaperKind } from '../case-papers';
import { DocumentCases, type DocumentCase } from '../document-cases';
import { documentFilename, PDF_TYPE } from '../document-filename';
import type { DocumentFile } from './get-document-file';

export interface ChosenPaper {
  readonly kind: PaperKind;
  readonly id: string;
  readonly title: string;
  readonly date: string | null;
}

export interface BundleFile extends DocumentFile {
  readonly pages: number;
  readonly entries: readonly BundleEntry[];
}

export const MOST_PAPERS = 300;
/** All that is put together, before it is. */
const MOST_BYTES = 300 * 1024 * 1024;

/** Papers of a case as one PDF with an index, in the order given. */
export class BundleCase extends Query<BundleFile> {
  constructor(
    readonly reference: string,
    readonly title: string,
    readonly marking: string | null,
    readonly papers: readonly ChosenPaper[],
  ) {
    super();
  }
}

@QueryHandler(BundleCase)
export class BundleCaseHandler implements IQueryHandler<BundleCase> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly cases: DocumentCases,
    private readonly papers: CasePapers,
    private readonly clock: Clock,
  ) {}

  /** @throws CaseNotFound, DocumentNotFound, CaseContentNotFound, InvalidDocumentInput */
  async execute({ reference, title, marking, papers }: BundleCase): Promise<BundleFile> {
    if (title.trim() === '') throw new InvalidDocumentInput('/title', 'give the bundle a title');
    if (papers.length === 0) throw new InvalidDocumentInput('/papers', 'choose what goes into the bundle');
    if (papers.length > MOST_PAPERS) {
      throw new InvalidDocumentInput('/papers', `must not be more than ${String(MOST_PAPERS)}`);
    }
    const { found, items } = await this.unitOfWork.run(async () => {
      const at = await this.cases.read(reference);
      return { found: at, items: await this.items(at, papers) };
    });
    const { pdf, pages, entries } = await runApart('bundle', {
      title,
      reference: found.reference,
      marking,
      madeOn: londonDate(this.clock.now()),
      items,
    });
    const filename = documentFilename(found.reference, title, 'pdf');
    return { filename, contentType: PDF_TYPE, bytes: Buffer.from(pdf), pages, entries };
  }

  private async items(found: DocumentCase, papers: readonly ChosenPaper[]): Promise<BundleItem[]> {
    const items: BundleItem[] = [];
    let bytes = 0;
    for (const { kind, id, title, date } of papers) {
      let source = await this.source(found, kind, id);
      if (source.kind === 'pdf' || source.kind === 'image') bytes += source.bytes.length;
      if (bytes > MOST_BYTES) source = { kind: 'left-out', reason: 'the bundle would become too large' };
      items.push({ title, date, source });
    }
    return items;
  }

  private async source(found: DocumentCase, kind: PaperKind, id: string): Promise<BundleSource> {
    try {
      return sourceOf(await this.papers.read(found, kind, id));
    } catch (error) {
      if (!(error instanceof FileNotReleased)) throw error;
      return { kind: 'left-out', reason: 'the file is held back by the virus check' };
    }
  }
}

function sourceOf({ content, approved }: CasePaper): BundleSource {
  if (approved) return { kind: 'pdf', bytes: approved };
  if (content.kind === 'other') return { kind: 'left-out', reason: 'only PDF files, pictures and texts can go in' };
  return content;
}
