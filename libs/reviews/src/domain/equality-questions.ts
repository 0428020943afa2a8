/**
 * Equality monitoring (R1.12): questions and answers by their keys. Every question may be left out, and every answer is
 * counted without its giver. The groups are those of the census of England and Wales.
 */
export const EQUALITY_QUESTIONS = {
  age: ['under-18', '18-24', '25-34', '35-44', '45-54', '55-64', '65-74', '75-and-over'],
  sex: ['female', 'male', 'another'],
  ethnicity: ['asian', 'black', 'mixed', 'white', 'another'],
  disability: ['yes', 'no'],
  religion: ['none', 'buddhist', 'christian', 'hindu', 'jewish', 'muslim', 'sikh', 'another'],
  orientation: ['heterosexual', 'gay-or-lesbian', 'bisexual', 'another'],
} as const;

export type EqualityQuestion = keyof typeof EQUALITY_QUESTIONS;
export type EqualityAnswers = Readonly<Partial<Record<EqualityQuestion, string>>>;

/** Fewer than this could point at somebody. */
export const SMALLEST_SHOWN = 5;

/** Only known answers to known questions. */
export function equalityAnswers(given: Readonly<Record<string, unknown>>): EqualityAnswers {
  const known = Object.entries(EQUALITY_QUESTIONS).filter(([question, answers]) =>
    (answers as readonly unknown[]).includes(given[question]),
  );
  return Object.fromEntries(known.map(([question]) => [question, given[question] as string]));
}

/** The first day of the quarter that a day lies in. */
export function quarterOf(day: string): string {
  const month = Number(day.slice(5, 7));
  return `${day.slice(0, 4)}-${String(month - ((month - 1) % 3)).padStart(2, '0')}-01`;
}
