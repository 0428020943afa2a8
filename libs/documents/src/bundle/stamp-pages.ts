import { degrees, rgb, StandardFonts, type PDFDocument, type PDFPage } from '@cantoo/pdf-lib';

const SIZE = 9;
const INSET = 14;
const PADDING = 3;

/** Writes "Bundle n of m" at the foot of every page as it is looked at, on white so that it can be read on any page. */
export async function stampPages(document: PDFDocument, pages: readonly PDFPage[], word: string): Promise<void> {
  const font = await document.embedFont(StandardFonts.HelveticaBold);
  pages.forEach((page, index) => {
    const text = `${word} ${String(index + 1)} of ${String(pages.length)}`;
    const width = font.widthOfTextAtSize(text, SIZE);
    const place = placeOf(page, width);
    const rotate = degrees(place.angle);
    page.drawRectangle({
      ...shifted(place, -PADDING, -PADDING),
      width: width + 2 * PADDING,
      height: SIZE + 2 * PADDING,
      color: rgb(1, 1, 1),
      opacity: 0.85,
      rotate,
    });
    page.drawText(text, { x: place.x, y: place.y, size: SIZE, font, color: rgb(0, 0, 0), rotate });
  });
}

interface Place {
  readonly x: number;
  readonly y: number;
  readonly angle: number;
}

/** The middle of the lower edge as the reader sees it: pages may be turned, and show only a part of themselves. */
function placeOf(page: PDFPage, width: number): Place {
  const { x, y, width: wide, height: high } = page.getCropBox();
  const angle = ((page.getRotation().angle % 360) + 360) % 360;
  switch (angle) {
    case 90:
      return { x: x + wide - INSET, y: y + high / 2 - width / 2, angle };
    case 180:
      return { x: x + wide / 2 + width / 2, y: y + high - INSET, angle };
    case 270:
      return { x: x + INSET, y: y + high / 2 + width / 2, angle };
    default:
      return { x: x + wide / 2 - width / 2, y: y + INSET, angle: 0 };
  }
}

/** Along the line of the text and across it, whichever way the page is turned. */
function shifted({ x, y, angle }: Place, along: number, across: number): { x: number; y: number } {
  const turned = (angle * Math.PI) / 180;
  return {
    x: x + along * Math.cos(turned) - across * Math.sin(turned),
    y: y + along * Math.sin(turned) + across * Math.cos(turned),
  };
}
