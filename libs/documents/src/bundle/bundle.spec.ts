import { PDFDocument, PDFName } from '@cantoo/pdf-lib';
import { PdfReader } from '../pdf/pdf-reader';
import { lockedPdf, readPdf, samplePdf, samplePng } from '../pdf/sample-files.fixture';
import { exampleLetter } from '../rendering/letter.fixture';
import type { BundleItem, BundleRequest } from './bundle';
import { buildBundle } from './build-bundle';

const item = (title: string, source: BundleItem['source'], date: string | null = '2026-03-03'): BundleItem => ({
  title,
  date,
  source,
});
const request = (items: readonly BundleItem[]): BundleRequest => ({
  title: 'Review bundle',
  reference: 'WM-2026-000123-K',
  marking: 'OFFICIAL',
  madeOn: '2026-11-22',
  items,
});

describe('a bundle', () => {
  it('holds every paper in order with index, page numbers and bookmarks, and says what is not in it and why', async () => {
    const { pdf, entries, pages } = await buildBundle(
      request([
        item('Outcome letter', { kind: 'letter', letter: exampleLetter() }),
        item(
          'Handler’s report',
          { kind: 'pdf', bytes: await samplePdf(['Report one', 'Report two', 'Report three']) },
          null,
        ),
        item('Locked file', { kind: 'pdf', bytes: await lockedPdf() }),
        item('Rubbish', { kind: 'pdf', bytes: Buffer.from('%PDF-1.7 no more than that') }),
        item('Photograph', { kind: 'image', bytes: await samplePng() }),
        item('A picture of another kind', { kind: 'image', bytes: Buffer.from('GIF89a') }),
        item('Call note', { kind: 'text', text: '# not a heading\nWords *as they are*' }),
        item('Word file', { kind: 'left-out', reason: 'it is a Word file' }),
      ]),
    );
    const read = await readPdf(pdf);
    expect(read.pages).toHaveLength(pages);
    read.pages.forEach((page, index) => expect(page).toContain(`Bundle ${String(index + 1)} of ${String(pages)}`));
    expect(entries.map(({ first, last }) => [first, last])).toEqual([
      [2, 3],
      [4, 6],
      [null, null],
      [null, null],
      [7, 7],
      [null, null],
      [8, 8],
      [null, null],
    ]);
    expect(entries.map(({ problem }) => problem)).toEqual([
      null,
      null,
      'the file is locked with a password',
      'the file is damaged or no PDF',
      null,
      'pictures of this kind cannot be shown: only JPEG and PNG',
      null,
      'it is a Word file',
    ]);
    expect(read.pages[0]).toMatch(
      /Review bundle .*1 Outcome letter Tuesday 3 March 2026 2 to 3 .*2 Handler’s report – 4 to 6 .*Not in this bundle: the file is locked with a password/,
    );
    expect([read.pages[3], read.pages[5], read.pages[7]]).toEqual([
      expect.stringContaining('Report one'),
      expect.stringContaining('Report three'),
      expect.stringContaining('# not a heading Words *as they are*'),
    ]);
    expect(read.bookmarks).toEqual([
      { title: 'Index', page: 0 },
      { title: '1. Outcome letter', page: 1 },
      { title: '2. Handler’s report', page: 3 },
      { title: '5. Photograph', page: 6 },
      { title: '7. Call note', page: 7 },
    ]);
    expect(read.meta).toMatchObject({ Title: 'Review bundle', Author: expect.not.stringContaining('Unnamed') });
  });

  it('counts an index of several pages into its page numbers', async () => {
    const pdf = await samplePdf(['A page']);
    const items = Array.from({ length: 45 }, (_, n) => item(`Paper ${String(n + 1)}`, { kind: 'pdf', bytes: pdf }));
    const { entries, pages, pdf: bundle } = await buildBundle(request(items));
    const front = pages - 45;
    expect(front).toBeGreaterThan(1);
    expect(entries[44]).toMatchObject({ first: pages, last: pages });
    const read = await readPdf(bundle);
    expect(read.pages[front]).toContain('A page');
    expect(read.pages.slice(0, front).join(' ')).toContain(`Paper 45 Tuesday 3 March 2026 ${String(pages)}`);
    expect(read.bookmarks.at(-1)).toEqual({ title: '45. Paper 45', page: pages - 1 });
  });

  it.each([90, 180, 270] as const)(
    'numbers a page that is turned by %i where its reader looks for it',
    async (turn) => {
      const { pdf } = await buildBundle(
        request([item('Scan', { kind: 'pdf', bytes: await samplePdf(['Turned'], turn) })]),
      );

      const reader = await PdfReader.open(pdf);
      const { width, height } = reader.size(1);
      const stamp = reader.onCharacters(1, (page) => page.areaOf(page.texts.indexOf('B')));
      expect(stamp?.y).toBeGreaterThan(height - 40);
      expect(Math.abs((stamp?.x ?? 0) - width / 2)).toBeLessThan(60);
      reader.close();
    },
  );

  it('takes what would act from the pages of strangers', async () => {
    const document = await PDFDocument.load(await samplePdf(['Innocent']));
    const [page] = document.getPages();
    const script = { S: 'JavaScript', JS: 'app.alert(1)' };
    page?.node.set(PDFName.of('AA'), document.context.obj({ O: script }));
    const link = { Type: 'Annot', Subtype: 'Link', Rect: [0, 0, 9, 9], A: script };
    const file = { Type: 'Annot', Subtype: 'FileAttachment', Rect: [0, 0, 9, 9] };
    page?.node.set(PDFName.of('Annots'), document.context.obj([link, file]));
    const bytes = await document.save({ useObjectStreams: false });
    expect(Buffer.from(bytes).includes('JavaScript')).toBe(true);
    const { pdf } = await buildBundle(request([item('Odd', { kind: 'pdf', bytes })]));
    const plain = await (await PDFDocument.load(pdf)).save({ useObjectStreams: false });
    expect(Buffer.from(plain).includes('JavaScript')).toBe(false);
    expect(Buffer.from(plain).includes('FileAttachment')).toBe(false);
  });
});
