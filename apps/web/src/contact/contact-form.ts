import { textAt, type Messages } from '../http/messages';

/** What the public contact form asks, as typed. */
export interface ContactValues {
  readonly office: string;
  readonly subject: string;
  readonly message: string;
  readonly name: string;
  readonly replyBy: string;
  readonly email: string;
  readonly phone: string;
  readonly address: string;
  readonly postcode: string;
  readonly adjustments: string;
}

export interface ContactError {
  readonly field: keyof ContactValues | 'files';
  readonly text: string;
}

const EMPTY: ContactValues = {
  office: '',
  subject: '',
  message: '',
  name: '',
  replyBy: '',
  email: '',
  phone: '',
  address: '',
  postcode: '',
  adjustments: '',
};

/** One @ with something on both sides and a dot in the domain; whether it exists is for the mail to find out. */
const EMAIL = /^[^\s@<>()",;]{1,64}@[^\s@<>()",;]+\.[^\s@<>()",;]+$/;

/** Reads the typed fields: unknown ones are left out, control characters removed. */
export function readContactForm(fields: Readonly<Record<string, string>>): ContactValues {
  const entries = Object.keys(EMPTY).map((key) => [
    key,

    (fields[key] ?? '')
      .replace(/\r\n/g, '\n')
      .replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '')
      .trim(),
  ]);
  return { ...EMPTY, ...(Object.fromEntries(entries) as Partial<ContactValues>) };
}

/** What is wrong, in the order of the page; empty when it can be sent. */
export function checkContactForm(
  values: ContactValues,
  offices: readonly string[],
  messages: Messages,
): ContactError[] {
  const errors: ContactError[] = [];
  const refuse = (field: ContactError['field'], text: string): void =>
    void errors.push({ field, text: textAt(messages, `contact.errors.${text}`) });
  if (!offices.includes(values.office)) refuse('office', 'office');
  if (values.subject === '') refuse('subject', 'subject');
  else if (values.subject.length > 200) refuse('subject', 'subjectLong');
  if (values.message === '') refuse('message', 'message');
  else if (values.message.length > 20_000) refuse('message', 'messageLong');
  if (values.name.length > 200) refuse('name', 'nameLong');
  if (!['email', 'phone', 'post'].includes(values.replyBy)) refuse('replyBy', 'replyBy');
  const wantsEmail = values.replyBy === 'email';
  if ((wantsEmail || values.email !== '') && (!EMAIL.test(values.email) || values.email.length > 254))
    refuse('email', 'email');
  const wantsPhone = values.replyBy === 'phone';
  if ((wantsPhone || values.phone !== '') && !/^[\d\s()+.-]{7,30}$/.test(values.phone)) refuse('phone', 'phone');
  if (values.replyBy === 'post' && values.address === '') refuse('address', 'address');
  else if (values.address.length > 500) refuse('address', 'addressLong');
  if (values.postcode.length > 10) refuse('postcode', 'postcodeLong');
  if (values.adjustments.length > 1000) refuse('adjustments', 'adjustmentsLong');
  return errors;
}
