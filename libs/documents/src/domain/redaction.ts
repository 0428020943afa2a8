/** Why something is covered. The codes stand in rows, events and on the black boxes: never renamed. */
export const REDACTION_REASONS = [
  'third-party',
  'officer-below-rank',
  'address',
  'crime-reference',
  'special-category',
  'child',
] as const;
export type RedactionReason = (typeof REDACTION_REASONS)[number];

/** What stands on the black box. */
export const REASON_LABELS: Readonly<Record<RedactionReason, string>> = {
  'third-party': 'THIRD PARTY',
  'officer-below-rank': 'OFFICER',
  address: 'ADDRESS',
  'crime-reference': 'CRIME REF',
  'special-category': 'SPECIAL CATEGORY',
  child: 'CHILD',
};

export function isRedactionReason(text: string): text is RedactionReason {
  return (REDACTION_REASONS as readonly string[]).includes(text);
}

/** A rectangle of a page as it is looked at, in points from its top left corner; pages count from 0. */
export interface RedactedArea {
  readonly page: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly reason: RedactionReason;
}

/** Words to be covered wherever they stand. */
export interface RedactedWords {
  readonly words: string;
  readonly reason: RedactionReason;
}
