/**
 * One dated piece of configuration. `office` null means every office; an office's own entry with the same key takes
 * its place there. Days are London days, both ends included.
 */
export interface ConfigurationEntry<K extends string = string, D = unknown> {
  readonly kind: K;
  readonly key: string;
  readonly office: string | null;
  readonly validFrom: string;
  readonly validTo: string | null;
  readonly data: D;
}

/** The entries that hold in an office on a London day. An office's own entry replaces the general one of its key. */
export function entriesInForce<E extends ConfigurationEntry>(
  entries: readonly E[],
  office: string | null,
  on: string,
): E[] {
  const inForce = new Map<string, E>();
  for (const entry of entries) {
    if (!isInForce(entry, on) || (entry.office !== null && entry.office !== office)) continue;
    const known = inForce.get(entry.key);
    if (known === undefined || known.office === null) inForce.set(entry.key, entry);
  }
  return [...inForce.values()];
}

/** Whether an entry holds on a London day. */
export function isInForce(entry: ConfigurationEntry, on: string): boolean {
  return entry.validFrom <= on && (entry.validTo === null || on <= entry.validTo);
}
