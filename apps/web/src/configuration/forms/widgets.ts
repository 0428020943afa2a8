import { CLOCKS, titleOfEntry } from '@app/offices';
import { inWords, type FormField } from './form-field';

export type FormBody = Readonly<Record<string, unknown>>;
type Policy = Record<string, string | number | undefined>;
interface Clock {
  readonly clock: string;
  readonly policy: Policy;
}
interface Phrase {
  readonly phrase: string;
  readonly level: string;
  readonly reason: string;
  readonly unless?: readonly string[];
}
interface PlanPriority {
  readonly key: string;
  readonly name: string;
  readonly parts: readonly string[];
}

const UNIT_WORDS: Readonly<Record<string, readonly [string, string]>> = {
  'working-days': ['working day', 'working days'],
  'calendar-days': ['calendar day', 'calendar days'],
  'calendar-months': ['month', 'months'],
};

/** The texts of a form: what its fields are filled with, by name. */
export type FormTexts = Readonly<Record<string, string | readonly string[]>>;

/** A stored value as the texts of its field. */
export function textsOf({ path, widget, columns = [] }: FormField, value: unknown): FormTexts {
  if (widget === 'clocks') return clockTexts(path, (value ?? []) as Clock[]);
  if (widget === 'choices') return { [path]: (value ?? []) as string[] };
  if (widget === 'records') return { [path]: recordLines(columns, value) };
  return { [path]: textOf(widget, value) };
}

function textOf(widget: FormField['widget'], value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (widget === 'lines') return (value as string[]).join('\n');
  if (widget === 'groups') {
    return Object.entries(value as Record<string, string[]>)
      .map(([name, words]) => `${name}: ${words.join(', ')}`)
      .join('\n');
  }
  if (widget === 'phrases') return (value as Phrase[]).map(phraseLine).join('\n');
  if (widget === 'priorities') {
    return (value as PlanPriority[])
      .map(({ key, name, parts }) => [key, name, parts.join('; ')].join(' | '))
      .join('\n');
  }
  return typeof value === 'number' || typeof value === 'string' ? String(value) : '';
}

