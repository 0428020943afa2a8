import type { FieldError } from '@app/kernel';

declare global {
  interface String {
    /** ES2024; Node has it from version 20. */
    isWellFormed(): boolean;
    toWellFormed(): string;
  }
}

/** Far more than any request we take needs; what walks the input after us is recursive and slow. */
const DEEPEST = 32;
const MOST_VALUES = 100_000;
const MOST_ERRORS = 20;

/** An object or array on the way, and how far its parts have been looked at. */
interface Level {
  readonly holder: Record<string, unknown>;
  readonly keys: readonly string[];
  readonly pointer: string;
  next: number;
}

/**
 * Makes a parsed input safe to keep. Half a surrogate pair becomes the replacement character, as in any UTF-8 encoder.
 * NUL characters, too deep a nesting and too many values cannot be kept and are answered as errors.
 */
export function makeStorable(input: unknown, pointer = ''): { value: unknown; errors: FieldError[] } {
  const root: Record<string, unknown> = { value: input };
  const errors: FieldError[] = [];
  let values = 0;
  // Not recursive: a body of nothing but brackets would end the stack.
  const levels: Level[] = [{ holder: root, keys: ['value'], pointer: '', next: 0 }];
  for (let level = levels.at(-1); level && errors.length < MOST_ERRORS; level = levels.at(-1)) {
    const key = level.keys[level.next++];
    if (key === undefined) {
      levels.pop();
      continue;
    }
    if (++values > MOST_VALUES) return { value: input, errors: [{ pointer, message: 'has too many parts' }] };
    const at = levels.length === 1 ? pointer : `${level.pointer}/${escapePointer(key)}`;
    const part = level.holder[key];
    if (key.includes('\0'))
      errors.push({ pointer: level.pointer, message: 'must not have the NUL character in a name' });
    if (typeof part === 'string') {
      if (part.includes('\0')) errors.push({ pointer: at, message: 'must not contain the NUL character' });
      if (!part.isWellFormed()) level.holder[key] = part.toWellFormed();
    } else if (typeof part === 'object' && part !== null && !ArrayBuffer.isView(part)) {
      if (levels.length > DEEPEST) errors.push({ pointer: at, message: 'is nested too deeply' });
      else levels.push({ holder: part as Level['holder'], keys: Object.keys(part), pointer: at, next: 0 });
    }
  }
  return { value: root.value, errors };
}

/** One step of a JSON pointer (RFC 6901). */
export function escapePointer(step: string): string {
  return step.replaceAll('~', '~0').replaceAll('/', '~1');
}
