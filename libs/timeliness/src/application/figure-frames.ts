import { Injectable } from '@nestjs/common';
import { Clock, londonDate, type HolidayCalendar } from '@app/kernel';
import { Calendars } from '@app/offices';
import { currentCaller } from '@app/platform';
import { earliestDayWithin } from '../domain/working-days-to-answer';
import { CountedCases, type FigureFrame } from './counted-cases';
import { checkPeriod, type FigureRequest } from './figure-request';

/** Makes a request for figures exact: the same frame gives the same figures and the same lists for ever. */
@Injectable()
export class FigureFrames {
  constructor(
    private readonly cases: CountedCases,
    private readonly calendars: Calendars,
    private readonly clock: Clock,
  ) {}

  /** In the open transaction. @throws InvalidFigureRequest for a period or an instant that does not exist. */
  async frame(request: FigureRequest): Promise<{ readonly frame: FigureFrame; readonly calendar: HolidayCalendar }> {
    checkPeriod(request);
    const now = this.clock.now();
    const asOf = request.asOf && request.asOf < now ? request.asOf : await this.cases.completeUpTo(now);
    const calendar = await this.calendars.version(await this.cases.calendarVersionAt(asOf));
    const asOfDay = londonDate(asOf);
    const openDay = request.to < asOfDay ? request.to : asOfDay;
    const ageStart = (days: number): string => earliestDayWithin(calendar, days, openDay);
    return {
      calendar,
      frame: {
        offices: visibleOffices(request.offices),
        from: request.from,
        to: request.to,
        asOf,
        asOfDay,
        openDay,
        ageStarts: [ageStart(5), ageStart(10), ageStart(20)],
      },
    };
  }
}

function visibleOffices(asked: readonly string[]): string[] {
  const { offices, system } = currentCaller();
  return [...new Set(asked)].filter((office) => system || offices.includes(office)).sort();
}
