import { looksLikeEmail, typed, type FormError } from '../http/form-errors';

/** The pages of the form, in their order. */
export const CONTACT_STEPS = ['office', 'topic', 'message', 'files', 'reply', 'details', 'adjustments'] as const;
export type ContactStep = (typeof CONTACT_STEPS)[number];

export const TOPICS = [
  'local',
  'crime',
  'victim',
  'complaint',
  'review',
  'chief-constable',
  'office',
  'information',
  'views',
  'thanks',
  'other',
] as const;

/** Where another body deals with it first, or something must be known before writing. */
export const ADVISED_TOPICS: readonly string[] = [
  'crime',
  'victim',
  'complaint',
  'review',
  'chief-constable',
  'office',
];

export const FORMATS = ['large-print', 'easy-read', 'audio', 'bsl', 'language'] as const;

export interface ContactAnswers {
  readonly office: string;
  readonly topic: string;
  readonly subject: string;
  readonly message: string;
  readonly replyBy: string;
  readonly name: string;
  readonly email: string;
  readonly phone: string;
  readonly address: string;
  readonly postcode: string;
  /** Keys of FORMATS, by commas. */
  readonly formats: string;
  readonly more: string;
}

const NO_ANSWERS: ContactAnswers = {
  office: '',
  topic: '',
  subject: '',
  message: '',
  replyBy: '',
  name: '',
  email: '',
  phone: '',
  address: '',
  postcode: '',
  formats: '',
  more: '',
};

const FIELDS: Readonly<Record<ContactStep, readonly (keyof ContactAnswers)[]>> = {
  office: ['office'],
  topic: ['topic'],
  message: ['subject', 'message'],
  files: [],
  reply: ['replyBy'],
  details: ['name', 'email', 'phone', 'address', 'postcode'],
  adjustments: ['formats', 'more'],
};

export function isContactStep(text: string): text is ContactStep {
  return (CONTACT_STEPS as readonly string[]).includes(text);
}

/** All answers of which some are known. */
export function answersOf(known: Readonly<Partial<Record<string, unknown>>>): ContactAnswers {
  const text = (value: unknown): string => (typeof value === 'string' ? value : '');
  const entries = Object.keys(NO_ANSWERS).map((key): [string, string] => [key, text(known[key])]);
  return { ...NO_ANSWERS, ...Object.fromEntries(entries) };
}

/** What a page's form says; fields of other pages are left alone. */
export function readStep(step: ContactStep, fields: Readonly<Record<string, string>>): Partial<ContactAnswers> {
  const read: Record<string, string> = {};
  for (const name of FIELDS[step]) {
    if (name === 'formats') read.formats = FORMATS.filter((key) => fields[`format-${key}`]).join(',');
    else if (name === 'postcode' && fields.postcode !== undefined) read.postcode = typed(fields.postcode).toUpperCase();
    else if (fields[name] !== undefined) read[name] = typed(fields[name]);
    else if (name === 'office' || name === 'topic' || name === 'replyBy') read[name] = '';
  }
  return read;
}

/** What is wrong on a page, in the order of its fields; empty when it will do. */
export function checkStep(step: ContactStep, answers: ContactAnswers, offices: readonly string[]): FormError[] {
  const errors: FormError[] = [];
  const refuse = (field: keyof ContactAnswers, text: string): void =>
    void errors.push({ field, text: `contact.errors.${text}` });
  const { replyBy } = answers;
  switch (step) {
    case 'office':
      if (!offices.includes(answers.office)) refuse('office', 'office');
      break;
    case 'topic':
      if (!(TOPICS as readonly string[]).includes(answers.topic)) refuse('topic', 'topic');
      break;
    case 'message':
      if (answers.subject === '') refuse('subject', 'subject');
      else if (answers.subject.length > 200) refuse('subject', 'subjectLong');
      if (answers.message === '') refuse('message', 'message');
      else if (answers.message.length > 20_000) refuse('message', 'messageLong');
      break;
    case 'files':
      break;
    case 'reply':
      if (!['email', 'phone', 'post'].includes(replyBy)) refuse('replyBy', 'replyBy');
      break;
    case 'details':
      if (replyBy === 'email' && !looksLikeEmail(answers.email)) refuse('email', 'email');
      if (replyBy === 'phone' && !/^[\d\s()+.-]{7,30}$/.test(answers.phone)) refuse('phone', 'phone');
      if (replyBy === 'post' && answers.name === '') refuse('name', 'name');
      else if (answers.name.length > 200) refuse('name', 'nameLong');
      if (replyBy === 'post' && answers.address === '') refuse('address', 'address');
      else if (answers.address.length > 500) refuse('address', 'addressLong');
      if (answers.postcode.length > 10) refuse('postcode', 'postcode');
      break;
    case 'adjustments':
      if (answers.formats.split(',').includes('language') && answers.more === '') refuse('more', 'more');
      else if (answers.more.length > 1000) refuse('more', 'moreLong');
  }
  return errors;
}

/** The first page that still has to be answered; null when all is there. */
export function openStep(
  answers: ContactAnswers,
  done: readonly string[],
  offices: readonly string[],
): ContactStep | null {
  return CONTACT_STEPS.find((step) => !done.includes(step) || checkStep(step, answers, offices).length > 0) ?? null;
}

/** Where the way back leads: to the summary once all is there, else one page back. */
export function stepBefore(step: ContactStep, isComplete: boolean): string {
  if (isComplete) return '/contact/check';
  const before = CONTACT_STEPS[CONTACT_STEPS.indexOf(step) - 1];
  return before === undefined ? '/contact' : `/contact/${before}`;
}

/** Only what belongs to the way of reply that was chosen: an address given before the mind was changed is not used. */
export function reachableBy(answers: ContactAnswers): Pick<ContactAnswers, 'email' | 'phone' | 'address'> {
  const of = (way: string, text: string): string => (answers.replyBy === way ? text : '');
  return {
    email: of('email', answers.email),
    phone: of('phone', answers.phone),
    address: of('post', answers.address),
  };
}
