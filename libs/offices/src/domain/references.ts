import { addDays, isInForce, type ConfigurationEntry } from '@app/kernel';

/** Where the data of one kind names an entry of another. */
export interface ReferenceRule {
  readonly from: string;
  /** The steps to the field, as in `then`, `category`. A list of keys counts each. */
  readonly path: readonly string[];
  readonly to: string;
}

export const REFERENCES: readonly ReferenceRule[] = [
  { from: 'category', path: ['queue'], to: 'queue' },
  { from: 'category', path: ['destination'], to: 'destination' },
  { from: 'triage-rule', path: ['then', 'category'], to: 'category' },
  { from: 'triage-rule', path: ['then', 'queue'], to: 'queue' },
  { from: 'standard', path: ['category'], to: 'category' },
  { from: 'office', path: ['areas'], to: 'area' },
  { from: 'team', path: ['queues'], to: 'queue' },
];

/** An entry names another that does not hold in an office on a day on which it holds itself. */
export interface BrokenReference {
  readonly source: ConfigurationEntry;
  readonly rule: ReferenceRule;
  readonly target: string;
  readonly office: string;
  readonly day: string;
  /** The last day on which the target holds before that day; null when it never did. */
  readonly targetEnded: string | null;
}

/**
 * Every reference of configuration in force from today on that leads nowhere in one of the offices. Looks at the days
 * on which something begins or ends: between them nothing changes.
 */
export function brokenReferences(
  entries: readonly ConfigurationEntry[],
  offices: readonly string[],
  today: string,
): BrokenReference[] {
  const index = new Map<string, ConfigurationEntry[]>();
  for (const entry of entries) {
    const name = `${entry.kind} ${entry.key}`;
    const known = index.get(name);
    if (known) known.push(entry);
    else index.set(name, [entry]);
  }
  return entries.flatMap((source) =>
    REFERENCES.filter(({ from }) => from === source.kind).flatMap((rule) =>
      keysAt(source.data, rule.path).flatMap((target) =>
        // An office's own areas are its own; it may not exist yet.
        (source.kind === 'office' ? [source.key] : offices)
          .filter((office) => source.office === null || source.office === office)
          .flatMap((office) => firstBreak(index, source, rule, target, office, today) ?? []),
      ),
    ),
  );
}

/** The same break, before and after a change. */
export function breakName({ source, rule, target, office }: BrokenReference): string {
  return [source.kind, source.key, source.office ?? '', rule.path.join('.'), target, office].join(' ');
}

function firstBreak(
  index: ReadonlyMap<string, readonly ConfigurationEntry[]>,
  source: ConfigurationEntry,
  rule: ReferenceRule,
  target: string,
  office: string,
  today: string,
): BrokenReference | null {
  const sources = index.get(`${source.kind} ${source.key}`) ?? [];
  const targets = index.get(`${rule.to} ${target}`) ?? [];
  const days = [...sources, ...targets]
    .flatMap(({ validFrom, validTo }) => (validTo === null ? [validFrom] : [validFrom, addDays(validTo, 1)]))
    .concat(today)
    .filter((day) => day >= today && isInForce(source, day))
    .sort();
  // An office's own entry takes the place of the shared one, and so does what it names.
  const day = days.find((each) => holding(sources, office, each) === source && !holding(targets, office, each));
  if (day === undefined) return null;
  const ends = targets
    .filter((each) => each.office === null || each.office === office)
    .flatMap(({ validTo }) => (validTo !== null && validTo < day ? [validTo] : []));
  return { source, rule, target, office, day, targetEnded: ends.sort().at(-1) ?? null };
}

function holding(entries: readonly ConfigurationEntry[], office: string, day: string): ConfigurationEntry | undefined {
  const inForce = entries.filter((each) => isInForce(each, day));
  return inForce.find((each) => each.office === office) ?? inForce.find((each) => each.office === null);
}

function keysAt(data: unknown, path: readonly string[]): string[] {
  let current: unknown = data;
  for (const step of path) {
    current = typeof current === 'object' && current !== null ? (current as Record<string, unknown>)[step] : undefined;
  }
  const keys: readonly unknown[] = Array.isArray(current) ? current : [current];
  return keys.filter((key): key is string => typeof key === 'string' && key !== '');
}
