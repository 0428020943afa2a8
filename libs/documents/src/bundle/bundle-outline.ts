import { PDFHexString, PDFName, PDFNumber, type PDFDocument, type PDFPage, type PDFRef } from '@cantoo/pdf-lib';

export interface Bookmark {
  readonly title: string;
  /** From 0. */
  readonly page: number;
}

/** Adds bookmarks that a reader shows beside the pages. */
export function addOutline(document: PDFDocument, pages: readonly PDFPage[], bookmarks: readonly Bookmark[]): void {
  const { context, catalog } = document;
  const root = context.nextRef();
  const refs = bookmarks.map(() => context.nextRef());
  bookmarks.forEach(({ title, page }, index) => {
    const target = pages[page];
    if (!target) return;
    const neighbours: Record<string, PDFRef> = {};
    const [previous, next] = [refs[index - 1], refs[index + 1]];
    if (previous) neighbours.Prev = previous;
    if (next) neighbours.Next = next;
    const entry = context.obj({
      Title: PDFHexString.fromText(title),
      Parent: root,
      Dest: [target.ref, PDFName.of('Fit')],
      ...neighbours,
    });
    const ref = refs[index];
    if (ref) context.assign(ref, entry);
  });
  const [first] = refs;
  const last = refs.at(-1);
  if (!first || !last) return;
  context.assign(
    root,
    context.obj({ Type: 'Outlines', First: first, Last: last, Count: PDFNumber.of(bookmarks.length) }),
  );
  catalog.set(PDFName.of('Outlines'), root);
  catalog.set(PDFName.of('PageMode'), PDFName.of('UseOutlines'));
}
