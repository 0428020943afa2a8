import type { HolidayCalendar } from '@app/kernel';
import type { PastLog } from '@app/platform';
import { demonstrationScrutiny, type ScrutinyPast, type ScrutinyPastPlan, type ScrutinySettings } from '@app/scrutiny';
import type { Dice } from './dice';
import { checkerOf, reviewerOf } from './staff';

/** Tables of the oversight that others point to. */
export const SCRUTINY_PARENT_TABLES = ['scrutiny_record'] as const;

/** What the oversight of a history follows, read before the transaction is open. */
export type ScrutinyRules = Pick<ScrutinyPastPlan, 'rule' | 'sheet' | 'measures'>;

export async function readScrutinyRules(settings: ScrutinySettings, office: string): Promise<ScrutinyRules> {
  const [sheet] = await settings.sheets(office);
  if (!sheet) throw new Error(`No scoring sheet is in force for ${office}`);
  const measures = await settings.list('panel-measures', office);
  return { rule: await settings.chainRule(office), sheet, measures: measures.map(({ key }) => key) };
}

/** The oversight of the force in each office: notices, dip samples, the panel's numbers, meetings. */
export function pastScrutiny(
  log: PastLog,
  rules: ScrutinyRules,
  history: { readonly from: string; readonly end: Date; readonly offices: readonly string[] },
  calendar: HolidayCalendar,
  dice: Dice,
): ScrutinyPast {
  const offices = history.offices.map((office) => {
    const reviewManager = reviewerOf(office);
    return { office, reviewManager, second: checkerOf(office, reviewManager) || null };
  });
  const { from, end } = history;
  return demonstrationScrutiny(log, { ...rules, from, end, calendar, offices, random: () => dice.next() });
}
