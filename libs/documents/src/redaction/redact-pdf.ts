import { deflateSync } from 'node:zlib';
import { degrees, PDFDocument, PDFName, rgb, StandardFonts, type PDFFont, type PDFPage } from '@cantoo/pdf-lib';
import { REASON_LABELS, type RedactedArea } from '../domain/redaction';
import { PdfReader, type Picture } from '../pdf/pdf-reader';
import { packed } from './packed-picture';

/** Pixels to a point: 144 to the inch reads well on screen and in print. */
const SCALE = 2;
export const MOST_REDACTED_PAGES = 600;

/** A rendition that could still be read where it was covered: nothing of it is handed out. */
export class RedactionNotProven extends Error {}

/**
 * The same pages as pictures with the areas painted over, rebuilt as a new file: no text, no metadata, no hidden layer,
 * no attachment of the original gets into it. What stands on a box is its reason alone.
 * @throws UnreadablePdf, RedactionNotProven
 */
export async function redactPdf(bytes: Uint8Array, areas: readonly RedactedArea[]): Promise<Uint8Array> {
  const reader = await PdfReader.open(bytes);
  try {
    if (reader.pageCount > MOST_REDACTED_PAGES) throw new RedactionNotProven('the file has too many pages');
    const rendition = await PDFDocument.create({ updateMetadata: false });
    const font = await rendition.embedFont(StandardFonts.HelveticaBold);
    for (let index = 0; index < reader.pageCount; index += 1) {
      const size = reader.size(index);
      const covered = areas.filter(({ page }) => page === index);
      const page = rendition.addPage([size.width, size.height]);
      place(rendition, page, cover(reader.picture(index, SCALE), covered, SCALE));
      covered.forEach((area, at) => {
        if (!covered.slice(0, at).some((other) => touch(other, area))) label(page, area, font);
      });
    }
    const redacted = await rendition.save({ useObjectStreams: true, objectsPerTick: Infinity });
    await prove(redacted);
    return redacted;
  } finally {
    reader.close();
  }
}

/** Paints areas of a picture black. */
export function cover(picture: Picture, areas: readonly RedactedArea[], scale: number): Picture {
  const { width, height, pixels } = picture;
  for (const area of areas) {
    const left = Math.max(0, Math.floor(area.x * scale));
    const right = Math.min(width, Math.ceil((area.x + area.width) * scale));
    const top = Math.max(0, Math.floor(area.y * scale));
    const bottom = Math.min(height, Math.ceil((area.y + area.height) * scale));
    for (let y = top; y < bottom && right > left; y += 1) {
      pixels.fill(0, (y * width + left) * 4, (y * width + right) * 4);
    }
  }
  return picture;
}

/** The picture as the whole page, in as few bits as show it: text needs sixteen shades, a photograph more. */
function place(document: PDFDocument, page: PDFPage, picture: Picture): void {
  const { bytes, space, bits } = packed(picture);
  const image = document.context.stream(deflateSync(bytes, { level: 6 }), {
    Type: 'XObject',
    Subtype: 'Image',
    Width: picture.width,
    Height: picture.height,
    ColorSpace: space,
    BitsPerComponent: bits,
    Filter: 'FlateDecode',
  });
  page.node.setXObject(PDFName.of('Page'), document.context.register(image));
  const size = page.getSize();
  const draw = document.context.flateStream(`q ${String(size.width)} 0 0 ${String(size.height)} 0 0 cm /Page Do Q`);
  page.node.addContentStream(document.context.register(draw));
}

/** Where boxes lie over each other, one reason is written. */
function touch(a: RedactedArea, b: RedactedArea): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/** The reason in white on the box, along its longer side and as large as fits, else nothing. */
function label(page: PDFPage, { x, y, width, height, reason }: RedactedArea, font: PDFFont): void {
  const text = REASON_LABELS[reason];
  const isTall = height > width;
  const [along, across] = isTall ? [height, width] : [width, height];
  const size = Math.min(9, across * 0.7, (along - 4) / font.widthOfTextAtSize(text, 1));
  if (size < 3) return;
  const start = (along - font.widthOfTextAtSize(text, size)) / 2;
  const base = size * 0.35;
  const low = page.getHeight() - y - height;
  page.drawText(text, {
    x: isTall ? x + width / 2 + base : x + start,
    y: isTall ? low + start : low + height / 2 - base,
    size,
    font,
    color: rgb(1, 1, 1),
    rotate: degrees(isTall ? 90 : 0),
  });
}

/** Reads the finished file back: it must hold the reasons and not one word more. */
async function prove(bytes: Uint8Array): Promise<void> {
  const reader = await PdfReader.open(bytes);
  try {
    const labels = new Set(Object.values(REASON_LABELS).join(' ').split(' '));
    for (let page = 0; page < reader.pageCount; page += 1) {
      const rest = reader
        .text(page)
        .split(/\s+/)
        .filter((word) => word !== '' && !labels.has(word));
      // Two labels side by side may be read as one word.
      const odd = rest.filter((word) => [...labels].reduce((left, each) => left.replaceAll(each, ''), word) !== '');
      if (odd.length > 0) throw new RedactionNotProven('text was left in the rendition');
    }
  } finally {
    reader.close();
  }
}
