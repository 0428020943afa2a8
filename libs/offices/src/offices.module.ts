import { Global, Module } from '@nestjs/common';
import type { ContextDeclaration } from '@app/platform';
import { AddHoliday, AddHolidayHandler } from './add-holiday';
import { Calendars } from './calendars';
import { Configuration } from './configuration';
import { ChangeConfiguration, ChangeConfigurationHandler } from './editing/change-configuration';
import { ConfigurationChecks } from './editing/configuration-checks';
import { ConfigurationEditor } from './editing/configuration-editor';
import { ConfigurationRows } from './editing/configuration-rows';
import { CountConfiguration, CountConfigurationHandler } from './editing/count-configuration';
import { EndConfiguration, EndConfigurationHandler } from './editing/end-configuration';
import { ListConfiguration, ListConfigurationHandler } from './editing/list-configuration';
import { ReferenceChecks } from './editing/reference-checks';
import { RetireConfiguration, RetireConfigurationHandler } from './editing/retire-configuration';
import { RevertConfiguration, RevertConfigurationHandler } from './editing/revert-configuration';
import { ShowConfiguration, ShowConfigurationHandler } from './editing/show-configuration';
import { ImportHolidays, ImportHolidaysHandler } from './holidays/import-holidays';
import { ListCalendars, ListCalendarsHandler } from './holidays/list-calendars';
import { ProposeHolidays, ProposeHolidaysHandler } from './holidays/propose-holidays';
import { ShowHolidayImport, ShowHolidayImportHandler } from './holidays/show-holiday-import';
import { Offices } from './offices';

export const officesContext: ContextDeclaration = {
  events: {
    'offices.configuration-changed': { schemaVersion: 1 },
    'offices.holiday-calendar-changed': { schemaVersion: 1 },
  },
  messages: [
    AddHoliday,
    ChangeConfiguration,
    CountConfiguration,
    EndConfiguration,
    ImportHolidays,
    ListCalendars,
    ListConfiguration,
    ProposeHolidays,
    RetireConfiguration,
    RevertConfiguration,
    ShowConfiguration,
    ShowHolidayImport,
  ],
  entities: [],
};

@Global()
@Module({
  providers: [
    AddHolidayHandler,
    ChangeConfigurationHandler,
    CountConfigurationHandler,
    EndConfigurationHandler,
    ImportHolidaysHandler,
    ListCalendarsHandler,
    ProposeHolidaysHandler,
    ShowHolidayImportHandler,
    ListConfigurationHandler,
    RetireConfigurationHandler,
    RevertConfigurationHandler,
    ShowConfigurationHandler,
    Calendars,
    Configuration,
    ConfigurationChecks,
    ConfigurationEditor,
    ConfigurationRows,
    Offices,
    ReferenceChecks,
  ],
  exports: [Configuration, ConfigurationChecks, Offices, Calendars],
})
export class OfficesModule {}
