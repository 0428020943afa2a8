import { dayInWords } from '@app/kernel';
import type { Office } from '@app/offices';
import { EQUALITY_QUESTIONS } from '@app/reviews';
import { answersOf, reachableBy } from '../contact/contact-steps';
import { textAt, type Messages } from '../http/messages';
import { dayOf } from './review-answers';
import type { ReviewWriting } from './review-drafting';
import type { Standing } from './review-progress';
import type { ReviewAnswers, ReviewField, ReviewStep } from './review-questions';

export interface CheckedRow {
  readonly step: string;
  readonly label: string;
  readonly lines: readonly string[];
}

export interface CheckedPart {
  readonly title: string;
  readonly rows: readonly CheckedRow[];
}

const ABOUT_YOU: readonly string[] = ['complainant', 'reply', 'details', 'adjustments', 'safe', 'equality'];
const DETAILS: readonly string[] = ['complaint', 'grounds', 'wanted', 'files'];

/** The answers once more, in three parts and in the order of the pages. */
export function checkedParts(writing: ReviewWriting, standing: Standing, m: Messages): readonly CheckedPart[] {
  const part = (title: string, isOf: (step: string) => boolean): CheckedPart => ({
    title: textAt(m, `review.check.${title}`),
    rows: standing.steps.filter(({ step }) => isOf(step)).flatMap((step) => rowsOf(step, writing, standing.offices, m)),
  });
  return [
    part('law', (step) => !ABOUT_YOU.includes(step) && !DETAILS.includes(step)),
    part('application', (step) => DETAILS.includes(step)),
    part('you', (step) => ABOUT_YOU.includes(step)),
  ];
}

function rowsOf(
  step: ReviewStep,
  writing: ReviewWriting,
  offices: readonly Office[],
  m: Messages,
): readonly CheckedRow[] {
  const { answers, files, consentFiles } = writing;
  const text = (path: string): string => textAt(m, `review.check.${path}`);
  const named = (isConsent: boolean): string[] =>
    files.filter(({ id }) => consentFiles.includes(id) === isConsent).map(({ filename }) => filename);
  if (step.step === 'files') {
    const names = named(false);
    return [{ step: step.step, label: text('labels.files'), lines: names.length > 0 ? names : [text('none')] }];
  }
  if (step.step === 'equality') {
    const isAnswered = Object.keys(EQUALITY_QUESTIONS).some((question) => answers[`equality-${question}`]);
    return [{ step: step.step, label: text('equality'), lines: [text(isAnswered ? 'equalityGiven' : 'equalityNone')] }];
  }
  if (step.page === 'contact') return contactRows(step.step, answers, m);
  const rows = answerRows(step, answers, offices, m);
  return step.step === 'consent' ? rows.map((row) => ({ ...row, lines: [...row.lines, ...named(true)] })) : rows;
}

/** The answers of a page as they read; what a chosen answer makes needless is left out. */
export function answerRows(
  { step, fields }: ReviewStep,
  answers: ReviewAnswers,
  offices: readonly Office[],
  m: Messages,
): readonly CheckedRow[] {
  return fields
    .filter(({ name }) => name !== 'toldOn' || answers.told === 'later')
    .filter(({ name }) => name !== 'sentOn' || answers.sentTo !== 'no')
    .map((field) => {
      const words = inWords(field, `review.steps.${step}.fields.${field.name}`, answers, offices, m);
      return {
        step,
        label: textAt(m, `review.check.labels.${field.name}`),
        lines: words === '' ? [textAt(m, 'review.check.notGiven')] : words.split('\n'),
      };
    });
}

function inWords(
  field: ReviewField,
  path: string,
  answers: ReviewAnswers,
  offices: readonly Office[],
  m: Messages,
): string {
  const value = answers[field.name] ?? '';
  switch (field.kind) {
    case 'day': {
      const day = dayOf(answers, field.name);
      return day === null ? '' : dayInWords(day);
    }
    case 'radios': {
      const office = field.options.length === 0 ? offices.find(({ id }) => id === value) : undefined;
      if (office) return field.name === 'force' ? office.force : office.name;
      return value === '' ? '' : textAt(m, `${path}.options.${value}`);
    }
    case 'boxes':
      return value
        .split(',')
        .filter((key) => key !== '')
        .map((key) => textAt(m, `${path}.options.${key}`))
        .join('\n');
    case 'text':
    case 'long':
      return value;
  }
}

function contactRows(step: string, answers: ReviewAnswers, m: Messages): readonly CheckedRow[] {
  const contact = answersOf(answers);
  const reach = reachableBy(contact);
  const text = (path: string): string => textAt(m, `contact.${path}`);
  const row = (key: string, value: string): CheckedRow => ({
    step,
    label: text(`check.${key}`),
    lines: (value || text('check.notGiven')).split('\n'),
  });
  if (step === 'reply') return [row('replyBy', text(`reply.${contact.replyBy}`))];
  if (step === 'adjustments') {
    const formats = contact.formats.split(',').filter((key) => key !== '');
    const chosen = formats.map((key) => text(`adjustments.formats.${key}`)).join('\n');
    return [row('formats', chosen || text('check.none')), row('more', contact.more)];
  }
  const ways = (['email', 'phone', 'address'] as const).filter((way) => reach[way] !== '');
  return [row('name', contact.name), ...ways.map((way) => row(way, reach[way])), row('postcode', contact.postcode)];
}
