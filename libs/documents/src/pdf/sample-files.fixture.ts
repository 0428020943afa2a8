import { PDFDocument, StandardFonts } from '@cantoo/pdf-lib';
import { PdfReader } from './pdf-reader';
import { pngOf } from './png';

/** A PDF with a line of text for each page; `turn` as a scanner may have left it. */
export async function samplePdf(lines: readonly string[], turn: 0 | 90 | 180 | 270 = 0): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  const font = await document.embedFont(StandardFonts.Helvetica);
  document.setAuthor('Author Unnamed');
  for (const line of lines) {
    const page = document.addPage([595, 842]);
    line.split('\n').forEach((each, index) => page.drawText(each, { x: 60, y: 700 - index * 20, size: 12, font }));
    if (turn !== 0) page.setRotation({ type: 'degrees', angle: turn } as never);
  }
  return document.save({ useObjectStreams: false });
}

export async function lockedPdf(): Promise<Uint8Array> {
  const document = await PDFDocument.load(await samplePdf(['Locked away']));
  document.encrypt({ userPassword: 'opensesame', ownerPassword: 'opensesame' });
  return document.save({ useObjectStreams: false });
}

export async function samplePng(): Promise<Buffer> {
  const reader = await PdfReader.open(await samplePdf(['A photograph']));
  const png = pngOf(reader.picture(0, 0.5));
  reader.close();
  return png;
}

export interface ReadPdf {
  readonly pages: readonly string[];
  readonly bookmarks: readonly { readonly title: string; readonly page: number }[];
  readonly meta: Readonly<Record<string, string>>;
}

/** What a reader finds in a file. */
export async function readPdf(bytes: Uint8Array): Promise<ReadPdf> {
  const reader = await PdfReader.open(bytes);
  const pages = Array.from({ length: reader.pageCount }, (_, page) => reader.text(page).replace(/\s+/g, ' ').trim());
  const meta = Object.fromEntries(
    ['Title', 'Author', 'Subject', 'Keywords', 'Producer'].map((key) => [key, reader.meta(key)]),
  );
  const bookmarks = reader.bookmarks();
  reader.close();
  return { pages, bookmarks, meta };
}
