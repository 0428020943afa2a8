import type { PaperKind, PaperLine, RedactionReason } from '@app/documents';

/** The reasons as staff choose them. */
export const REASON_WORDS: Readonly<Record<RedactionReason, string>> = {
  'third-party': 'Somebody else’s information',
  'officer-below-rank': 'Officer below the rank threshold',
  address: 'Address or contact details',
  'crime-reference': 'Crime or incident reference',
  'special-category': 'Special category (health, belief, …)',
  child: 'A child',
};

const KIND: Readonly<Record<PaperKind, string>> = {
  attachment: 'File',
  document: 'Letter',
  message: 'Message',
  rendition: 'Redacted',
};

/** A paper as a choice: its kind and id in one value. */
export function paperChoice({ kind, id, title, at }: PaperLine): {
  value: string;
  kind: PaperKind;
  kindInWords: string;
  title: string;
  at: string;
} {
  const shown = title.trim() === '' ? 'Without a subject' : title;
  return { value: `${kind}:${id}`, kind, kindInWords: KIND[kind], title: shown, at };
}

export function paperOf(value: string): { kind: string; id: string } {
  const [kind = '', id = ''] = value.split(':');
  return { kind, id };
}
