import { UnreadablePdf } from '../pdf/pdf-reader';
import { ItemLeftOut } from '../bundle/item-pages';
import { RedactionNotProven } from '../redaction/redact-pdf';

/** An error as it travels between threads: what a caller tells apart by its class is told by a name. */
export interface TaskFailure {
  readonly kind: 'encrypted' | 'damaged' | 'left-out' | 'not-proven' | 'defect';
  readonly message: string;
}

export function failureOf(error: unknown): TaskFailure {
  const message = error instanceof Error ? error.message : 'unknown failure';
  if (error instanceof UnreadablePdf) return { kind: error.reason, message };
  if (error instanceof ItemLeftOut) return { kind: 'left-out', message };
  if (error instanceof RedactionNotProven) return { kind: 'not-proven', message };
  return { kind: 'defect', message };
}

export function errorOf({ kind, message }: TaskFailure): Error {
  switch (kind) {
    case 'encrypted':
    case 'damaged':
      return new UnreadablePdf(kind);
    case 'left-out':
      return new ItemLeftOut(message);
    case 'not-proven':
      return new RedactionNotProven(message);
    case 'defect':
      return new Error(message);
  }
}
