import { Liquid, LiquidError, type Template } from 'liquidjs';
import type { MessageTemplate } from './render-template';

/** What is wrong with one part of a template; the message names the line. */
export interface TemplateProblem {
  readonly part: keyof MessageTemplate;
  readonly message: string;
}

// Reads only: what a template does with its fields is tried by `renderTemplate`.
const reader = new Liquid({ strictFilters: true, templates: {}, relativeReference: false, dynamicPartials: false });

/** Syntax that cannot be read and merge fields that do not exist, before a template is ever used. */
export function templateProblems(template: MessageTemplate, fields: readonly string[]): TemplateProblem[] {
  return (['subject', 'body'] as const).flatMap((part) =>
    problemsOf(template[part], fields).map((message) => ({ part, message })),
  );
}

function problemsOf(text: string, fields: readonly string[]): string[] {
  let parsed: Template[];
  try {
    parsed = reader.parse(text);
    checkFilters(parsed);
  } catch (error) {
    return [syntaxMessage(error)];
  }
  const problems: string[] = [];
  for (const [name, uses] of Object.entries(reader.analyzeSync(parsed, { partials: false }).globals)) {
    if (fields.includes(name)) continue;
    for (const { location } of uses) {
      problems.push(`line ${String(location.row)}: there is no merge field “${name}”`);
    }
  }
  return problems;
}

/** A filter that does not exist shows only when it is used; rendering with nothing finds it. */
function checkFilters(parsed: Template[]): void {
  reader.renderSync(parsed, {});
}

function syntaxMessage(error: unknown): string {
  if (!LiquidError.is(error)) return 'it cannot be read';
  const line = /, line:(\d+)/.exec(error.message)?.[1];
  const what = error.message.replace(/, line:\d+.*$/s, '');
  return line === undefined ? what : `line ${line}: ${what}`;
}
