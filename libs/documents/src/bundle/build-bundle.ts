import { ParseSpeeds, PDFDocument, PDFName, type PDFPage } from '@cantoo/pdf-lib';
import { dayInWords } from '@app/kernel';
import { documentLine } from '../domain/document-text';
import type { LetterDocument, Runs } from '../domain/letter-document';
import { renderPdf } from '../rendering/render-pdf';
import { MOST_BUNDLE_PAGES, type Bundle, type BundleEntry, type BundleItem, type BundleRequest } from './bundle';
import { addOutline } from './bundle-outline';
import { disarm } from './disarm-page';
import { ItemLeftOut, itemPages } from './item-pages';
import { stampPages } from './stamp-pages';

/**
 * One PDF of many papers: an index in front (number, title, date, pages), "Bundle n of m" on every page, and a bookmark
 * for each item. What cannot go in (locked, damaged, too large) is listed in the index with the reason: one bad file
 * never fails the whole.
 */
export async function buildBundle(request: BundleRequest): Promise<Bundle> {
  const merged = await PDFDocument.create({ updateMetadata: false });
  const counted: { readonly pages: number; readonly problem: string | null }[] = [];
  for (const item of request.items) counted.push(await addItem(merged, item));
  let front = 1;
  for (let tries = 0; tries < 5; tries += 1) {
    const index = await PDFDocument.load(await indexPdf(request, entriesOf(request.items, counted, front)), {
      parseSpeed: ParseSpeeds.Fastest,
    });
    if (index.getPageCount() === front || tries === 4)
      return finish(request, index, merged, entriesOf(request.items, counted, front));
    front = index.getPageCount();
  }
  throw new Error('The index of a bundle has no stable length');
}

async function addItem(
  merged: PDFDocument,
  item: BundleItem,
): Promise<{ readonly pages: number; readonly problem: string | null }> {
  const before = merged.getPageCount();
  try {
    const source = await itemPages(item);
    const pages = source.getPageCount();
    if (before + pages > MOST_BUNDLE_PAGES) throw new ItemLeftOut('the bundle would become too long');
    for (const page of await merged.copyPages(source, source.getPageIndices())) {
      disarm(page);
      merged.addPage(page);
    }
    return { pages, problem: null };
  } catch (error) {
    while (merged.getPageCount() > before) merged.removePage(merged.getPageCount() - 1);
    return { pages: 0, problem: error instanceof ItemLeftOut ? error.message : 'the file could not be read' };
  }
}

function entriesOf(
  items: readonly BundleItem[],
  counted: readonly { readonly pages: number; readonly problem: string | null }[],
  front: number,
): BundleEntry[] {
  let next = front + 1;
  return items.map(({ title, date }, index) => {
    const { pages = 0, problem = null } = counted[index] ?? {};
    const first = pages === 0 ? null : next;
    next += pages;
    return { title: documentLine(title), date, first, last: pages === 0 ? null : next - 1, problem };
  });
}

function indexPdf(request: BundleRequest, entries: readonly BundleEntry[]): Promise<Buffer> {
  const plain = (text: string): Runs => [{ text }];
  const cells = ({ title, date, first, last, problem }: BundleEntry, index: number): Runs[] => [
    plain(String(index + 1)),
    problem === null
      ? plain(title)
      : [{ text: `${title}\n` }, { text: `Not in this bundle: ${problem}`, italic: true }],
    plain(date === null ? '–' : dayInWords(date)),
    plain(first === null ? '–' : first === last ? String(first) : `${String(first)} to ${String(last)}`),
  ];
  const letter: LetterDocument = {
    title: request.title,
    language: 'en-GB',
    letterhead: null,
    addressee: [],
    date: request.madeOn,
    references: { ours: request.reference, yours: null },
    subject: request.title,
    salutation: null,
    blocks: [
      { kind: 'heading', level: 2, runs: plain('Index') },
      { kind: 'table', header: ['Number', 'Item', 'Date', 'Pages'].map(plain), rows: entries.map(cells) },
    ],
    signOff: null,
    enclosures: [],
    postscript: [],
    marking: request.marking,
  };
  return renderPdf(letter, { numbered: false });
}

async function finish(
  request: BundleRequest,
  bundle: PDFDocument,
  merged: PDFDocument,
  entries: readonly BundleEntry[],
): Promise<Bundle> {
  // Tags that cover the index alone would hide everything else from a screen reader.
  for (const key of ['StructTreeRoot', 'MarkInfo', 'Metadata', 'Outlines']) bundle.catalog.delete(PDFName.of(key));
  for (const page of await bundle.copyPages(merged, merged.getPageIndices())) bundle.addPage(page);
  const pages: PDFPage[] = bundle.getPages();
  await stampPages(bundle, pages, 'Bundle');
  addOutline(bundle, pages, [
    { title: 'Index', page: 0 },
    ...entries.flatMap(({ title, first }, index) =>
      first === null ? [] : [{ title: `${String(index + 1)}. ${title}`, page: first - 1 }],
    ),
  ]);
  bundle.setTitle(documentLine(request.title), { showInWindowTitleBar: true });
  bundle.setLanguage('en-GB');
  const madeAt = new Date(`${request.madeOn}T00:00:00Z`);
  bundle.setCreationDate(madeAt);
  bundle.setModificationDate(madeAt);
  bundle.setProducer('Postbag');
  bundle.setCreator('Postbag');
  return { pdf: await bundle.save({ objectsPerTick: Infinity }), pages: pages.length, entries };
}
