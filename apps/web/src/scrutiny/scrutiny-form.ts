import type { FastifyReply } from 'fastify';
import { currentCaller } from '@app/platform';
import { formErrors, NO_ERRORS, type Fields, type FormErrors } from '../case/form-fields';
import { refusedBy } from '../case/refusals';
import { showStaffPage } from '../staff/staff-page';
import { officeInWords } from '../worklist/worklist-choices';

export interface FormItem {
  readonly value: string;
  readonly text: string;
  readonly hint?: { readonly text: string };
}

export interface FormField {
  readonly kind: 'line' | 'number' | 'day' | 'long' | 'select' | 'radios' | 'ticks' | 'file' | 'hidden';
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly items?: readonly FormItem[];
}

/** A form of oversight: everything that its page shows around the fields. */
export interface ScrutinyForm {
  readonly pageTitle: string;
  readonly caption?: string;
  readonly intro?: string;
  readonly back: { readonly text: string; readonly href: string };
  readonly action: string;
  readonly button: string;
  readonly fields: readonly FormField[];
  readonly isWarning?: boolean;
}

/** The page of a form, empty or as it was sent. */
export async function showForm(
  reply: FastifyReply,
  form: ScrutinyForm,
  values: Fields,
  { errors, errorOf }: FormErrors = NO_ERRORS,
): Promise<void> {
  await showStaffPage(reply, 'scrutiny/views/form', {
    pageTitle: errors.length > 0 ? `Error: ${form.pageTitle}` : form.pageTitle,
    form,
    isMultipart: form.fields.some(({ kind }) => kind === 'file'),
    fields: form.fields.map((field) => shown(field, values)),
    ...{ values, errors, errorOf },
  });
}

/** Does it and goes where `work` says; what a rule refuses goes back to the page with what was entered. */
export async function carryOut(
  reply: FastifyReply,
  form: ScrutinyForm,
  values: Fields,
  work: () => Promise<string>,
): Promise<void> {
  try {
    const next = await work();
    void reply.redirect(next, 303);
  } catch (error) {
    const refused = refusedBy(error);
    if (refused === null) throw error;
    void reply.status(refused.status);
    const names = new Set(form.fields.map(({ name }) => name));
    const found = refused.fields.map(([field, text]) => {
      const name = field.replaceAll('/', '-');
      return [names.has(name) ? name : 'main', text] as const;
    });
    await showForm(reply, form, values, namedErrors(form, found.length > 0 ? found : [['main', refused.message]]));
  }
}

/** Where several fields have the same error, the summary says of each which it is. */
function namedErrors(form: ScrutinyForm, found: readonly (readonly [field: string, text: string])[]): FormErrors {
  const { errors, errorOf } = formErrors(found);
  const isShared = (text: string): boolean => errors.filter((each) => each.text === text).length > 1;
  const labels = new Map(form.fields.map(({ name, label }) => [`#${name}`, label]));
  const named = errors.map(({ text, href }) => ({
    href,
    text: isShared(text) ? `${labels.get(href) ?? ''}: ${text}` : text,
  }));
  return { errors: named, errorOf };
}

/** Which office; nothing to choose for who has one. */
export function officeField(): FormField {
  const { offices } = currentCaller();
  const items = offices.map((value) => ({ value, text: officeInWords(value) }));
  return { kind: offices.length > 1 ? 'select' : 'hidden', name: 'office', label: 'Office', items };
}

export function firstOffice(): string {
  return currentCaller().offices[0] ?? '';
}

/** The office that a form names; the caller's first where it names none of theirs. */
export function officeIn(values: Fields): string {
  return currentCaller().offices.find((office) => office === values.office) ?? firstOffice();
}

/** Null where nothing was entered. */
export function orNull(text: string | undefined): string | null {
  return text === undefined || text.trim() === '' ? null : text.trim();
}

function shown(field: FormField, values: Fields): object {
  if (field.kind !== 'ticks') return field;
  const items = (field.items ?? []).map(({ value, text }) => {
    const name = `${field.name}-${value}`;
    return { name, id: name, value: 'yes', text, checked: values[name] === 'yes' };
  });
  return { ...field, items };
}

/** Which of a field's boxes were ticked. */
export function ticked(field: string, keys: readonly string[], values: Fields): readonly string[] {
  return keys.filter((key) => values[`${field}-${key}`] === 'yes');
}
