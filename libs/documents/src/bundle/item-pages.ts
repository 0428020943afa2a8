import { ParseSpeeds, PDFDocument } from '@cantoo/pdf-lib';
import { parseMarkup } from '../domain/markup';
import type { LetterDocument } from '../domain/letter-document';
import { PdfReader, UnreadablePdf } from '../pdf/pdf-reader';
import { renderPdf } from '../rendering/render-pdf';
import { LARGEST_ITEM_BYTES, MOST_ITEM_PAGES, type BundleItem } from './bundle';

const A4 = { width: 595.28, height: 841.89 } as const;
const MARGIN = 42;
/** Without pauses for others: this runs in a thread of its own. */
const READ = { updateMetadata: false, parseSpeed: ParseSpeeds.Fastest } as const;

/** Why an item cannot go into a bundle, in words for its index. */
export class ItemLeftOut extends Error {}

/** An item as a PDF of its own. @throws ItemLeftOut */
export async function itemPages({ title, source }: BundleItem): Promise<PDFDocument> {
  switch (source.kind) {
    case 'left-out':
      throw new ItemLeftOut(source.reason);
    case 'pdf':
      return pdfPages(source.bytes);
    case 'image':
      return imagePage(source.bytes);
    case 'text':
      return PDFDocument.load(await renderPdf(paperOf(title, source.text), { numbered: false }), {
        updateMetadata: false,
      });
    case 'letter':
      return PDFDocument.load(await renderPdf(source.letter), READ);
  }
}

/** Words without a frame, as a paper. A stranger's text is no markup: each line is what it is. */
export function paperOf(title: string, text: string): LetterDocument {
  const literal = text.replace(/[\\*]/g, '\\$&').replace(/^(\s*)([#>|-]|\[page break\])/gim, '$1\\$2');
  return {
    title,
    language: 'en-GB',
    letterhead: null,
    addressee: [],
    date: null,
    references: { ours: null, yours: null },
    subject: title,
    salutation: null,
    blocks: parseMarkup(literal),
    signOff: null,
    enclosures: [],
    postscript: [],
    marking: null,
  };
}

async function pdfPages(bytes: Uint8Array): Promise<PDFDocument> {
  if (bytes.length > LARGEST_ITEM_BYTES) throw new ItemLeftOut('the file is too large');
  const pages = await countPages(bytes);
  if (pages === 0) throw new ItemLeftOut('the file has no pages');
  if (pages > MOST_ITEM_PAGES) throw new ItemLeftOut(`the file has ${String(pages)} pages, which is too many`);
  try {
    const document = await PDFDocument.load(bytes, READ);
    if (document.getPageCount() === pages) return document;
  } catch {
    // PDFium reads files that the other reader does not (and ones that are locked against changes only): written anew below.
  }
  try {
    return await PDFDocument.load(await rewritten(bytes), READ);
  } catch {
    throw new ItemLeftOut('the file is damaged');
  }
}

async function countPages(bytes: Uint8Array): Promise<number> {
  try {
    const reader = await PdfReader.open(bytes);
    const { pageCount } = reader;
    reader.close();
    return pageCount;
  } catch (error) {
    if (!(error instanceof UnreadablePdf)) throw error;
    throw new ItemLeftOut(
      error.reason === 'encrypted' ? 'the file is locked with a password' : 'the file is damaged or no PDF',
    );
  }
}

async function rewritten(bytes: Uint8Array): Promise<Uint8Array> {
  const reader = await PdfReader.open(bytes);
  try {
    return reader.rewritten();
  } finally {
    reader.close();
  }
}

/** A picture on a page of its own, as large as fits. */
export async function imagePage(bytes: Uint8Array): Promise<PDFDocument> {
  if (bytes.length > LARGEST_ITEM_BYTES) throw new ItemLeftOut('the file is too large');
  const document = await PDFDocument.create({ updateMetadata: false });
  const isPng = bytes[0] === 0x89 && bytes[1] === 0x50;
  const isJpeg = bytes[0] === 0xff && bytes[1] === 0xd8;
  if (!isPng && !isJpeg) throw new ItemLeftOut('pictures of this kind cannot be shown: only JPEG and PNG');
  try {
    const image = isPng ? await document.embedPng(bytes) : await document.embedJpg(bytes);
    const isWide = image.width > image.height;
    const [width, height] = isWide ? [A4.height, A4.width] : [A4.width, A4.height];
    const scale = Math.min(1, (width - 2 * MARGIN) / image.width, (height - 2 * MARGIN) / image.height);
    const size = { width: image.width * scale, height: image.height * scale };
    const page = document.addPage([width, height]);
    page.drawImage(image, { x: (width - size.width) / 2, y: (height - size.height) / 2, ...size });
    return document;
  } catch {
    throw new ItemLeftOut('the picture is damaged');
  }
}
