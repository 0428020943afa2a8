import { PDFArray, PDFDict, PDFName, type PDFPage } from '@cantoo/pdf-lib';

const HARMLESS = ['/GoTo', '/URI'];

/**
 * Takes from a stranger's page what would act when it is looked at: scripts, programs to start, forms that send
 * themselves, files within it. What is seen stays.
 */
export function disarm(page: PDFPage): void {
  page.node.delete(PDFName.of('AA'));
  const annotations = page.node.lookup(PDFName.of('Annots'));
  if (!(annotations instanceof PDFArray)) return;
  for (let index = annotations.size() - 1; index >= 0; index -= 1) {
    const annotation = annotations.lookup(index);
    if (!(annotation instanceof PDFDict)) continue;
    annotation.delete(PDFName.of('AA'));
    const action = annotation.lookup(PDFName.of('A'));
    if (action instanceof PDFDict && !HARMLESS.includes(String(action.get(PDFName.of('S'))))) {
      annotation.delete(PDFName.of('A'));
    }
    const kind = String(annotation.get(PDFName.of('Subtype')));
    if (['/FileAttachment', '/RichMedia', '/Movie', '/Screen', '/3D', '/Sound'].includes(kind))
      annotations.remove(index);
  }
}
