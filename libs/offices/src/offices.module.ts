import { Global, Module } from '@nestjs/common';
import type { ContextDeclaration } from '@app/platform';
import { AddHoliday, AddHolidayHandler } from './add-holiday';
import { Calendars } from './calendars';
import { Configuration } from './configuration';
import { Offices } from './offices';

export const officesContext: ContextDeclaration = {
  events: {
    'offices.configuration-changed': { schemaVersion: 1 },
    'offices.holiday-calendar-changed': { schemaVersion: 1 },
  },
  messages: [AddHoliday],
  entities: [],
};

@Global()
@Module({
  providers: [AddHolidayHandler, Configuration, Offices, Calendars],
  exports: [Configuration, Offices, Calendars],
})
export class OfficesModule {}
