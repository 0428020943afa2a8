import PDFDocument from 'pdfkit';
import type { Runs } from '../domain/letter-document';
import { fontBytes, type Style } from './pdf-fonts';
import { breakLines, type Measure, type PrintedLine } from './pdf-lines';

/** An element of the structure that a screen reader goes by. */
export type Element = PDFKit.PDFStructureElement;

export const A4 = { width: 595.28, height: 841.89 } as const;
export const MARGIN = { top: 62, bottom: 72, left: 72, right: 72 } as const;
export const TEXT_WIDTH = A4.width - MARGIN.left - MARGIN.right;
const LEADING = 1.36;

export interface PaperOptions {
  readonly title: string;
  readonly author: string;
  readonly language: string;
  /** The same document made again is the same file: it never says when it was made. */
  readonly madeAt: Date;
}

export interface TextOptions {
  readonly style?: Style;
  readonly size?: number;
  readonly left?: number;
  readonly width?: number;
  readonly gapBefore?: number;
  readonly gapAfter?: number;
  readonly color?: string;
  /** Lines that must find room below this text, so that a heading is not the last line of a page. */
  readonly keepBelow?: number;
}

/** A PDF of A4 pages that is written from top to bottom, tagged as it is written. */
export class PdfPaper {
  readonly pdf: PDFKit.PDFDocument;
  readonly root: Element;
  y: number = MARGIN.top;
  private readonly widths = new Map<string, number>();
  private readonly fonts = new Set<string>();

  constructor({ title, author, language, madeAt }: PaperOptions) {
    this.pdf = new PDFDocument({
      size: 'A4',
      // We break pages ourselves.
      margins: { top: 0, bottom: 0, left: 0, right: 0 },
      pdfVersion: '1.7',
      // Not yet in the types; PDF/UA is what says "this was made to be read aloud".
      subset: 'PDF/UA' as never,
      tagged: true,
      lang: language,
      displayTitle: true,
      bufferPages: true,
      info: {
        Title: title,
        Author: author,
        Creator: 'Postbag',
        Producer: 'Postbag',
        CreationDate: madeAt,
        ModDate: madeAt,
      },
      font: fontBytes('latin-400-normal') as never,
    });
    this.root = this.pdf.struct('Document');
    this.pdf.addStructure(this.root);
  }

  get bottom(): number {
    return A4.height - MARGIN.bottom;
  }

  element(type: string, parent: Element = this.root, options: object = {}): Element {
    const element = this.pdf.struct(type, options);
    parent.add(element);
    return element;
  }

  lines(runs: Runs, { style = 'regular', size = 12, width = TEXT_WIDTH }: TextOptions = {}): PrintedLine[] {
    return breakLines(runs, width, this.measure(size), style);
  }

  /** Writes text as one element of its own. */
  text(type: string, runs: Runs, options: TextOptions = {}, parent: Element = this.root): void {
    const { size = 12, gapBefore = 0, gapAfter = 0, keepBelow = 0 } = options;
    const lines = this.lines(runs, options);
    if (this.y > MARGIN.top) this.y += gapBefore;
    const height = lineHeight(size);
    // No single line of a paragraph alone at the foot of a page.
    const together = Math.min(lines.length, 2) + keepBelow;
    if (this.y + together * height > this.bottom) this.newPage();
    const element = this.element(type, parent);
    this.draw(element, type, lines, options);
    element.end();
    this.y += gapAfter;
  }

  /** Draws lines from here on, over as many pages as it takes, as content of the element. */
  draw(element: Element, type: string, lines: readonly PrintedLine[], options: TextOptions = {}): void {
    const { size = 12, left = MARGIN.left, color = 'black' } = options;
    const height = lineHeight(size);
    for (let from = 0; from < lines.length;) {
      if (this.y + height > this.bottom) this.newPage();
      const fits = Math.max(1, Math.floor((this.bottom - this.y) / height));
      const content = this.pdf.markStructureContent(type);
      for (const line of lines.slice(from, from + fits)) {
        this.drawLine(line, left, this.y, size, color);
        this.y += height;
      }
      this.pdf.endMarkedContent();
      element.add(content);
      from += fits;
    }
  }

  drawLine(line: PrintedLine, left: number, top: number, size: number, color = 'black'): void {
    let x = left;
    for (const part of line.parts) {
      this.use(part.font, size);
      this.pdf.fillColor(color).text(part.text, x, top, { lineBreak: false });
      x += this.measure(size)(part);
    }
  }

  /** What is drawn for the eye alone. */
  artifact(draw: () => void, type: 'Layout' | 'Pagination' = 'Layout'): void {
    this.pdf.markContent('Artifact', { type });
    draw();
    this.pdf.endMarkedContent();
  }

  newPage(): void {
    this.pdf.addPage();
    this.y = MARGIN.top;
  }

  /** Draws on every page once all are there, and ends. */
  async end(onPage: (page: number, pages: number) => void): Promise<Buffer> {
    this.root.end();
    const { count } = this.pdf.bufferedPageRange();
    for (let page = 0; page < count; page += 1) {
      this.pdf.switchToPage(page);
      this.artifact(() => onPage(page + 1, count), 'Pagination');
    }
    const chunks: Buffer[] = [];
    const ended = new Promise<Buffer>((resolve, reject) => {
      this.pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
      this.pdf.on('end', () => resolve(Buffer.concat(chunks)));
      this.pdf.on('error', reject);
    });
    this.pdf.end();
    return ended;
  }

  measure(size: number): Measure {
    return ({ font, text }) => {
      const key = `${font} ${String(size)} ${text}`;
      const known = this.widths.get(key);
      if (known !== undefined) return known;
      this.use(font, size);
      const width = this.pdf.widthOfString(text);
      if (this.widths.size > 20_000) this.widths.clear();
      this.widths.set(key, width);
      return width;
    };
  }

  private use(font: string, size: number): void {
    if (!this.fonts.has(font)) {
      this.pdf.registerFont(font, fontBytes(font));
      this.fonts.add(font);
    }
    this.pdf.font(font, size);
  }
}

export function lineHeight(size: number): number {
  return size * LEADING;
}
