import { DomainError } from '@app/kernel';
import { TooManyAttempts } from '@app/access';
import type { FastifyReply } from 'fastify';

/** What a refusal looks like on a page: the summary on top and the message at its field. */
export interface PageErrors {
  readonly errors: readonly { readonly text: string; readonly href: string }[];
  readonly errorOf: Readonly<Record<string, { readonly text: string }>>;
}

/** The words for a field of each name, so that a message can begin with it. */
export type FieldNames = Readonly<Record<string, string>>;

export const NO_ERRORS: PageErrors = { errors: [], errorOf: {} };

/** The errors of a domain error; one that names no field goes to `fallback`: a field, or the page as a whole. */
export function pageErrors(error: DomainError, names: FieldNames, fallback = 'main'): PageErrors {
  const found =
    error.errors.length === 0
      ? [{ field: fallback, text: error.message }]
      : error.errors.map(({ pointer, message }) => {
          const field = pointer.split('/')[1] ?? '';
          return { field, text: `${names[field] ?? 'This'} ${message}` };
        });
  return {
    errors: found.map(({ field, text }) => ({ text, href: `#${field}` })),
    errorOf: Object.fromEntries(found.map(({ field, text }) => [field, { text }])),
  };
}

/** Sets what a refused form answers: 422, or 429 with the seconds to wait. */
export function refusedWith(reply: FastifyReply, error: DomainError): void {
  if (error instanceof TooManyAttempts) void reply.status(429).header('retry-after', String(error.seconds));
  else void reply.status(422);
}

/** A text field of a form as it was sent; anything else is empty. */
export function textOf(body: unknown, name: string): string {
  const value = typeof body === 'object' && body !== null ? (body as Record<string, unknown>)[name] : undefined;
  return typeof value === 'string' ? value.slice(0, 1000) : '';
}

/** Several boxes of one name; one ticked box arrives as a text. */
export function listOf(body: unknown, name: string): string[] {
  const value = typeof body === 'object' && body !== null ? (body as Record<string, unknown>)[name] : undefined;
  const all: unknown[] = Array.isArray(value) ? value : [value];
  return all.filter((each): each is string => typeof each === 'string' && each !== '').slice(0, 100);
}

/** A picture inside the page, so that no address ever holds what it shows. */
export function dataImage(svg: string): string {
  return `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;
}
