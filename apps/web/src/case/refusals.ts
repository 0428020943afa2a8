import { DomainError } from '@app/kernel';

/** What a rule said no to, in the terms of a page. */
export interface Refused {
  readonly status: 409 | 412 | 422;
  /** By field where it names one; else it is about the whole form. */
  readonly fields: readonly (readonly [field: string, text: string])[];
  readonly message: string;
}

/** The refusal that an error is, for the page to explain; null for what is for the error page (not found, a defect). */
export function refusedBy(error: unknown): Refused | null {
  if (!(error instanceof DomainError)) return null;
  if (error.kind === 'stale') return { status: 412, fields: [], message: error.message };
  if (error.kind === 'conflict') return { status: 409, fields: [], message: error.message };
  if (error.kind !== 'invalid') return null;
  const fields = error.errors.map(({ pointer, message }) => [pointer.slice(1), sentence(message)] as const);
  return { status: 422, fields, message: sentence(error.message) };
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
