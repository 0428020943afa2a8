import type { Bundle, BundleRequest } from '../bundle/bundle';
import { buildBundle } from '../bundle/build-bundle';
import { imagePage } from '../bundle/item-pages';
import { PdfReader } from '../pdf/pdf-reader';
import { pngOf } from '../pdf/png';
import type { RedactedArea, RedactedWords } from '../domain/redaction';
import { findInPdf, type FoundWords } from '../redaction/find-in-pdf';
import { cover, redactPdf } from '../redaction/redact-pdf';

/** Work on files that takes long: what it is given and what it answers, all of it data. */
export interface Tasks {
  readonly bundle: { readonly input: BundleRequest; readonly output: Bundle };
  readonly find: {
    readonly input: { readonly pdf: Uint8Array; readonly words: readonly RedactedWords[] };
    readonly output: FoundWords;
  };
  readonly redact: {
    readonly input: { readonly pdf: Uint8Array; readonly areas: readonly RedactedArea[] };
    readonly output: Uint8Array;
  };
  /** A page with its areas covered, as PNG. */
  readonly picture: {
    readonly input: {
      readonly pdf: Uint8Array;
      readonly page: number;
      readonly areas: readonly RedactedArea[];
      readonly scale: number;
    };
    readonly output: Uint8Array;
  };
  readonly size: {
    readonly input: { readonly pdf: Uint8Array; readonly page: number };
    readonly output: { readonly width: number; readonly height: number };
  };
  /** A picture as a PDF of one page. */
  readonly image: { readonly input: { readonly bytes: Uint8Array }; readonly output: Uint8Array };
}

export type TaskName = keyof Tasks;

export const TASKS: { readonly [K in TaskName]: (input: Tasks[K]['input']) => Promise<Tasks[K]['output']> } = {
  bundle: buildBundle,
  find: ({ pdf, words }) => findInPdf(pdf, words),
  redact: ({ pdf, areas }) => redactPdf(pdf, areas),
  picture: async ({ pdf, page, areas, scale }) => {
    const reader = await PdfReader.open(pdf);
    try {
      const covered = areas.filter((area) => area.page === page);
      return pngOf(cover(reader.picture(page, scale), covered, scale));
    } finally {
      reader.close();
    }
  },
  size: async ({ pdf, page }) => {
    const reader = await PdfReader.open(pdf);
    try {
      return reader.size(page);
    } finally {
      reader.close();
    }
  },
  image: async ({ bytes }) => (await imagePage(bytes)).save(),
};
