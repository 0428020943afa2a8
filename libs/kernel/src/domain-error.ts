export type ErrorKind = 'not-found' | 'conflict' | 'invalid' | 'forbidden' | 'stale' | 'unavailable';

/** One wrong part of an input: `pointer` is a JSON pointer into the request (RFC 6901). */
export interface FieldError {
  readonly pointer: string;
  readonly message: string;
}

/** A rule said no. `code` is stable and is what callers match on; the message is for people. */
export abstract class DomainError extends Error {
  abstract readonly code: string;
  abstract readonly kind: ErrorKind;
  readonly errors: readonly FieldError[];

  constructor(message: string, options?: ErrorOptions & { errors?: readonly FieldError[] }) {
    super(message, options);
    this.name = new.target.name;
    this.errors = options?.errors ?? [];
  }
}
