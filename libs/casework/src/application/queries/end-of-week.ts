import { addDays, daysBetween } from '@app/kernel';

const A_MONDAY = '2024-01-01';

/** The Sunday of the week that a day lies in: "this week" ends with it. */
export function endOfWeek(day: string): string {
  const weekday = ((daysBetween(A_MONDAY, day) % 7) + 7) % 7;
  return addDays(day, 6 - weekday);
}