/** The last part of a line may have | in it. */
function recordOf(columns: readonly string[], line: string): object {
  const parts = line.split('|').map((part) => part.trim());
  const last = parts.slice(columns.length - 1).join(' | ');
  return Object.fromEntries(
    columns.map((column, index) => {
      const part = index === columns.length - 1 ? last : (parts[index] ?? '');
      const isNumber = column.endsWith('#') && /^\d{1,9}$/.test(part);
      return [column.replace(/#$/, ''), isNumber ? Number(part) : part];
    }),
  );
}

function recordLines(columns: readonly string[], value: unknown): string {
  const names = columns.map((column) => column.replace(/#$/, ''));
  return ((value ?? []) as Record<string, string | number>[])
    .map((record) => names.map((name) => String(record[name] ?? '')).join(' | '))
    .join('\n');
}

function phraseLine({ level, phrase, reason, unless }: Phrase): string {
  return [level, phrase, reason, ...(unless ? [unless.join('; ')] : [])].join(' | ');
}

function clockTexts(path: string, clocks: readonly Clock[]): FormTexts {
  const entries = clocks.flatMap(({ clock, policy }) =>
    Object.entries({ ...policy, was: `${String(policy.count)} ${String(policy.unit)}` }).map(
      ([name, value]) => [`${path}.${clock}.${name}`, String(value ?? '')] as const,
    ),
  );
  // The order in which they are kept says nothing, and must not look like a change.
  return { ...Object.fromEntries(entries), [`${path}.order`]: clocks.map(({ clock }) => clock).join(' ') };
}

/** What was sent for a field, as its value; undefined: left out. */
export function valueOf({ path, widget, empty, columns = [] }: FormField, body: FormBody): unknown {
  if (widget === 'clocks') return clocksOf(path, body);
  const text = first(body[path]);
  if (widget === 'choices') {
    const chosen = all(body[path]);
    return chosen.length === 0 && empty === 'absent' ? undefined : chosen;
  }
  if (widget === 'lines') {
    const found = linesOf(text);
    return found.length === 0 && empty === 'absent' ? undefined : found;
  }
  if (widget === 'groups') return Object.fromEntries(linesOf(text).map(groupOf));
  if (widget === 'phrases') return linesOf(text).map(phraseOf);
  if (widget === 'priorities') return linesOf(text).map(priorityOf);
  if (widget === 'records') return linesOf(text).map((line) => recordOf(columns, line));
  const trimmed = text.replace(/\r\n?/g, '\n').trim();
  if (trimmed === '' && empty !== undefined) return empty === 'null' ? null : undefined;
  if (widget === 'number') return /^-?\d{1,9}$/.test(trimmed) ? Number(trimmed) : trimmed;
  if (widget === 'yes-no' || widget === 'maybe') return trimmed === 'yes' ? true : trimmed === 'no' ? false : trimmed;
  // The end of a letter is part of it: only what a browser adds is taken away.
  return path === 'body' ? text.replace(/\r\n?/g, '\n') : trimmed;
}

function groupOf(line: string): [string, string[]] {
  const at = line.indexOf(':');
  const name = at < 0 ? line : line.slice(0, at);
  return [name.trim(), partsOf(at < 0 ? '' : line.slice(at + 1), ',')];
}

function phraseOf(line: string): object {
  const [level = '', phrase = '', reason = '', unless] = line.split('|').map((part) => part.trim());
  return { phrase, level, reason, ...(unless ? { unless: partsOf(unless, ';') } : {}) };
}

function priorityOf(line: string): object {
  const [key = '', name = '', parts = ''] = line.split('|').map((part) => part.trim());
  return { key, name, parts: partsOf(parts, ';') };
}

function clocksOf(path: string, body: FormBody): object[] {
  const kept = first(body[`${path}.order`]).split(' ');
  const inOrder = [...CLOCKS].sort((a, b) => (kept.indexOf(a) + 1 || 9) - (kept.indexOf(b) + 1 || 9));
  return inOrder.flatMap((clock) => {
    const field = (name: string): string => first(body[`${path}.${clock}.${name}`]).trim();
    const unit = field('unit');
    if (unit === '') return [];
    const count = field('count');
    const isSame = field('was') === `${count} ${unit}`;
    const source = field('source');
    const startedBy = field('startedBy');
    return [
      {
        clock,
        policy: {
          // The name is stored with each deadline that the rule gives: another length is another rule.
          rule: isSame && field('rule') !== '' ? field('rule') : `${clock}-${count || 'x'}-${unit}`,
          unit,
          count: /^\d{1,9}$/.test(count) ? Number(count) : count,
          region: field('region'),
          dayZero: field('dayZero') || 'receipt',
          rollForward: field('rollForward') || 'none',
          ...(startedBy === '' ? {} : { startedBy }),
          ...(source === '' ? {} : { source }),
        },
      },
    ];
  });
}

/** A stored value in lines that people read. `titles` names entries of other kinds. */
export function linesToRead(field: FormField, value: unknown, titles: ReadonlyMap<string, string>): string[] {
  if (value === null || value === undefined) return [];
  if (typeof value === 'boolean') return [value ? 'Yes' : 'No'];
  const optionText = (key: string): string => field.options?.find((each) => each.value === key)?.text ?? key;
  if (field.widget === 'clocks') return (value as Clock[]).map(clockToRead);
  if (field.widget === 'entry') {
    return typeof value === 'string'
      ? [titles.get(`${field.entriesOf ?? ''} ${value}`) ?? titleOfEntry(value, null)]
      : [];
  }
  if (Array.isArray(value) && value.every((each) => typeof each === 'string')) return value.map(optionText);
  if (field.widget === 'records') return linesOf(recordLines(field.columns ?? [], value), false);
  return linesOf(optionText(textOf(field.widget, value)), false);
}

function clockToRead({ clock, policy }: Clock): string {
  const [one, many] = UNIT_WORDS[String(policy.unit)] ?? ['day', 'days'];
  const count = Number(policy.count);
  const region =
    policy.region === 'any-uk' ? 'bank holidays of any part of the UK' : 'bank holidays of England and Wales';
  const roll = policy.rollForward === 'next-working-day' ? ', then on to the next working day' : '';
  const length = count === 0 ? 'the same day' : `${String(count)} ${count === 1 ? one : many}`;
  return `${inWords(clock)}: ${length} (${region}${roll})`;
}

function linesOf(text: string, trimmed = true): string[] {
  const lines = text.split(/\r\n?|\n/);
  return trimmed ? lines.map((line) => line.trim()).filter((line) => line !== '') : lines;
}

function partsOf(text: string, separator: string): string[] {
  return text
    .split(separator)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

export function first(value: unknown): string {
  const [text] = all(value);
  return text ?? '';
}

function all(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).filter((each): each is string => typeof each === 'string');
}
