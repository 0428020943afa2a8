import { fill, textAt, type Messages } from './messages';

/** A wrong field: `text` is the path of its message. */
export interface FormError {
  readonly field: string;
  readonly text: string;
  readonly values?: Readonly<Record<string, string>>;
}

export interface ErrorsModel {
  readonly errors: readonly { readonly text: string; readonly href: string }[];
  readonly errorOf: Readonly<Record<string, { readonly text: string; readonly visuallyHiddenText: string }>>;
}

/** What the error summary and the fields of a page show. */
export function errorsModel(errors: readonly FormError[], m: Messages): ErrorsModel {
  const worded = errors.map(({ field, text, values = {} }) => ({ field, text: fill(textAt(m, text), values) }));
  const visuallyHiddenText = textAt(m, 'errorWord');
  return {
    errors: worded.map(({ field, text }) => ({ text, href: `#${field}` })),
    errorOf: Object.fromEntries(worded.map(({ field, text }) => [field, { text, visuallyHiddenText }])),
  };
}

/** One @ with something on both sides and a dot in the domain; whether it exists is for the mail to find out. */
export function looksLikeEmail(text: string): boolean {
  return text.length <= 254 && /^[^\s@<>()",;]{1,64}@[^\s@<>()",;]+\.[^\s@<>()",;]+$/.test(text);
}

/** Text as typed, without control characters. */
export function typed(text: string | undefined): string {
  return (text ?? '')
    .replace(/\r\n?/g, '\n')
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '')
    .toWellFormed()
    .trim();
}
