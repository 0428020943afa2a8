import type { DocumentDetail } from '@app/documents';
import type { Fields } from '../case/form-fields';

/** What the forms of a letter hold, as they were typed. */
export interface DocumentForm {
  readonly title: string;
  readonly party: string;
  readonly addressee: string;
  readonly date: string;
  readonly yourReference: string;
  readonly marking: string;
  readonly subject: string;
  readonly text: string;
  readonly template: string;
  /** Of the text that the form was made from; empty for a new letter. */
  readonly version: string;
}

export function documentForm(fields: Fields): DocumentForm {
  const { title = '', party = '', addressee = '', date = '', yourReference = '', marking = '' } = fields;
  const { subject = '', text = '', template = '', version = '' } = fields;
  return { title, party, addressee, date, yourReference, marking, subject, text, template, version };
}

export function formOf({ source, party, version }: DocumentDetail): DocumentForm {
  return {
    title: source.title,
    party: party ?? '',
    addressee: source.addressee.join('\n'),
    date: source.date ?? '',
    yourReference: source.references.yours ?? '',
    marking: source.marking ?? '',
    subject: source.subject ?? '',
    text: source.text,
    template: '',
    version: String(version),
  };
}

/** The parts that a letter is made of, as the commands take them. */
export function partsOf(form: DocumentForm): {
  title: string;
  party: string | null;
  addressee: string[];
  date: string | null;
  yourReference: string | null;
  marking: string | null;
} {
  return {
    title: form.title,
    party: orNull(form.party),
    addressee: form.addressee.split('\n').filter((line) => line.trim() !== ''),
    date: orNull(form.date),
    yourReference: orNull(form.yourReference),
    marking: orNull(form.marking),
  };
}

export function orNull(text: string): string | null {
  return text.trim() === '' ? null : text.trim();
}
