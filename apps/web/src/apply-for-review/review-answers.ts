import { isDay } from '@app/kernel';
import { answersOf, checkStep, readStep, type ContactStep } from '../contact/contact-steps';
import { typed, type FormError } from '../http/form-errors';
import type { ReviewAnswers, ReviewField, ReviewStep } from './review-questions';

/** The three boxes of a day. */
export const DAY_PARTS = ['day', 'month', 'year'] as const;

/** What a page's form says; fields of other pages are left alone. */
export function readReviewStep(step: ReviewStep, fields: Readonly<Record<string, string>>): ReviewAnswers {
  if (step.page === 'contact') return { ...readStep(step.step as ContactStep, fields) };
  const read: Record<string, string> = {};
  for (const field of step.fields) {
    const { name } = field;
    if (field.kind === 'boxes') read[name] = field.options.filter((key) => fields[`${name}-${key}`]).join(',');
    else if (field.kind !== 'day') read[name] = typed(fields[name]);
    else for (const part of DAY_PARTS) read[`${name}-${part}`] = typed(fields[`${name}-${part}`]).slice(0, 20);
  }
  return read;
}

/** The day that was typed; '' where nothing was, null where it is none. */
export function typedDay(answers: ReviewAnswers, name: string): string | null {
  const [day = '', month = '', year = ''] = DAY_PARTS.map((part) => answers[`${name}-${part}`] ?? '');
  if (`${day}${month}${year}` === '') return '';
  if (!/^\d{1,2}$/.test(day) || !/^\d{1,2}$/.test(month) || !/^\d{4}$/.test(year)) return null;
  const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isDay(text) && text >= '1900-01-01' ? text : null;
}

/** The day, where a whole one was typed. */
export function dayOf(answers: ReviewAnswers, name: string): string | null {
  return typedDay(answers, name) || null;
}

export interface CheckContext {
  readonly offices: readonly string[];
  readonly today: string;
}

/** What is wrong on a page, in the order of its fields; empty when it will do. */
export function checkReviewStep(step: ReviewStep, answers: ReviewAnswers, context: CheckContext): readonly FormError[] {
  if (step.page === 'contact') return checkContactStep(step.step as ContactStep, answers);
  const errors = step.fields.flatMap((field) => checkField(field, answers, context));
  return errors.length > 0 ? errors : checkTogether(step.step, answers);
}

/** A representative's or complainant's name is always needed: nobody can decide a review for somebody unknown. */
function checkContactStep(step: ContactStep, answers: ReviewAnswers): readonly FormError[] {
  const errors = checkStep(step, answersOf(answers), []);
  const isNameless = step === 'details' && (answers.name ?? '') === '' && !errors.some(({ field }) => field === 'name');
  return isNameless ? [...errors, { field: 'name', text: 'review.errors.name' }] : errors;
}

function checkField(field: ReviewField, answers: ReviewAnswers, { offices, today }: CheckContext): FormError[] {
  const { name } = field;
  const value = answers[name] ?? '';
  const refuse = (text: string, values?: Readonly<Record<string, string>>): FormError[] => [
    { field: name, text: `review.errors.${text}`, ...(values ? { values } : {}) },
  ];
  switch (field.kind) {
    case 'radios': {
      const options = optionsOf(field.name, field.options, offices);
      return options.includes(value) || (value === '' && field.isOptional) ? [] : refuse(name);
    }
    case 'boxes':
      return [];
    case 'day': {
      const day = typedDay(answers, name);
      const at = `${name}-day`;
      if (day === null) return [{ field: at, text: 'review.errors.day' }];
      if (day > today) return [{ field: at, text: 'review.errors.future' }];
      return day === '' && !field.isOptional ? [{ field: at, text: `review.errors.${name}` }] : [];
    }
    case 'text':
    case 'long':
      if (value === '' && !field.isOptional) return refuse(name);
      return value.length > field.most ? refuse('long', { most: field.most.toLocaleString('en-GB') }) : [];
  }
}

/** The offices, by their ids, are the answers to two questions. */
export function optionsOf(name: string, options: readonly string[], offices: readonly string[]): readonly string[] {
  if (name === 'force') return [...offices, 'other'];
  return name === 'office' ? offices : options;
}

/** Days that contradict each other are asked again where the later answer is given. */
function checkTogether(step: string, answers: ReviewAnswers): readonly FormError[] {
  const [made, letter, told, sent] = ['madeOn', 'letterOn', 'toldOn', 'sentOn'].map((name) => dayOf(answers, name));
  const isBefore = (one: string | null | undefined, other: string | null | undefined): boolean =>
    Boolean(one && other && one < other);
  const refuse = (field: string, text: string): readonly FormError[] => [{ field, text: `review.errors.${text}` }];
  const hasLetter = answers.outcome === 'yes';
  if (step === 'letter' && isBefore(letter, made)) return refuse('letterOn-day', 'beforeComplaint');
  if (step === 'rights' && answers.told === 'later' && !told) return refuse('toldOn-day', 'toldOn');
  if (step === 'rights' && answers.told === 'later' && (isBefore(told, letter) || isBefore(told, made)))
    return refuse('toldOn-day', 'toldBeforeLetter');
  if (step === 'made' && hasLetter && isBefore(letter, made)) return refuse('madeOn-day', 'afterLetter');
  if (step === 'made' && answers.sentTo !== 'no' && isBefore(sent, made)) return refuse('madeOn-day', 'afterSent');
  if (step === 'sent' && answers.sentTo !== 'no' && isBefore(sent, made))
    return refuse('sentOn-day', 'beforeComplaint');
  return [];
}
