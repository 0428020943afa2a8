import { dayInWords } from '@app/kernel';
import { documentLine } from '../domain/document-text';
import { textOfRuns, type Block, type LetterDocument, type Runs } from '../domain/letter-document';
import { A4, lineHeight, MARGIN, PdfPaper, TEXT_WIDTH, type TextOptions } from './pdf-paper';
import { drawTable } from './pdf-table';

const GAP = 9;
const HEADINGS: Readonly<Record<1 | 2 | 3, TextOptions>> = {
  1: { style: 'bold', size: 15, gapBefore: 10, gapAfter: 6, keepBelow: 2 },
  2: { style: 'bold', size: 13, gapBefore: 8, gapAfter: 5, keepBelow: 2 },
  3: { style: 'bold', size: 12, gapBefore: 4, gapAfter: 4, keepBelow: 2 },
};
/** Where the window of a DL envelope begins on a sheet folded in three (BS 4264). */
const WINDOW_TOP = 142;
const NOTHING_SAID = new Date('2000-01-01T00:00:00Z');

export interface PdfOptions {
  /** False where pages are numbered later, as in a bundle. */
  readonly numbered?: boolean;
}

/**
 * The letter as a tagged PDF (PDF/UA) on A4 with its fonts in it. The same letter gives the same bytes. Characters that
 * the typeface has not show as `[?]`: `unprintableIn` names them beforehand.
 */
export async function renderPdf(letter: LetterDocument, { numbered = true }: PdfOptions = {}): Promise<Buffer> {
  const paper = new PdfPaper({
    title: documentLine(letter.title),
    author: documentLine(letter.letterhead?.name ?? ''),
    language: letter.language,
    madeAt: letter.date === null ? NOTHING_SAID : new Date(`${letter.date}T00:00:00Z`),
  });
  head(paper, letter);
  // Below the subject, which is the first heading, the author's headings are of the next level.
  const below = letter.subject === null ? 0 : 1;
  for (const block of letter.blocks) writeBlock(paper, block, below);
  foot(paper, letter);
  for (const block of letter.postscript) writeBlock(paper, block, below);
  return paper.end((page, pages) => furniture(paper, letter, page, numbered ? pages : null));
}

function head(paper: PdfPaper, letter: LetterDocument): void {
  const { letterhead, addressee, date, references, subject, salutation } = letter;
  if (letter.marking !== null) paper.text('P', plain(letter.marking), { style: 'bold', size: 11, gapAfter: 6 });
  if (letterhead !== null) {
    paper.text('P', plain(letterhead.name), { style: 'bold', size: 13, gapAfter: 2 });
    const { telephone, email } = letterhead;
    const lines = [
      letterhead.addressLines.join(', '),
      [telephone ? `Telephone ${telephone}` : '', email ?? ''].filter(Boolean).join(' · '),
    ];
    const shown = lines.filter((line) => line !== '').join('\n');
    if (shown !== '') paper.text('P', plain(shown), { size: 10, gapAfter: 8 });
  }
  if (addressee.length > 0) {
    paper.y = Math.max(paper.y, WINDOW_TOP);
    paper.text('P', plain(addressee.join('\n')), { gapAfter: 2 * GAP });
  }
  const about = [
    date === null ? '' : dayInWords(date),
    references.ours === null ? '' : `Our reference: ${references.ours}`,
    references.yours === null ? '' : `Your reference: ${references.yours}`,
  ].filter((line) => line !== '');
  if (about.length > 0) paper.text('P', plain(about.join('\n')), { gapAfter: 2 * GAP });
  if (salutation !== null) paper.text('P', plain(salutation), { gapAfter: GAP });
  if (subject !== null) paper.text('H1', plain(subject), { style: 'bold', size: 16, gapAfter: GAP, keepBelow: 2 });
}

