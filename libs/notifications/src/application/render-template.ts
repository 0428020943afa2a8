import { Liquid, LiquidError, type Template } from 'liquidjs';
import { DomainError, type JsonObject } from '@app/kernel';
import { headerLine } from '../domain/header-line';

export interface MessageTemplate {
  readonly subject: string;
  readonly body: string;
}

export interface RenderedMessage {
  readonly subject: string;
  readonly body: string;
}

const LONGEST_SUBJECT = 200;
const LONGEST_BODY = 100_000;
// Templates are edited in the product: one that loops or swells must cost a clear error, not the process.
const LIMITS = { parseLimit: 100_000, renderLimit: 1_000, memoryLimit: 1_000_000 };

/** A merge field that the template uses is unknown or has no value. */
export class MergeFieldMissing extends DomainError {
  readonly code = 'notifications.merge-field-missing';
  readonly kind = 'invalid';
  constructor(
    readonly field: string,
    problem: 'unknown' | 'empty' | 'not a text',
  ) {
    const message = {
      unknown: `The merge field “${field}” does not exist`,
      empty: `The merge field “${field}” has no value for this case`,
      'not a text': `The merge field “${field}” is a group of fields; name one of them`,
    }[problem];
    super(message, { errors: [{ pointer: `/${field.replaceAll('.', '/')}`, message }] });
  }
}

/** The template cannot be read or carried out. */
export class TemplateUnusable extends DomainError {
  readonly code = 'notifications.template-unusable';
  readonly kind = 'invalid';
  constructor(part: keyof MessageTemplate, problem: string, options?: ErrorOptions) {
    const message = `The ${part} of the template cannot be used: ${problem}`;
    super(message, { ...options, errors: [{ pointer: `/${part}`, message }] });
  }
}

class UnfitOutput extends Error {
  constructor(readonly problem: 'empty' | 'not a text') {
    super(problem);
  }
}

function fitOutput(value: unknown): string {
  if (Array.isArray(value)) return fitOutput(value.map((each) => fitOutput(each)).join(', '));
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value === 'string' && value.trim() !== '') return value;
  throw new UnfitOutput(typeof value === 'object' && value !== null ? 'not a text' : 'empty');
}

const engine = new Liquid({
  strictVariables: true,
  strictFilters: true,
  ownPropertyOnly: true,
  // In place of the file system: there is nothing to include.
  templates: {},
  relativeReference: false,
  dynamicPartials: false,
  // Sees every output after its filters, so that `default` can still fill a gap.
  outputEscape: fitOutput,
  locale: 'en-GB',
  timezoneOffset: 'Europe/London',
  dateFormat: '%-d %B %Y',
  ...LIMITS,
});
// The built-in `raw` would let an output pass by `outputEscape`.
engine.registerFilter('raw', (value: unknown) => value);

const MOST_TEMPLATES = 200;
const templates = new Map<string, Template[]>();

/**
 * Fills a Liquid template. Values are never read as template code. Name every field that exists, with null where there
 * is no value: a template may ask `{% if field %}` for it, while an unknown field is an error even there.
 * @throws MergeFieldMissing naming the field. @throws TemplateUnusable when it cannot be read or exceeds a limit.
 */
export function renderTemplate(template: MessageTemplate, values: JsonObject): RenderedMessage {
  const subject = headerLine(renderPart('subject', template.subject, values), LONGEST_SUBJECT);
  const body = tidyBody(renderPart('body', template.body, values));
  if (subject === '') throw new TemplateUnusable('subject', 'it is empty');
  if (body.trim() === '') throw new TemplateUnusable('body', 'it is empty');
  if (body.length > LONGEST_BODY) throw new TemplateUnusable('body', 'the finished letter is too long');
  return { subject, body };
}

function renderPart(part: keyof MessageTemplate, text: string, values: JsonObject): string {
  try {
    return String(engine.renderSync(parsed(text), values));
  } catch (error) {
    throw explained(part, error);
  }
}

/** The few templates of the offices are parsed once. */
function parsed(text: string): Template[] {
  const known = templates.get(text);
  if (known) return known;
  const template = engine.parse(text);
  if (templates.size >= MOST_TEMPLATES) templates.clear();
  templates.set(text, template);
  return template;
}

function explained(part: keyof MessageTemplate, error: unknown): DomainError {
  if (!LiquidError.is(error)) return new TemplateUnusable(part, 'it could not be carried out', { cause: error });
  const original: unknown = error.originalError;
  if (original instanceof UnfitOutput) {
    const output = error.token.getText();
    const field = /^\{\{-?\s*([^\s|}]+)/.exec(output)?.[1] ?? output;
    return new MergeFieldMissing(field, original.problem);
  }
  const unknown = /undefined variable: ([^\s,]+)/.exec(error.message)?.[1];
  if (unknown !== undefined) return new MergeFieldMissing(unknown, 'unknown');
  return new TemplateUnusable(part, error.message, { cause: error });
}

/** Line ends as mail software expects them from us, without control characters that could upset a reader. */
function tidyBody(text: string): string {
  return text
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(/[^\P{Cc}\n\t]/gu, '')
    .replace(/\p{Cs}/gu, '\ufffd');
}
