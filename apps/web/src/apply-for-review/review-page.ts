import type { Office } from '@app/offices';
import { answersOf } from '../contact/contact-steps';
import { formatItems, sizeInWords } from '../contact/contact-page';
import { errorsModel, type ErrorsModel, type FormError } from '../http/form-errors';
import { textAt, type Messages } from '../http/messages';
import type { PublicModel } from '../http/public-page';
import { DAY_PARTS, optionsOf } from './review-answers';
import type { ReviewWriting } from './review-drafting';
import { pathBefore, type Standing } from './review-progress';
import type { ReviewAnswers, ReviewField, ReviewStep } from './review-questions';

interface Item {
  readonly value: string;
  readonly text: string;
  readonly checked: boolean;
  readonly name?: string;
  readonly hint?: { readonly text: string };
}

export interface FieldModel {
  readonly kind: ReviewField['kind'];
  readonly name: string;
  /** The question is the page's heading. */
  readonly isHeading: boolean;
  /** One of many on its page. */
  readonly isSmall: boolean;
  readonly label: string;
  readonly hint?: { readonly text: string };
  readonly value: string;
  readonly items: readonly unknown[];
  readonly rows: number;
  readonly autocomplete?: string;
  readonly error?: ErrorsModel['errorOf'][string];
}

/** What a page of the form shows. */
export function reviewStepModel(
  step: ReviewStep,
  writing: ReviewWriting | null,
  given: ReviewAnswers,
  errors: readonly FormError[],
  standing: Standing,
  m: Messages,
): PublicModel {
  const answers = { ...writing?.answers, ...given };
  const worded = errorsModel(errors, m);
  const intros = ['intro', 'intro2'].map((key) => optional(m, `review.steps.${step.step}.${key}`));
  return {
    title: step.page === 'contact' ? `contact.${step.step}.title` : `review.steps.${step.step}.title`,
    status: errors.length > 0 ? 422 : 200,
    step: step.step,
    backHref: pathBefore(step.step, standing),
    hasLetter: writing !== null,
    intros: intros.filter((text) => text !== null),
    fields: step.fields.map((field) => fieldModel(field, step, answers, standing.offices, worded, m)),
    answers,
    files: filesOf(step, writing),
    replyItems: ['email', 'phone', 'post'].map((key) => ({
      value: key,
      text: textAt(m, `contact.reply.${key}`),
      checked: answers.replyBy === key,
    })),
    formatItems: formatItems(answersOf(answers).formats, m),
    ...worded,
  };
}

/** The consent stands on its own page, other documents on theirs. */
function filesOf({ step }: ReviewStep, writing: ReviewWriting | null): readonly Readonly<Record<string, string>>[] {
  const isConsent = (id: string): boolean => (writing?.consentFiles ?? []).includes(id);
  return (writing?.files ?? [])
    .filter(({ id }) => isConsent(id) === (step === 'consent'))
    .map(({ id, filename, sizeBytes }) => ({ id, filename, size: sizeInWords(sizeBytes) }));
}

function fieldModel(
  field: ReviewField,
  { step, fields }: ReviewStep,
  answers: ReviewAnswers,
  offices: readonly Office[],
  worded: ErrorsModel,
  m: Messages,
): FieldModel {
  const { kind, name } = field;
  const path = `review.steps.${step}.fields.${name}`;
  const isHeading = fields.length === 1;
  const label = isHeading ? textAt(m, `review.steps.${step}.title`) : textAt(m, `${path}.label`);
  const isOptional = 'isOptional' in field && field.isOptional === true && kind !== 'radios' && kind !== 'day';
  const hint = optional(m, `${path}.hint`);
  const error = worded.errorOf[kind === 'day' ? `${name}-day` : name];
  return {
    kind,
    name,
    isHeading,
    isSmall: fields.length > 3,
    label: isOptional ? `${label} (${textAt(m, 'review.optional')})` : label,
    ...(hint === null ? {} : { hint: { text: hint } }),
    value: answers[name] ?? '',
    items: itemsOf(field, path, answers, offices, m, error !== undefined),
    rows: field.kind === 'long' ? field.rows : 1,
    ...(field.kind === 'text' && field.autocomplete ? { autocomplete: field.autocomplete } : {}),
    ...(error ? { error } : {}),
  };
}

function itemsOf(
  field: ReviewField,
  path: string,
  answers: ReviewAnswers,
  offices: readonly Office[],
  m: Messages,
  isWrong: boolean,
): readonly unknown[] {
  const { name } = field;
  if (field.kind === 'day') {
    return DAY_PARTS.map((part) => ({
      name: part,
      label: textAt(m, `review.${part}`),
      value: answers[`${name}-${part}`] ?? '',
      classes: `govuk-input--width-${part === 'year' ? 4 : 2}${isWrong ? ' govuk-input--error' : ''}`,
    }));
  }
  if (field.kind === 'text' || field.kind === 'long') return [];
  const ids = offices.map(({ id }) => id);
  const chosen = field.kind === 'boxes' ? (answers[name] ?? '').split(',') : [answers[name] ?? ''];
  return optionsOf(name, field.options, ids).map((value): Item => {
    const office = name === 'force' || name === 'office' ? offices.find(({ id }) => id === value) : undefined;
    const hint = office ? null : optional(m, `${path}.hints.${value}`);
    return {
      value: field.kind === 'boxes' ? 'yes' : value,
      text: office ? (name === 'force' ? office.force : office.name) : textAt(m, `${path}.options.${value}`),
      checked: chosen.includes(value),
      ...(field.kind === 'boxes' ? { name: `${name}-${value}` } : {}),
      ...(hint === null ? {} : { hint: { text: hint } }),
    };
  });
}

/** A text that only some questions have. */
function optional(m: Messages, path: string): string | null {
  let current: string | Messages | undefined = m;
  for (const part of path.split('.')) current = typeof current === 'object' ? current[part] : undefined;
  return typeof current === 'string' ? current : null;
}
