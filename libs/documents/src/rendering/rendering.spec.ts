import { strFromU8, unzipSync } from 'fflate';
import { sha256Hex } from './sha256-hex.fixture';
import { parseMarkup } from '../domain/markup';
import { PdfReader } from '../pdf/pdf-reader';
import { exampleLetter } from './letter.fixture';
import { unprintableIn } from './pdf-fonts';
import { renderDocx } from './render-docx';
import { renderHtml } from './render-html';
import { renderPdf } from './render-pdf';

async function read(bytes: Buffer): Promise<{ pages: string[]; reader: PdfReader }> {
  const reader = await PdfReader.open(bytes);
  const pages = Array.from({ length: reader.pageCount }, (_, page) => reader.text(page));
  return { pages, reader };
}

function wordsOf(docx: Buffer): string {
  const xml = strFromU8(unzipSync(docx)['word/document.xml'] ?? new Uint8Array());
  return xml
    .replaceAll('<w:br/>', '\n')
    .replace(/<\/w:p>/g, '\n')
    .replace(/<[^>]+>/g, '')
    .replaceAll('&apos;', "'");
}

describe('a letter as PDF', () => {
  it('says everything the letter says, in reading order', async () => {
    const { pages, reader } = await read(await renderPdf(exampleLetter()));
    const text = pages.join('\n').replace(/\s+/g, ' ');
    const said = [
      'OFFICIAL',
      'Office of the Police and Crime Commissioner',
      'ZZ99 1WM',
      'Ms Asha Ferris',
      'Friday 20 November 2026',
      'Our reference: WM-2026-000123-K',
      'Your reference: PSD/77',
      'Dear Ms Ferris,',
      'Your application for a review',
      'West Mercia Police',
      'What we decided',
      '1. The officer’s account was not asked for.',
      '2. The outcome letter',
      '“Nobody rang me back.”',
      'Allegation',
      'Not upheld',
      '• We recommend',
      'Yours sincerely',
      'Gwenllïan Ŵyn-Ŷates',
      'Complaint Reviews Manager',
      'Leaflet about reviews',
      'Please quote',
    ];
    let at = 0;
    for (const words of said) {
      const found = text.indexOf(words, at);
      expect([words, found >= at]).toEqual([words, true]);
      at = found;
    }
    reader.close();
  });

  it('numbers its pages and has title, author, language and tags for screen readers', async () => {
    const long = Array.from(
      { length: 60 },
      (_, n) => `Paragraph ${String(n)}. ${'Some words that fill a line. '.repeat(6)}`,
    ).join('\n\n');
    const { pages, reader } = await read(await renderPdf(exampleLetter({ blocks: parseMarkup(long) })));
    expect(pages.length).toBeGreaterThan(3);
    pages.forEach((page, index) => expect(page).toContain(`Page ${String(index + 1)} of ${String(pages.length)}`));
    expect(pages.join(' ')).toContain('Paragraph 59.');
    expect([reader.meta('Title'), reader.meta('Author')]).toEqual([
      'Decision on your review',
      expect.stringContaining('West Mercia'),
    ]);
    expect([reader.language(), reader.isTagged()]).toEqual(['en-GB', true]);
    expect(reader.size(0)).toEqual({ width: expect.closeTo(595.28, 1), height: expect.closeTo(841.89, 1) });
    reader.close();
  });

  it('takes a table that is longer than a page, a word wider than a line and a row higher than a page', async () => {
    const rows = Array.from({ length: 80 }, (_, n) => `| ${String(n)} | row ${String(n)} |`).join('\n');
    const text = `| Number | What |\n${rows}\n| x | ${'high '.repeat(2000)}end |\n\n${'W'.repeat(400)}`;
    const { pages, reader } = await read(await renderPdf(exampleLetter({ blocks: parseMarkup(text) })));
    expect(pages.filter((page) => page.includes('Number What')).length).toBeGreaterThan(2);
    expect(pages.join(' ')).toMatch(/row 79[^]*high\s+end/);
    expect(pages.join('').match(/W/g)?.length).toBeGreaterThanOrEqual(400);
    reader.close();
  });

  it('is the same file when it is made again, and another when a word changes', async () => {
    const [first, again, other] = await Promise.all([
      renderPdf(exampleLetter()),
      renderPdf(exampleLetter()),
      renderPdf(exampleLetter({ subject: 'X' })),
    ]);
    expect(sha256Hex(again)).toBe(sha256Hex(first));
    expect(sha256Hex(other)).not.toBe(sha256Hex(first));
  });
});

describe('text of any kind', () => {
  const odd = 'Łódź ŵŷ 😀👩‍👩‍👧 שלום مرحبا 漢字 \ud800 \u0000\u0007 \u202eabc ﬁ e\u0301 <b>&amp;</b> \uFFFE';

  it('never stops a rendering, and what the typeface has not shows as a replacement', async () => {
    const letter = exampleLetter({
      title: odd,
      subject: odd,
      addressee: [odd],
      salutation: odd,
      marking: odd,
      blocks: parseMarkup(`# ${odd}\n\n${odd}\n\n- ${odd}\n\n| ${odd} | b |`),
    });
    const { pages, reader } = await read(await renderPdf(letter));
    expect(pages.join(' ')).toMatch(/Łódź ŵŷ \[\?\] \[\?\] \[\?\]/);
    expect(pages.join(' ')).toContain('fi é');
    reader.close();
    expect(unprintableIn(odd)).toEqual(expect.arrayContaining(['😀', '👩', '漢', '\ufffd']));
    expect(unprintableIn('Gwenllïan Ŵyn – “£5” Łódź')).toEqual([]);
    const words = wordsOf(await renderDocx(letter));
    expect(words).toContain('😀👩‍👩‍👧 שלום مرحبا 漢字');
    expect(words).toContain('&lt;b&gt;');
    const html = renderHtml(letter);
    expect(html).toContain('&lt;b&gt;&amp;amp;');
    expect(html).not.toContain('<b>');
  });
});

describe('a letter as Word file', () => {
  it('holds the words, real headings, lists and a table header', async () => {
    const files = unzipSync(await renderDocx(exampleLetter()));
    const xml = strFromU8(files['word/document.xml'] ?? new Uint8Array());
    expect(wordsOf(await renderDocx(exampleLetter()))).toMatch(
      /Ms Asha Ferris[^]*Dear Ms Ferris,[^]*Gwenllïan Ŵyn-Ŷates[^]*Leaflet/,
    );
    expect(xml).toMatch(/<w:pStyle w:val="Heading2"\/>[^]*The allegations/);
    expect(xml).toContain('<w:tblHeader');
    expect(xml.match(/<w:numPr>/g)).toHaveLength(5);
    expect(strFromU8(files['docProps/core.xml'] ?? new Uint8Array())).toContain(
      '<dc:title>Decision on your review</dc:title>',
    );
    expect(strFromU8(files['word/footer1.xml'] ?? new Uint8Array())).toContain('OFFICIAL');
  });

  it('is the same file when it is made again', async () => {
    const first = await renderDocx(exampleLetter());
    await new Promise((resolve) => setTimeout(resolve, 1100));
    expect(sha256Hex(await renderDocx(exampleLetter()))).toBe(sha256Hex(first));
  });
});