function foot(paper: PdfPaper, { signOff, enclosures }: LetterDocument): void {
  if (signOff !== null) {
    // Signature and name stay on one page.
    const needed = 6 * lineHeight(12);
    if (paper.y + needed > paper.bottom) paper.newPage();
    paper.text('P', plain(signOff.valediction), { gapBefore: GAP, gapAfter: 40 });
    paper.text(
      'P',
      [{ text: signOff.name, bold: true }, ...(signOff.role === null ? [] : plain(`\n${signOff.role}`))],
      { gapAfter: GAP },
    );
  }
  if (enclosures.length === 0) return;
  paper.text('P', [{ text: 'Enclosures', bold: true }], { gapBefore: GAP, gapAfter: 3, keepBelow: 1 });
  writeList(paper, false, enclosures.map(plain));
}

function writeBlock(paper: PdfPaper, block: Block, below: number): void {
  switch (block.kind) {
    case 'heading': {
      paper.pdf.outline.addItem(documentLine(textOfRuns(block.runs)));
      return paper.text(`H${String(block.level + below)}`, block.runs, HEADINGS[block.level]);
    }
    case 'paragraph':
      return paper.text('P', block.runs, { gapAfter: GAP });
    case 'quote':
      return writeQuote(paper, block.runs);
    case 'list':
      return writeList(paper, block.ordered, block.items);
    case 'table':
      return drawTable(paper, block);
    case 'page-break':
      return paper.newPage();
  }
}

function writeQuote(paper: PdfPaper, runs: Runs): void {
  const indent = 20;
  const from = { page: paper.pdf.bufferedPageRange().count, y: paper.y };
  const quote = paper.element('BlockQuote');
  paper.text('P', runs, { left: MARGIN.left + indent, width: TEXT_WIDTH - indent, gapAfter: 0 }, quote);
  quote.end();
  if (from.page === paper.pdf.bufferedPageRange().count) {
    const x = MARGIN.left + 6;
    paper.artifact(() => paper.pdf.moveTo(x, from.y).lineTo(x, paper.y).lineWidth(2).stroke('#888888'));
  }
  paper.y += GAP;
}

function writeList(paper: PdfPaper, ordered: boolean, items: readonly Runs[]): void {
  const indent = 24;
  const list = paper.element('L');
  items.forEach((item, index) => {
    const item12 = paper.lines(item, { width: TEXT_WIDTH - indent });
    if (paper.y + Math.min(2, item12.length) * lineHeight(12) > paper.bottom) paper.newPage();
    const entry = paper.element('LI', list);
    const label = paper.element('Lbl', entry);
    const mark = paper.lines(plain(ordered ? `${String(index + 1)}.` : '•'));
    const content = paper.pdf.markStructureContent('Lbl');
    for (const line of mark) paper.drawLine(line, MARGIN.left + 6, paper.y, 12);
    paper.pdf.endMarkedContent();
    label.add(content);
    label.end();
    const body = paper.element('LBody', entry);
    paper.draw(body, 'LBody', item12, { left: MARGIN.left + indent });
    body.end();
    entry.end();
    paper.y += 3;
  });
  list.end();
  paper.y += GAP - 3;
}

/** What every page says at its foot; for the eye, as the reader of a tagged file knows its page anyway. */
function furniture(paper: PdfPaper, letter: LetterDocument, page: number, pages: number | null): void {
  const line = (text: string, place: 'left' | 'right' | 'centre', top: number, style: 'regular' | 'bold'): void => {
    const [printed] = paper.lines(plain(documentLine(text)), { size: 9, style, width: TEXT_WIDTH });
    if (!printed) return;
    const free = A4.width - MARGIN.left - MARGIN.right - printed.width;
    const shift = { left: 0, right: free, centre: free / 2 }[place];
    paper.drawLine(printed, MARGIN.left + shift, top, 9, '#333333');
  };
  const foot = A4.height - 44;
  if (letter.references.ours !== null) line(letter.references.ours, 'left', foot, 'regular');
  if (pages !== null) line(`Page ${String(page)} of ${String(pages)}`, 'right', foot, 'regular');
  if (letter.marking === null) return;
  line(letter.marking, 'centre', foot, 'bold');
  if (page > 1) line(letter.marking, 'left', 36, 'bold');
}

function plain(text: string): Runs {
  return [{ text }];
}
