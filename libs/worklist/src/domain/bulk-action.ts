/** What can be done with many cases at once. */
export const BULK_KINDS = ['allocate', 'transfer', 'close', 'link'] as const;
export type BulkKind = (typeof BULK_KINDS)[number];

/** More at once would keep people waiting and could hardly be looked over before it is confirmed. */
export const MOST_BULK_CASES = 500;

export function isBulkKind(text: unknown): text is BulkKind {
  return (BULK_KINDS as readonly unknown[]).includes(text);
}
