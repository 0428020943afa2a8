import type { Office } from '@app/offices';
import { errorsModel, type FormError } from '../http/form-errors';
import { textAt, type Messages } from '../http/messages';
import type { PublicModel } from '../http/public-page';
import type { Writing } from './contact-drafting';
import {
  answersOf,
  FORMATS,
  openStep,
  reachableBy,
  stepBefore,
  TOPICS,
  type ContactAnswers,
  type ContactStep,
} from './contact-steps';

interface Choice {
  readonly value: string;
  readonly text: string;
  readonly checked: boolean;
  readonly hint?: { readonly text: string } | undefined;
}

/** What a page of the form shows. */
export function stepModel(
  step: ContactStep,
  writing: Writing | null,
  typedNow: Partial<ContactAnswers>,
  errors: readonly FormError[],
  offices: readonly Office[],
  m: Messages,
): PublicModel {
  const answers = answersOf({ ...writing?.answers, ...typedNow });
  const ids = offices.map(({ id }) => id);
  const isComplete = writing !== null && openStep(writing.answers, writing.done, ids) === null;
  return {
    title: `contact.${step}.title`,
    status: errors.length > 0 ? 422 : 200,
    step,
    answers,
    backHref: stepBefore(step, isComplete),
    hasLetter: writing !== null,
    files: (writing?.files ?? []).map((file) => ({ ...file, size: sizeInWords(file.sizeBytes) })),
    ...choices(step, answers, offices, m),
    ...errorsModel(errors, m),
  };
}

function choices(
  step: ContactStep,
  answers: ContactAnswers,
  offices: readonly Office[],
  m: Messages,
): Readonly<Record<string, readonly unknown[]>> {
  switch (step) {
    case 'office':
      return { officeItems: offices.map((office) => officeChoice(office, answers.office, m)) };
    case 'topic':
      return { topicItems: TOPICS.map((key) => choice(key, textAt(m, `contact.topic.options.${key}`), answers.topic)) };
    case 'reply':
      return {
        replyItems: ['email', 'phone', 'post'].map((key) => ({
          ...choice(key, textAt(m, `contact.reply.${key}`), answers.replyBy),
          ...(key === 'email' ? { hint: { text: textAt(m, 'contact.reply.emailHint') } } : {}),
        })),
      };
    case 'adjustments':
      return { formatItems: formatItems(answers.formats, m) };
    case 'message':
    case 'files':
    case 'details':
      return {};
  }
}

export function formatItems(
  chosen: string,
  m: Messages,
): { name: string; value: string; text: string; checked: boolean }[] {
  return FORMATS.map((key) => ({
    name: `format-${key}`,
    value: 'yes',
    text: textAt(m, `contact.adjustments.formats.${key}`),
    checked: chosen.split(',').includes(key),
  }));
}

function choice(value: string, text: string, chosen: string): Choice {
  return { value, text, checked: value === chosen };
}

/** An office that was added in the product has no words of its own here yet. */
function officeChoice({ id, name }: Office, chosen: string, m: Messages): Choice {
  const areas = ((m.contact as Messages).office as Messages).areas as Readonly<Record<string, string>>;
  return { ...choice(id, name, chosen), hint: areas[id] === undefined ? undefined : { text: areas[id] } };
}

export interface CheckedAnswer {
  readonly key: string;
  readonly step: ContactStep;
  readonly lines: readonly string[];
}

/** The answers once more, in the order of the pages, before they are sent. */
export function checkModel(writing: Writing, offices: readonly Office[], m: Messages): PublicModel {
  const { answers, files } = writing;
  const text = (path: string): string => textAt(m, `contact.${path}`);
  const reach = reachableBy(answers);
  const optional = (value: string): string => (value === '' ? text('check.notGiven') : value);
  const formats = answers.formats.split(',').filter((key) => key !== '');
  const rows: (readonly [string, ContactStep, readonly string[]])[] = [
    ['office', 'office', [offices.find(({ id }) => id === answers.office)?.name ?? '']],
    ['topic', 'topic', [text(`topic.options.${answers.topic}`)]],
    ['subject', 'message', [answers.subject]],
    ['message', 'message', answers.message.split('\n')],
    ['files', 'files', files.length === 0 ? [text('files.none')] : files.map(({ filename }) => filename)],
    ['replyBy', 'reply', [text(`reply.${answers.replyBy}`)]],
    ['name', 'details', [optional(answers.name)]],
    ...(reach.email === '' ? [] : [['email', 'details', [reach.email]] as const]),
    ...(reach.phone === '' ? [] : [['phone', 'details', [reach.phone]] as const]),
    ...(reach.address === '' ? [] : [['address', 'details', reach.address.split('\n')] as const]),
    ['postcode', 'details', [optional(answers.postcode)]],
    [
      'formats',
      'adjustments',
      formats.length === 0 ? [text('check.none')] : formats.map((key) => text(`adjustments.formats.${key}`)),
    ],
    ['more', 'adjustments', optional(answers.more).split('\n')],
  ];
  return {
    title: 'contact.check.title',
    backHref: '/contact/adjustments',
    hasLetter: true,
    rows: rows.map(([key, step, lines]): CheckedAnswer & { label: string } => ({
      key,
      step,
      lines,
      label: text(`check.${key}`),
    })),
  };
}

export function sizeInWords(bytes: number): string {
  if (bytes < 1024 * 1024) return `${String(Math.max(1, Math.round(bytes / 1024)))} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
