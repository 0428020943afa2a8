/** What a page says once after something was done, by the key in its address: no text of people's in an address. */
const NOTICES: Readonly<Record<string, string>> = {
  saved: 'Saved',
};

/** The text of a notice; null for a key that is unknown, as an address can be made up. */
export function noticeOf(key: unknown): string | null {
  return typeof key === 'string' && Object.hasOwn(NOTICES, key) ? (NOTICES[key] ?? null) : null;
}
