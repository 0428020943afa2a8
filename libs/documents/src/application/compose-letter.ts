import type { JsonObject, JsonValue } from '@app/kernel';
import { MergeFieldMissing, renderTemplate, type MessageTemplate } from '@app/notifications';
import { documentLine, documentText } from '../domain/document-text';
import { unfilledMark, type LetterSource } from '../domain/letter-source';

/** A field that the template asks for and that this letter has no value for. */
export interface FieldProblem {
  readonly field: string;
  readonly message: string;
}

export interface ComposedLetter {
  readonly source: LetterSource;
  /** Each such field stands in the letter as `[[field]]` until somebody writes what belongs there. */
  readonly problems: readonly FieldProblem[];
}

export interface ComposeOptions {
  /** Fields whose value is written in the markup by a person of ours; all others are plain words of anybody's. */
  readonly written?: readonly string[];
}

/** No template has more fields; one that reports another again and again is stopped. */
const MOST_FIELDS = 100;

/**
 * Fills a template of the configuration (Liquid, then the simple markup) with fields and puts it into its frame. Unknown
 * and empty fields are reported by name, all at once, and marked in the text.
 * @throws TemplateUnusable when the template itself cannot be read
 */
export function composeLetter(
  template: MessageTemplate,
  fields: JsonObject,
  frame: Omit<LetterSource, 'text' | 'subject'>,
  { written = [] }: ComposeOptions = {},
): ComposedLetter {
  const values: Record<string, JsonValue> = Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, literal(value, written.includes(name))]),
  );
  const problems: FieldProblem[] = [];
  for (;;) {
    try {
      const { subject, body } = renderTemplate(template, values);
      return { source: { ...frame, subject: unescaped(subject), text: body.trim() }, problems };
    } catch (error) {
      if (!(error instanceof MergeFieldMissing) || problems.length >= MOST_FIELDS) throw error;
      const { field } = error;
      if (problems.some((problem) => problem.field === field)) throw error;
      problems.push({ field, message: error.message });
      mark(values, field.split('.'), unfilledMark(field));
    }
  }
}

function mark(values: Record<string, JsonValue>, [name = '', ...rest]: readonly string[], text: string): void {
  if (rest.length === 0) {
    values[name] = text;
    return;
  }
  const inner = values[name];
  const group: Record<string, JsonValue> =
    typeof inner === 'object' && inner !== null ? { ...(inner as JsonObject) } : {};
  mark(group, rest, text);
  values[name] = group;
}

/** Words of a correspondent must not turn into a heading or a list because of how they begin. */
function literal(value: JsonValue, isWritten: boolean): JsonValue {
  if (typeof value === 'string') return isWritten ? documentText(value) : escaped(value);
  if (Array.isArray(value)) return (value as readonly JsonValue[]).map((each) => literal(each, isWritten));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value as JsonObject).map(([name, each]) => [name, literal(each, isWritten)]),
  );
}

function escaped(text: string): string {
  return documentLine(text)
    .replace(/[\\*]/g, (mark) => `\\${mark}`)
    .replaceAll('[[', '[\\[')
    .replace(/^[#>|-]/, '\\$&')
    .replace(/^(\d{1,3})([.)])(?=\s)/, '$1\\$2');
}

/** A subject is no markup: it is shown as it is. */
function unescaped(subject: string): string {
  return subject.replace(/\\([\\*#>|[\].)-])/g, '$1');
}
