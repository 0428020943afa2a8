import type { FieldError } from '@app/kernel';
import { formOf } from './forms';
import type { FormField } from './form-field';
import { textsOf, valueOf, type FormBody, type FormTexts } from './widgets';

/** The data of an entry as its form was sent. */
export function dataOfForm(kind: string, body: FormBody): Record<string, unknown> {
  const data: Record<string, unknown> = {};
  for (const field of formOf(kind)) {
    const steps = field.path.split('.');
    const value = valueOf(field, body);
    let holder = data;
    for (const step of steps.slice(0, -1)) holder = (holder[step] ??= {}) as Record<string, unknown>;
    if (value !== undefined) holder[steps.at(-1) ?? ''] = value;
  }
  return data;
}

/** The texts that fill the form of an entry. */
export function textsOfData(kind: string, data: unknown): FormTexts {
  return Object.assign({}, ...formOf(kind).map((field) => textsOf(field, valueAt(data, field.path)))) as FormTexts;
}

export function valueAt(data: unknown, path: string): unknown {
  let current: unknown = data;
  for (const step of path.split('.')) {
    current = typeof current === 'object' && current !== null ? (current as Record<string, unknown>)[step] : undefined;
  }
  return current;
}

/** The field that a pointer such as `/data/when/anyWords/3` is about. */
export function fieldAt(kind: string, pointer: string): FormField | undefined {
  const path = pointer.replace(/^\/data\/?/, '').replaceAll('/', '.');
  const fields = formOf(kind);
  const within = fields.filter((field) => path === field.path || path.startsWith(`${field.path}.`));
  // What is wrong with a group of fields is said at the first of them.
  return (
    within.sort((a, b) => b.path.length - a.path.length)[0] ??
    fields.find(({ path: at }) => path !== '' && at.startsWith(`${path}.`))
  );
}

export interface PageErrors {
  readonly errors: readonly { readonly text: string; readonly href: string }[];
  readonly errorOf: Readonly<Record<string, { readonly text: string }>>;
}

const OWN_FIELDS: Readonly<Record<string, string>> = {
  reason: 'Reason',
  validFrom: 'First day',
  validTo: 'Last day',
  lastDay: 'Last day',
  key: 'Key',
  office: 'Office',
  version: 'Version',
};

/** Errors of a command in the words of the form, each at its field. */
export function pageErrors(kind: string, found: readonly FieldError[]): PageErrors {
  const errors: { text: string; href: string }[] = [];
  const errorOf: Record<string, { text: string }> = {};
  for (const { pointer, message } of found) {
    const field = fieldAt(kind, pointer);
    const own = pointer.replace(/^\//, '');
    const id = field ? idOf(field.path) : own in OWN_FIELDS ? own : 'main';
    const text = sentence(field?.label ?? OWN_FIELDS[own] ?? null, withPlace(pointer, field, message));
    errors.push({ text, href: `#${focusIdOf(field, id)}` });
    errorOf[id] ??= { text };
  }
  return { errors, errorOf };
}

/** Names of fields have dots; ids in selectors must not. */
export function idOf(path: string): string {
  return path.replaceAll('.', '-');
}

function focusIdOf(field: FormField | undefined, id: string): string {
  if (field?.widget === 'clocks') return `${id}-forward-unit`;
  return OWN_FIELDS[id] !== undefined && /valid|lastDay/.test(id) ? `${id}-day` : id;
}

/** Which line of a list is meant. */
function withPlace(pointer: string, field: FormField | undefined, message: string): string {
  if (!field || !['phrases', 'priorities', 'records'].includes(field.widget)) return message;
  const at = new RegExp(`/${field.path}/(\\d+)/(\\w+)`).exec(pointer);
  return at ? `line ${String(Number(at[1]) + 1)}: ${at[2] ?? ''} ${message.replace(/^line \d+:? /, '')}` : message;
}

function sentence(label: string | null, message: string): string {
  if (label === null) return message.charAt(0).toUpperCase() + message.slice(1);
  if (/^(must|is|has|stands)\b/.test(message)) return `${label} ${message}`;
  return message.startsWith('line') ? `${label}, ${message}` : `${label}: ${message}`;
}
