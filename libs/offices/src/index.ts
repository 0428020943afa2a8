export { AddHoliday, HolidayRefused } from './add-holiday';
export { Calendars } from './calendars';
export { Configuration } from './configuration';
export { type ChainStatus, type ConfigurationAction } from './editing/chain';
export { ChangeConfiguration } from './editing/change-configuration';
export {
  ConfigurationChangedMeanwhile,
  ConfigurationInUse,
  ConfigurationNotFound,
  InvalidConfiguration,
  SharedConfigurationRefused,
} from './editing/configuration.errors';
export {
  ConfigurationChecks,
  type ConfigurationCheck,
  type EndingEntry,
  type ProposedEntry,
} from './editing/configuration-checks';
export { type EntryTarget } from './editing/configuration-editor';
export { type ConfigurationHistory, type ConfigurationView, type RevisionView } from './editing/configuration-view';
export { CountConfiguration, type ConfigurationCount } from './editing/count-configuration';
export { EndConfiguration } from './editing/end-configuration';
export { ListConfiguration } from './editing/list-configuration';
export { RetireConfiguration } from './editing/retire-configuration';
export { RevertConfiguration } from './editing/revert-configuration';
export { ShowConfiguration } from './editing/show-configuration';
export { differencesOf, wordDifference, type FieldDifference, type WordRun } from './domain/differences';
export { checkData, proposedErrors } from './kinds/check-data';
export {
  CONFIGURATION_KINDS,
  configurationKind,
  titleOfEntry,
  type ConfigurationKind,
} from './kinds/configuration-kinds';
export {
  AREA_LEVELS,
  CASE_KINDS,
  CLOCKS,
  CONSENTS,
  DESTINATION_WAYS,
  EVIDENCE_TAGS,
  HOLIDAY_REGIONS,
} from './kinds/office-data';
export { COMPLAINTS_MODELS } from './kinds/publication-data';
export { CAPACITIES, CHANNELS, DAYS_ZERO, PRIORITIES, RISK_LEVELS, RISKS, ROLLS, UNITS } from './kinds/rule-data';
export { AddressRefused } from './holidays/fetch-json';
export { ImportHolidays } from './holidays/import-holidays';
export { ListCalendars, type CalendarVersionView } from './holidays/list-calendars';
export { HolidayImportRefused, ProposeHolidays, type HolidaySource } from './holidays/propose-holidays';
export { ShowHolidayImport, type HolidayImportView } from './holidays/show-holiday-import';
export { OfficeNotFound, Offices, type Office } from './offices';
export { OfficesModule, officesContext } from './offices.module';
export { seedConfiguration, seedEntries, shippedCalendar } from './seed';
