import {
  AREA_LEVELS,
  CASE_KINDS,
  CLOCKS,
  CONSENTS,
  DESTINATION_WAYS,
  EVIDENCE_TAGS,
  HOLIDAY_REGIONS,
} from '@app/offices';
import { optionsOf, type FormField } from './form-field';

const NAME: FormField = { path: 'name', label: 'Name', widget: 'line' };

export const REGIONS = optionsOf(HOLIDAY_REGIONS, {
  'england-and-wales': 'England and Wales',
  'any-uk': 'Any part of the United Kingdom',
});

const KIND_WORDS = {
  foi: 'Freedom of information',
  eir: 'Environmental information',
  sar: 'Subject access',
  'dp-complaint': 'Data protection complaint',
};

export const OFFICE: readonly FormField[] = [
  NAME,
  {
    path: 'code',
    label: 'Code',
    hint: 'Two letters that begin every reference. It cannot be changed later.',
    widget: 'line',
    inList: true,
  },
  { path: 'listOrder', label: 'Place in lists', hint: '1 stands first.', widget: 'number' },
  { path: 'policingBody', label: 'Local policing body', widget: 'line' },
  { path: 'commissionerTitle', label: 'Title of the commissioner', widget: 'line' },
  { path: 'telephone', label: 'Telephone', widget: 'line', inList: true, section: 'How people reach it' },
  {
    path: 'mailboxes',
    label: 'Mailboxes',
    hint: 'One address a line. Answers go out from the first.',
    widget: 'lines',
    rows: 3,
  },
  { path: 'address', label: 'Postal address', hint: 'One line of the address a line.', widget: 'lines', rows: 4 },
  { path: 'openingHours', label: 'Opening hours', widget: 'line' },
  {
    path: 'emergencyWording',
    label: 'Emergency wording',
    hint: 'What people in danger are told. Leave empty for the usual wording.',
    widget: 'text',
    rows: 3,
    empty: 'absent',
  },
  { path: 'holidayRegion', label: 'Bank holidays of', widget: 'choice', options: REGIONS, empty: 'absent' },
  { path: 'force', label: 'Police force', widget: 'line', section: 'Force and panel' },
  { path: 'panel', label: 'Police and crime panel', widget: 'line' },
  { path: 'panelHost', label: 'Host of the panel', widget: 'line' },
  { path: 'areas', label: 'Areas', hint: 'The key of one area a line.', widget: 'lines', rows: 5 },
  {
    path: 'predecessor',
    label: 'Took over from',
    hint: 'The body or office before it, if there was one.',
    widget: 'line',
    empty: 'absent',
    section: 'Before and after',
  },
  { path: 'tookOverOn', label: 'Took over on', hint: 'For example 2026-05-07.', widget: 'day', empty: 'absent' },
  { path: 'successor', label: 'Hands over to', widget: 'line', empty: 'absent' },
  { path: 'handsOverOn', label: 'Hands over on', hint: 'For example 2028-05-04.', widget: 'day', empty: 'absent' },
];

export const QUEUE: readonly FormField[] = [
  NAME,
  { path: 'description', label: 'What lies in it', widget: 'text', rows: 3, inList: true },
  { path: 'isRestricted', label: 'Only those who work it may see it', widget: 'yes-no', inList: true },
];

export const TEAM: readonly FormField[] = [
  NAME,
  { path: 'description', label: 'What it does', widget: 'text', rows: 3, inList: true },
  { path: 'queues', label: 'Queues', hint: 'The key of one queue a line, such as casework.', widget: 'lines', rows: 5 },
];

export const CONTACT: readonly FormField[] = [
  NAME,
  {
    path: 'email',
    label: 'E-mail address',
    hint: 'Alerts name the reference and the level, never the letter.',
    widget: 'line',
    inList: true,
  },
];

export const DESTINATION: readonly FormField[] = [
  NAME,
  { path: 'organisation', label: 'Organisation', widget: 'line', inList: true },
  {
    path: 'how',
    label: 'What we do',
    widget: 'choice',
    options: optionsOf(DESTINATION_WAYS, { forward: 'Pass the letter on', signpost: 'Tell the sender where to turn' }),
    inList: true,
  },
  { path: 'email', label: 'E-mail address', widget: 'line', empty: 'null' },
  { path: 'telephone', label: 'Telephone', widget: 'line', empty: 'null' },
  { path: 'note', label: 'Note for caseworkers', widget: 'text', rows: 3, empty: 'null' },
];

