/** What the statutory tests may answer, in the order in which the first that applies is the answer; `valid` when none does. */
export const VALIDITIES = [
  'pre-2020-appeal',
  'no-right-outside-schedule-3',
  'no-right-iopc-led',
  'premature',
  'not-complainant',
  'no-consent',
  'wrong-body',
  'out-of-time',
  'insufficient-information',
  'valid',
] as const;

export type Validity = (typeof VALIDITIES)[number];

/** Everything but `valid`. */
export type Obstacle = Exclude<Validity, 'valid'>;
