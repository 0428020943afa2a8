import { documentLine } from '../domain/document-text';

export const PDF_TYPE = 'application/pdf';
export const DOCX_TYPE = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

const LONGEST = 80;

/** A name that every system takes, with the reference first so that files of a case stand together. */
export function documentFilename(reference: string, title: string, extension: string): string {
  const name = documentLine(title)
    .replace(/[\\/:*?"<>|.]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return `${reference} ${[...name].slice(0, LONGEST).join('').trim()}.${extension}`;
}