export const AREA: readonly FormField[] = [
  NAME,
  {
    path: 'level',
    label: 'Kind of area',
    widget: 'choice',
    options: optionsOf(AREA_LEVELS, { straddling: 'Postcodes that lie across a boundary and settle nothing' }),
    inList: true,
  },
  {
    path: 'outcodes',
    label: 'Postcodes',
    hint: 'The first part of one postcode a line, such as WR5.',
    widget: 'lines',
    rows: 12,
  },
];

export const POSTCODE_DISTRICT: readonly FormField[] = [
  {
    path: 'outcodes',
    label: 'Postcodes',
    hint: 'The first part of one postcode a line, such as WR5.',
    widget: 'lines',
    rows: 20,
  },
];

export const COUNCIL: readonly FormField[] = [
  NAME,
  { path: 'shortName', label: 'Short name', widget: 'line' },
  { path: 'type', label: 'Type', widget: 'line', inList: true },
  { path: 'county', label: 'County', widget: 'line', empty: 'null' },
  { path: 'gssCode', label: 'Government statistics code', widget: 'line' },
  { path: 'aliases', label: 'Other names', hint: 'As letters write it; one a line.', widget: 'lines', rows: 4 },
];

export const PLAN: readonly FormField[] = [
  NAME,
  { path: 'note', label: 'Note', widget: 'text', rows: 3, empty: 'null' },
  {
    path: 'priorities',
    label: 'Priorities',
    hint: 'One a line: key | name | part; part',
    widget: 'priorities',
    rows: 8,
  },
  { path: 'principles', label: 'Principles', hint: 'One a line.', widget: 'lines', rows: 5 },
];

export const CATEGORY: readonly FormField[] = [
  NAME,
  {
    path: 'caseKind',
    label: 'Kind of case',
    widget: 'choice',
    options: optionsOf(CASE_KINDS, KIND_WORDS),
    inList: true,
  },
  { path: 'queue', label: 'Queue', widget: 'entry', entriesOf: 'queue', inList: true, section: 'Where it goes' },
  {
    path: 'destination',
    label: 'Who else may have to answer',
    widget: 'entry',
    entriesOf: 'destination',
    empty: 'null',
  },
  {
    path: 'clocks',
    label: 'Clocks',
    hint: 'How long each is stands in the service standards.',
    widget: 'choices',
    options: optionsOf(CLOCKS, {
      forward: 'Pass it on',
      acknowledge: 'Acknowledge',
      reply: 'Reply',
      update: 'Say how things stand',
    }),
  },
  {
    path: 'firstAction',
    label: 'What a caseworker does first',
    widget: 'text',
    rows: 4,
    section: 'What is said and done',
  },
  {
    path: 'nextStep',
    label: 'What the sender is told comes next',
    hint: 'Stands in the acknowledgement.',
    widget: 'text',
    rows: 3,
  },
  {
    path: 'consent',
    label: 'Consent before passing it on',
    widget: 'choice',
    options: optionsOf(CONSENTS, { yes: 'Needed', no: 'Not needed', preferred: 'Asked for where possible' }),
  },
  { path: 'lawfulBasis', label: 'Lawful basis', widget: 'text', rows: 2, empty: 'null' },
  {
    path: 'row',
    label: 'Row of the routing table',
    widget: 'number',
    empty: 'null',
    section: 'Where the rule comes from',
  },
  {
    path: 'tag',
    label: 'How well it is evidenced',
    widget: 'choice',
    options: EVIDENCE_TAGS.map((value) => ({ value, text: value })),
  },
];

export const TEMPLATE: readonly FormField[] = [
  NAME,
  { path: 'purpose', label: 'What it is for', widget: 'text', rows: 2, inList: true },
  { path: 'subject', label: 'Subject', widget: 'line' },
  {
    path: 'body',
    label: 'Text',
    hint: 'Merge fields stand in double braces, such as {{ reference }}.',
    widget: 'text',
    rows: 20,
  },
];
