export { AddHoliday, HolidayRefused } from './add-holiday';
export { Calendars } from './calendars';
export { Configuration, ConfigurationChangedMeanwhile } from './configuration';
export { OfficeNotFound, Offices, type Office } from './offices';
export { OfficesModule, officesContext } from './offices.module';
export { seedConfiguration, seedEntries } from './seed';
