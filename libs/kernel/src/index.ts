export { Clock } from './clock';
export { DomainError, type ErrorKind, type FieldError } from './domain-error';
export { Aggregate } from './aggregate';
export { type Actor, type DomainEvent } from './domain-event';
export { CHAIN_START, chainHash, commitment, type HashedEvent } from './hash-chain';
export { type JsonObject, type JsonValue } from './json';
export { entriesInForce, isInForce, type ConfigurationEntry } from './configuration-entry';
export { InvalidBankHolidayFeed, parseGovUkBankHolidays } from './bank-holiday-feed';
export { countDeadline, type DeadlineCount } from './deadline';
export {
  defaultPolicy,
  InvalidDeadlineInput,
  longestCount,
  type DeadlinePolicy,
  type DeadlineUnit,
} from './deadline-policy';
export {
  HolidayCalendar,
  holidayDivisions,
  type Holiday,
  type HolidayCalendarData,
  type HolidayDivision,
  type HolidayRegion,
} from './holiday-calendar';
export {
  addDays,
  dayInWords,
  daysBetween,
  endOfLondonDay,
  InvalidDay,
  isDay,
  londonDate,
  londonDateTimeInWords,
  startOfLondonDay,
} from './london-time';
export { PausedDays, type Pause } from './paused-days';
export {
  findReferences,
  formatReference,
  InvalidReferenceParts,
  isOfficeCode,
  parseReference,
  referenceAlphabet,
  type ParsedReference,
  type ReferenceParts,
} from './reference-number';
