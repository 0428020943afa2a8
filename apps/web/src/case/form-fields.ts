import type { FastifyRequest } from 'fastify';

/** What a form sent, as text: other values are left out, control characters that cannot be kept are removed. */
export type Fields = Readonly<Record<string, string>>;

/** The fields of a urlencoded form. */
export function formFields(request: FastifyRequest): Fields {
  return cleanFields((request.body ?? {}) as Record<string, unknown>);
}

/** Line ends as the service keeps them, without characters that PostgreSQL or a reader could not take. */
export function cleanFields(body: Readonly<Record<string, unknown>>): Fields {
  const texts = Object.entries(body).flatMap(([name, value]) => {
    const text: unknown = Array.isArray(value) ? value.at(-1) : value;
    return typeof text === 'string' ? [[name, cleanText(text)] as const] : [];
  });
  return Object.fromEntries(texts);
}

function cleanText(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '');
}

/** The version of the case that the form was made from; null where it says none. */
export function versionIn(fields: Fields): number | null {
  return /^\d{1,9}$/.test(fields.version ?? '') ? Number(fields.version) : null;
}

/** An error at a field of a form, as the templates show it. */
export interface FormErrors {
  readonly errors: readonly { readonly text: string; readonly href: string }[];
  readonly errorOf: Readonly<Record<string, { readonly text: string }>>;
}

export const NO_ERRORS: FormErrors = { errors: [], errorOf: {} };

/** By field, in the order of the page. A field named twice shows its first error. */
export function formErrors(found: readonly (readonly [field: string, text: string])[]): FormErrors {
  const errorOf: Record<string, { text: string }> = {};
  for (const [field, text] of found) errorOf[field] ??= { text };
  return { errors: found.map(([field, text]) => ({ text, href: `#${field}` })), errorOf };
}
