import type { LetterDocument } from '../domain/letter-document';
import { InvalidDocumentInput } from '../domain/document.errors';
import { UnreadablePdf } from '../pdf/pdf-reader';
import { runApart } from '../work/run-apart';
import { ItemLeftOut } from '../bundle/item-pages';
import type { CasePaper } from './case-papers';

/** What is redacted: pages, where places are covered; or words, which are taken out. */
export type RedactionMaterial =
  { readonly kind: 'pages'; readonly pdf: Uint8Array } | { readonly kind: 'words'; readonly letter: LetterDocument };

/** @throws InvalidDocumentInput when nothing can be covered in it */
export async function materialOf({ content }: CasePaper): Promise<RedactionMaterial> {
  switch (content.kind) {
    case 'pdf':
      return { kind: 'pages', pdf: content.bytes };
    case 'image':
      return { kind: 'pages', pdf: await refusing(runApart('image', { bytes: content.bytes })) };
    case 'letter':
      return { kind: 'words', letter: content.letter };
    case 'other':
      throw new InvalidDocumentInput('/source', 'only PDF files, pictures (JPEG, PNG) and texts can be redacted');
  }
}

/** What a file does not allow, in words for the person who chose it. */
export async function refusing<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof ItemLeftOut) throw new InvalidDocumentInput('/source', error.message);
    if (!(error instanceof UnreadablePdf)) throw error;
    const why = error.reason === 'encrypted' ? 'the file is locked with a password' : 'the file is damaged';
    throw new InvalidDocumentInput('/source', why);
  }
}
