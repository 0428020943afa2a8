import { Injectable } from '@nestjs/common';
import { Clock, dayInWords, isInForce, londonDate, type ConfigurationEntry, type FieldError } from '@app/kernel';
import type { Period } from '../domain/dated-periods';
import { breakName, brokenReferences, type BrokenReference } from '../domain/references';
import { configurationKind, titleOfEntry } from '../kinds/configuration-kinds';
import { ConfigurationRows } from './configuration-rows';

interface EntryName {
  readonly kind: string;
  readonly key: string;
  readonly office: string | null;
}

const MOST_NAMED = 5;

/** Whether configuration would still fit together after a change. What is broken already is no reason to refuse it. */
@Injectable()
export class ReferenceChecks {
  constructor(
    private readonly rows: ConfigurationRows,
    private readonly clock: Clock,
  ) {}

  /** The offices that exist today, in the open transaction. */
  async offices(): Promise<string[]> {
    return officesOf(await this.rows.liveEntries(), londonDate(this.clock.now()));
  }

  /** What is wrong with an entry that would have these periods. */
  async errorsOf(entry: EntryName, periods: readonly Period[], today: string): Promise<FieldError[]> {
    const { broken, entries } = await this.newBreaks(entry, periods, today);
    return [
      ...broken.map((each) => (isSame(each.source, entry) ? ownError(each) : useError(each))),
      ...ownErrors(entry, periods, entries, today),
    ];
  }

  /** Who would miss an entry that had only these periods, as sentences. */
  async usesOf(entry: EntryName, periods: readonly Period[], today: string): Promise<string[]> {
    const { broken } = await this.newBreaks(entry, periods, today);
    const named = [...new Set(broken.map(useOf))];
    const rest = named.length - MOST_NAMED;
    return [...named.slice(0, MOST_NAMED), ...(rest > 0 ? [`${String(rest)} more entries need it too.`] : [])];
  }

  private async newBreaks(
    entry: EntryName,
    periods: readonly Period[],
    today: string,
  ): Promise<{ broken: BrokenReference[]; entries: ConfigurationEntry[] }> {
    const before = await this.rows.liveEntries();
    const after = [
      ...before.filter((each) => !isSame(each, entry)),
      ...periods.map((each) => ({ ...entryOf(entry), ...each })),
    ];
    const offices = officesOf(before, today);
    const known = new Set(brokenReferences(before, offices, today).map(breakName));
    const broken = brokenReferences(after, offices, today).filter((each) => !known.has(breakName(each)));
    return { broken, entries: after };
  }
}

function entryOf({ kind, key, office }: EntryName): EntryName {
  return { kind, key, office };
}

function isSame(a: EntryName, b: EntryName): boolean {
  return a.kind === b.kind && a.key === b.key && a.office === b.office;
}

function officesOf(entries: readonly ConfigurationEntry[], today: string): string[] {
  return entries.filter((each) => each.kind === 'office' && isInForce(each, today)).map(({ key }) => key);
}

function ownError({ rule, target, office, day, targetEnded }: BrokenReference): FieldError {
  const what = configurationKind(rule.to)?.singular ?? rule.to;
  const message =
    targetEnded === null
      ? `there is no ${what} ${target} in ${office} on ${dayInWords(day)}`
      : `the ${what} ${target} of ${office} ends on ${dayInWords(targetEnded)}, before this does`;
  return { pointer: `/data/${rule.path.join('/')}`, message };
}

/** A change of an entry that others name cannot take it from them; only an end can, and that says so in one message. */
function useError(broken: BrokenReference): FieldError {
  return { pointer: '', message: useOf(broken) };
}

function useOf({ source, day }: BrokenReference): string {
  const what = configurationKind(source.kind)?.singular ?? source.kind;
  return `The ${what} “${titleOfEntry(source.key, source.data)}” needs it on ${dayInWords(day)}: change that first.`;
}

/** Rules about entries of the same kind. */
function ownErrors(
  entry: EntryName,
  periods: readonly Period[],
  entries: readonly ConfigurationEntry[],
  today: string,
): FieldError[] {
  const others = entries.filter(
    (each) =>
      each.kind === entry.kind &&
      each.key !== entry.key &&
      each.office === entry.office &&
      (each.validTo === null || each.validTo >= today),
  );
  const errors: FieldError[] = [];
  for (const period of periods.filter(({ validTo }) => validTo === null || validTo >= today)) {
    for (const other of others.filter((each) => overlap(period, each)))
      errors.push(...clash(entry.kind, period, other));
  }
  if (entry.kind === 'office') errors.push(...officeErrors(entry, periods, entries, today));
  return [...new Map(errors.map((error) => [`${error.pointer} ${error.message}`, error])).values()];
}

function overlap(a: Period, b: Period): boolean {
  return (a.validTo === null || b.validFrom <= a.validTo) && (b.validTo === null || a.validFrom <= b.validTo);
}

function clash(kind: string, { data }: Period, other: ConfigurationEntry): FieldError[] {
  const [own, theirs] = [data, other.data] as Record<string, unknown>[];
  if (!own || !theirs) return [];
  const title = titleOfEntry(other.key, other.data);
  if (kind === 'standard' && own.category === theirs.category && own.channel === theirs.channel) {
    const pointer = own.category === null ? '/data/channel' : '/data/category';
    return [{ pointer, message: `has a standard already: ${title}. Change that one` }];
  }
  if (kind === 'area' && own.level === theirs.level) {
    const taken = textsOf(own.outcodes).filter((each) => textsOf(theirs.outcodes).includes(each));
    return taken.map((each) => ({ pointer: '/data/outcodes', message: `${each} lies in ${title} already` }));
  }
  return [];
}

/** A code stands in references that people hold, and mail to an address must have one office to go to. */
function officeErrors(
  { key }: EntryName,
  periods: readonly Period[],
  entries: readonly ConfigurationEntry[],
  today: string,
): FieldError[] {
  const errors: FieldError[] = [];
  const others = entries.filter((each) => each.kind === 'office' && each.key !== key && isInForce(each, today));
  const codes = new Set(periods.map(({ data }) => (data as { code: string }).code));
  if (codes.size > 1) {
    errors.push({ pointer: '/data/code', message: 'stands in references that people hold, and cannot be changed' });
  }
  for (const { data } of periods) {
    const own = data as { code: string; mailboxes: string[] };
    for (const other of others) {
      const theirs = other.data as { name: string; code: string; mailboxes: string[] };
      if (own.code === theirs.code) errors.push({ pointer: '/data/code', message: `is the code of ${theirs.name}` });
      const taken = own.mailboxes.find((each) =>
        theirs.mailboxes.some((box) => box.toLowerCase() === each.toLowerCase()),
      );
      if (taken) errors.push({ pointer: '/data/mailboxes', message: `${taken} is a mailbox of ${theirs.name}` });
    }
  }
  return errors;
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}
