import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Requires } from '@app/http';
import { countDeadline, defaultPolicy } from '@app/kernel';
import { Calendars } from '@app/offices';
import { DeadlineAnswer, DeadlineQuery } from './deadline-query';

@ApiTags('Working days')
@Controller('api/v1/working-days')
export class WorkingDaysController {
  constructor(private readonly calendars: Calendars) {}

  @Get('deadline')
  @Requires('working-days:read', { audit: null })
  @ApiOperation({
    summary: 'Count a deadline and say how it was counted',
    description:
      'Working days: the first working day after `from` is day 1, whatever day `from` is. Calendar days: `from` plus ' +
      'the count, never rolled. Calendar months: the corresponding day, or the last of the month, then forward to a ' +
      'working day. Bank holidays are those of the newest calendar that the office has.',
  })
  @ApiOkResponse({ type: DeadlineAnswer })
  async deadline(@Query() { from, count, unit, region }: DeadlineQuery): Promise<DeadlineAnswer> {
    const calendar = await this.calendars.current();
    const counted = countDeadline(defaultPolicy(unit, count, region), from, calendar, []);
    return { ...counted, calendarVersion: calendar.version };
  }
}
