import type { LetterDocument } from '../domain/letter-document';

/** What stands behind an item of a bundle. */
export type BundleSource =
  | { readonly kind: 'pdf'; readonly bytes: Uint8Array }
  | { readonly kind: 'image'; readonly bytes: Uint8Array }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'letter'; readonly letter: LetterDocument }
  /** It cannot go in, and why; the index says so. */
  | { readonly kind: 'left-out'; readonly reason: string };

export interface BundleItem {
  readonly title: string;
  /** `YYYY-MM-DD`, or null where it has none. */
  readonly date: string | null;
  readonly source: BundleSource;
}

export interface BundleRequest {
  readonly title: string;
  readonly reference: string | null;
  readonly marking: string | null;
  /** Of the file itself, so that the same request gives the same file. */
  readonly madeOn: string;
  readonly items: readonly BundleItem[];
}

export interface BundleEntry {
  readonly title: string;
  readonly date: string | null;
  /** Page numbers of the bundle; null where nothing could go in. */
  readonly first: number | null;
  readonly last: number | null;
  /** Why it is not in the bundle. */
  readonly problem: string | null;
}

export interface Bundle {
  readonly pdf: Uint8Array;
  readonly pages: number;
  readonly entries: readonly BundleEntry[];
}

export const LARGEST_ITEM_BYTES = 40 * 1024 * 1024;
export const MOST_ITEM_PAGES = 1500;
export const MOST_BUNDLE_PAGES = 3000;
