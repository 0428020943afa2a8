import { addDays, daysBetween, londonDate } from '@app/kernel';
import type { Dice } from './dice';
import type { Letter, LetterWriter } from './letter-writer';
import type { OfficeHours } from './office-hours';

/** A letter and when it comes. */
export interface Arrival {
  readonly at: Date;
  readonly office: string;
  readonly letter: Letter;
  /** Nobody has looked at it when the history ends. */
  readonly isUntouched: boolean;
}

/** How much an office receives, and what was out of the ordinary. */
export interface OfficeProfile {
  readonly office: string;
  readonly lettersAYear: number;
  /** Applications for a review, besides. */
  readonly reviewsAYear: number;
  /** How many letters of one campaign, so many days before the end. */
  readonly campaign: { readonly letters: number; readonly daysBefore: number } | null;
  /** So many days before the end began a month with several times as many letters, about call handling. */
  readonly exceptional: { readonly daysBefore: number; readonly times: number } | null;
}

/** West Mercia as its papers speak of it: more than 1,100 a year, with one campaign and one month like no other. */
export const PROFILES: readonly OfficeProfile[] = [
  {
    office: 'west-mercia',
    lettersAYear: 1220,
    reviewsAYear: 90,
    campaign: { letters: 420, daysBefore: 215 },
    exceptional: { daysBefore: 400, times: 2.4 },
  },
  { office: 'west-midlands', lettersAYear: 190, reviewsAYear: 180, campaign: null, exceptional: null },
  { office: 'warwickshire', lettersAYear: 120, reviewsAYear: 35, campaign: null, exceptional: null },
  { office: 'staffordshire', lettersAYear: 140, reviewsAYear: 125, campaign: null, exceptional: null },
];

const SEASON = [1.15, 1.1, 1, 0.9, 0.95, 1, 1.05, 0.8, 1.05, 1.2, 1.2, 0.7];
/** Sunday first. */
const WEEK = [0.5, 1.45, 1.25, 1.2, 1.15, 1, 0.55];
const EXCEPTIONAL_DAYS = 30;
const YEAR = 365;
const SHARE_OF_YEAR_BEFORE = 0.6;

/** All letters that one office gets from the first day to the end. */
export function arrivalsOf(
  profile: OfficeProfile,
  {
    from,
    end,
    writer,
    dice,
    reviewDice,
    hours,
  }: { from: string; end: Date; writer: LetterWriter; dice: Dice; reviewDice: Dice; hours: OfficeHours },
): Arrival[] {
  const { office, campaign, exceptional } = profile;
  const last = londonDate(end);
  const arrivals: Arrival[] = [];
  const arrive = (day: string, letter: Letter, isUntouched = false): void => {
    const at = timeOf(day, letter.channel, dice, hours);
    if (at < end) arrivals.push({ at, office, letter, isUntouched });
  };
  for (let day = from; day <= last; day = addDays(day, 1)) {
    const month = Number(day.slice(5, 7)) - 1;
    const weekday = new Date(`${day}T12:00:00Z`).getUTCDay();
    const before = daysBetween(day, last);
    const isExceptional =
      exceptional !== null && before <= exceptional.daysBefore && before > exceptional.daysBefore - EXCEPTIONAL_DAYS;
    const usual = (profile.lettersAYear / 365) * (SEASON[month] ?? 1) * (WEEK[weekday] ?? 1);
    for (let left = count(dice, usual); left > 0; left--) arrive(day, usualLetter(writer, dice, office, month));
    if (isExceptional) {
      const more = count(dice, usual * (exceptional.times - 1));
      for (let left = more; left > 0; left--) arrive(day, writer.ordinary(office, month, 'callhandling'));
    }
    for (let left = count(dice, usual * 0.05); left > 0; left--) arrive(day, writer.spam(office));
  }
  if (campaign) {
    for (let left = campaign.letters; left > 0; left--) {
      // Most on the first two days.
      const later = Math.floor(5 * dice.next() ** 2);
      arrive(addDays(last, later - campaign.daysBefore), writer.campaign(office));
    }
  }
  for (const day of applicationDays(profile.reviewsAYear, { from, last, dice: reviewDice, hours })) {
    arrive(day, writer.ordinary(office, Number(day.slice(5, 7)) - 1, 'review'));
  }
  // Something of everything, not long ago.
  for (const topic of writer.topics) {
    if (office !== 'west-mercia') break;
    const month = Number(last.slice(5, 7)) - 1;
    arrive(addDays(last, -dice.int(0, 9)), writer.ordinary(office, month, topic), dice.chance(0.35));
  }
  // Flagged since the office closed.
  const hoursAgo = office === 'west-mercia' ? [4, 11, 27] : [9];
  for (const ago of hoursAgo) {
    const at = new Date(end.getTime() - ago * 3_600_000);
    arrivals.push({ at, office, letter: writer.troubling(office), isUntouched: true });
  }
  return arrivals;
}

/** As many as the office has in a year, on any day of the last; fewer in the year before. */
function applicationDays(
  aYear: number,
  { from, last, dice, hours }: { from: string; last: string; dice: Dice; hours: OfficeHours },
): string[] {
  const days: string[] = [];
  const add = (count: number, newest: number, oldest: number): void => {
    for (let left = count; left > 0; left--) {
      let day = addDays(last, -dice.int(newest, oldest));
      // Few write on a day off.
      if (!hours.isOpen(day) && dice.chance(0.75)) day = addDays(last, -dice.int(newest, oldest));
      if (day >= from) days.push(day);
    }
  };
  add(aYear, 0, YEAR - 1);
  add(Math.round(aYear * SHARE_OF_YEAR_BEFORE), YEAR, 2 * YEAR - 1);
  return days.sort();
}

function usualLetter(writer: LetterWriter, dice: Dice, office: string, month: number): Letter {
  const throwOf = dice.next();
  if (throwOf < 0.012) return writer.troubling(office);
  return throwOf < 0.02 ? writer.foreign(office) : writer.ordinary(office, month);
}

/** Letters come by day and night, calls and conversations while the office is open. */
function timeOf(day: string, channel: string, dice: Dice, hours: OfficeHours): Date {
  const isStaffed = channel !== 'email' && channel !== 'web-form' && channel !== 'social-media';
  const on = isStaffed ? hours.after(day, 0) : day;
  const hour = isStaffed ? dice.int(9, 16) : Math.min(23, Math.floor(6 + 17 * ((dice.next() + dice.next()) / 2)));
  return hours.at(on, hour, dice.int(0, 59), dice.int(0, 59));
}

/** How many of something that comes so often on average (Poisson). */
function count(dice: Dice, mean: number): number {
  const limit = Math.exp(-mean);
  let product = dice.next();
  let times = 0;
  while (product > limit) {
    times += 1;
    product *= dice.next();
  }
  return times;
}
