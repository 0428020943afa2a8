import { textOfRuns, type Block, type Runs } from '../domain/letter-document';
import { lineHeight, MARGIN, TEXT_WIDTH, type Element, type PdfPaper } from './pdf-paper';
import type { PrintedLine } from './pdf-lines';

type Table = Extract<Block, { kind: 'table' }>;

const SIZE = 11;
const PADDING = { x: 5, y: 3 } as const;
const NARROWEST = 44;
const GAP_AFTER = 10;

/** A table with rules between its rows; its header is repeated, for the eye, where it goes on over a page. */
export function drawTable(paper: PdfPaper, { header, rows }: Table): void {
  const columns = widthsOf([header, ...rows]);
  const table = paper.element('Table');
  const headed = cells(paper, header, columns, true);
  const first = rows[0] ? heightOf(cells(paper, rows[0], columns, false)) : 0;
  if (paper.y + heightOf(headed) + Math.min(first, 60) > paper.bottom) paper.newPage();
  drawRow(paper, table, headed, columns, 'TH', () => undefined);
  for (const row of rows) {
    drawRow(paper, table, cells(paper, row, columns, false), columns, 'TD', () => {
      paper.artifact(() => drawCells(paper, headed, columns));
      paper.y += heightOf(headed);
      rule(paper);
    });
  }
  table.end();
  paper.y += GAP_AFTER;
}

type Cells = readonly (readonly PrintedLine[])[];

function cells(paper: PdfPaper, row: readonly Runs[], columns: readonly number[], isHeader: boolean): Cells {
  return row.map((cell, index) =>
    paper.lines(cell, {
      size: SIZE,
      style: isHeader ? 'bold' : 'regular',
      width: (columns[index] ?? NARROWEST) - 2 * PADDING.x,
    }),
  );
}

/** By what they hold: a column of dates needs less room than one of words. */
function widthsOf(rows: readonly (readonly Runs[])[]): number[] {
  const count = rows[0]?.length ?? 1;
  const weights = Array.from({ length: count }, (_, column) => {
    const lengths = rows.map((row) => textOfRuns(row[column] ?? []).length);
    return Math.sqrt(Math.max(4, ...lengths));
  });
  const least = Math.min(NARROWEST, TEXT_WIDTH / count);
  const spare = TEXT_WIDTH - least * count;
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => least + (spare * weight) / total);
}

function linesIn(row: Cells): number {
  return Math.max(1, ...row.map((lines) => lines.length));
}

function heightOf(row: Cells): number {
  return linesIn(row) * lineHeight(SIZE) + 2 * PADDING.y;
}

/** A row goes on the page that has room for it; only one that is higher than a page is cut. */
function drawRow(
  paper: PdfPaper,
  table: Element,
  row: Cells,
  columns: readonly number[],
  type: 'TH' | 'TD',
  onNewPage: () => void,
): void {
  const entry = paper.element('TR', table);
  const elements = row.map(() => paper.element(type, entry, type === 'TH' ? { scope: 'Column' } : {}));
  const total = linesIn(row);
  for (let from = 0; from < total;) {
    const room = Math.floor((paper.bottom - paper.y - 2 * PADDING.y) / lineHeight(SIZE));
    if (room < Math.min(total - from, 3) || (from === 0 && room < total && fitsAPage(total))) {
      paper.newPage();
      onNewPage();
      continue;
    }
    const slice = row.map((lines) => lines.slice(from, from + room));
    drawCells(paper, slice, columns, elements, type);
    paper.y += Math.min(room, total - from) * lineHeight(SIZE) + 2 * PADDING.y;
    from += room;
    rule(paper);
  }
  for (const element of elements) element.end();
  entry.end();
}

function fitsAPage(lines: number): boolean {
  return lines <= 40;
}

function drawCells(
  paper: PdfPaper,
  row: Cells,
  columns: readonly number[],
  elements: readonly Element[] = [],
  type = 'TD',
): void {
  let left: number = MARGIN.left;
  row.forEach((lines, column) => {
    const element = elements[column];
    const content = element ? paper.pdf.markStructureContent(type) : null;
    lines.forEach((line, index) => {
      paper.drawLine(line, left + PADDING.x, paper.y + PADDING.y + index * lineHeight(SIZE), SIZE);
    });
    if (element && content) {
      paper.pdf.endMarkedContent();
      element.add(content);
    }
    left += columns[column] ?? 0;
  });
}

function rule(paper: PdfPaper): void {
  paper.artifact(() =>
    paper.pdf
      .moveTo(MARGIN.left, paper.y)
      .lineTo(MARGIN.left + TEXT_WIDTH, paper.y)
      .lineWidth(0.5)
      .stroke('#888888'),
  );
}
