import { checkEligibility, VALID_EXAMPLE, type EligibilityFacts } from '@app/reviews';
import { MessageCatalogue, type Messages } from '../http/messages';
import { calendarStrip, type CalendarStrip, type StripDay } from './calendar-strip';

const words = MessageCatalogue.read().of('en').calendarStrip as Messages;

function drawn(changes: Partial<EligibilityFacts>, isToday = false): CalendarStrip {
  const { count } = checkEligibility({ ...VALID_EXAMPLE, ...changes });
  const strip = calendarStrip(count, { isNonWorkingDay: (day) => day === '2025-04-18', isToday, words });
  if (!strip) throw new Error('Nothing was drawn');
  return strip;
}
const daysOf = (strip: CalendarStrip): StripDay[] => strip.weeks.flatMap(({ days }) => days);
const dayOf = (strip: CalendarStrip, day: string): StripDay | undefined =>
  daysOf(strip).find((each) => each.day === day);

describe('The calendar strip', () => {
  it('R1.21 counts 28 days from the day after the notice, and marks the days that matter', () => {
    const strip = drawn({});
    const counted = daysOf(strip).filter((each) => each.counted !== null);
    expect(counted.map((each) => each.counted)).toEqual(Array.from({ length: 28 }, (_, index) => index + 1));
    expect([counted[0]?.day, counted.at(-1)?.day]).toEqual(['2025-04-02', '2025-04-29']);
    expect(dayOf(strip, '2025-04-01')?.words).toBe('Tuesday 1 April 2025, day 0, told of the right to a review');
    expect(dayOf(strip, '2025-04-29')?.words).toContain('day 28 of 28, last day');
    expect(dayOf(strip, '2025-04-25')?.marks).toEqual([{ mark: 'received', sign: '▼' }]);
    expect(dayOf(strip, '2025-04-18')?.words).toContain('not a working day');
    expect(strip.events.map(({ day }) => day)).toEqual([
      'Tuesday 1 April 2025',
      'Friday 25 April 2025',
      'Tuesday 29 April 2025',
    ]);
  });

  it('shows whole weeks and names each month where it begins', () => {
    const months = (strip: CalendarStrip): string[] =>
      strip.weeks.map(({ month }) => month).filter((month) => month !== null);
    const strip = drawn({});
    expect(strip.weeks.every(({ days }) => days.length === 7)).toBe(true);
    expect(months(strip)).toEqual(['March – April 2025', 'May 2025']);
    const across = drawn({ reviewRightsNotifiedOn: '2025-12-04', receivedOn: '2026-01-01' });
    expect(months(across)).toEqual(['December 2025', 'January 2026']);
  });

  it('R1.24 shows the days at another body as left out, and says how many', () => {
    const strip = drawn({ receivedByWrongBodyOn: '2025-04-25', forwardedOn: '2025-05-12', receivedOn: '2025-05-12' });
    expect(daysOf(strip).filter((each) => each.isExcluded)).toHaveLength(17);
    expect(strip.events.at(-2)?.what).toContain('17 days');
    expect(strip.key.map(({ look }) => look)).toContain('excluded');
  });

  it('R1.20 shows late days, and leaves out weeks in which nothing was', () => {
    const strip = drawn({ receivedOn: '2025-08-20' });
    expect(strip.weeks.map(({ weeksLeftOut }) => weeksLeftOut).filter((number) => number > 0)).toEqual([15]);
    expect(strip.events.at(-1)).toEqual({
      day: 'Wednesday 20 August 2025',
      sign: '▼',
      what: 'received: 113 days late',
    });
    expect(dayOf(strip, '2025-08-20')?.isLate).toBe(true);
    expect(drawn({ receivedOn: '2025-04-30' }, true).events.at(-1)?.what).toBe('today: 1 day late');
  });

  it('R1.20 draws nothing where the time has not begun', () => {
    const { count } = checkEligibility({ ...VALID_EXAMPLE, reviewRightsNotifiedOn: null });
    expect(calendarStrip(count, { isNonWorkingDay: () => false, words })).toBeNull();
  });
});
