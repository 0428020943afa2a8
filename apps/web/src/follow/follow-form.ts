import type { FollowSaying } from '@app/follow';
import { looksLikeEmail, typed, type FormError } from '../http/form-errors';
import { parseReference } from '@app/kernel';
import { FORMATS } from '../contact/contact-steps';

/** The pages on which something can be said, by their address. */
export const SAYINGS: Readonly<Record<string, FollowSaying>> = {
  add: 'message',
  'not-answered': 'not-answered',
  withdraw: 'withdraw',
  format: 'format',
};

export interface AskValues {
  readonly reference: string;
  readonly email: string;
}

export function readAsk(fields: Readonly<Record<string, string>>): AskValues {
  return { reference: typed(fields.reference), email: typed(fields.email) };
}

/** Only what can be seen from the form itself: the check character tells a slip, not whether there is such a case. */
export function checkAsk({ reference, email }: AskValues): FormError[] {
  const errors: FormError[] = [];
  if (!parseReference(reference)) errors.push({ field: 'reference', text: 'follow.errors.reference' });
  if (!looksLikeEmail(email)) errors.push({ field: 'email', text: 'follow.errors.email' });
  return errors;
}

export interface SayingValues {
  readonly text: string;
  readonly formats: string;
}

export function readSaying(fields: Readonly<Record<string, string>>): SayingValues {
  return { text: typed(fields.text), formats: FORMATS.filter((key) => fields[`format-${key}`]).join(',') };
}

export function checkSaying(
  kind: FollowSaying,
  { text, formats }: SayingValues,
  files: number,
  isTooLarge: boolean,
): FormError[] {
  const error = (field: string, key: string): FormError[] => [{ field, text: `follow.errors.${key}` }];
  switch (kind) {
    case 'message':
      if (isTooLarge) return error('files', 'files');
      if (text === '' && files === 0) return error('text', 'message');
      return text.length > 20_000 ? error('text', 'messageLong') : [];
    case 'not-answered':
      if (text === '') return error('text', 'reason');
      return text.length > 2000 ? error('text', 'reasonLong') : [];
    case 'withdraw':
      return text.length > 2000 ? error('text', 'reasonLong') : [];
    case 'format':
      if (formats === '' && text === '') return error('formats', 'formats');
      if (formats.split(',').includes('language') && text === '') return error('text', 'more');
      return text.length > 1000 ? error('text', 'reasonLong') : [];
  }
}
