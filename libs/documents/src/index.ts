export { composeLetter, type ComposedLetter, type FieldProblem } from './application/compose-letter';
export {
  textOfRuns,
  type Block,
  type Letterhead,
  type LetterDocument,
  type Run,
  type Runs,
  type SignOff,
} from './domain/letter-document';
export { toLetterDocument, unfilledIn, type LetterSource } from './domain/letter-source';
export { parseLetter, parseMarkup, type LetterBody } from './domain/markup';
export { unprintableIn } from './rendering/pdf-fonts';
export { renderDocx } from './rendering/render-docx';
export { renderHtml } from './rendering/render-html';
export { renderPdf, type PdfOptions } from './rendering/render-pdf';
