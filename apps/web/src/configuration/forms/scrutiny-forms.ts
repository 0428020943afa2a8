import { NEXT_NOTICE_FROM } from '@app/scrutiny';
import { optionsOf, type FormField } from './form-field';

const NAME: FormField = { path: 'name', label: 'Name', widget: 'line' };

export const SCRUTINY_SETTINGS: readonly FormField[] = [
  {
    path: 'firstNoticeMonths',
    label: 'First notice after how many months',
    widget: 'number',
    inList: true,
    section: 'Notices of long investigations',
  },
  { path: 'nextNoticeMonths', label: 'Each further notice after how many months', widget: 'number', inList: true },
  {
    path: 'nextNoticeFrom',
    label: 'Further notices are counted from',
    widget: 'choice',
    options: optionsOf(NEXT_NOTICE_FROM, {
      'due-date': 'The day on which the investigation started',
      receipt: 'The day on which the last notice came',
    }),
  },
  {
    path: 'updateDays',
    label: 'Days between updates to the complainant',
    hint: 'Calendar days, from the day the complaint came and then from each update.',
    widget: 'number',
    section: 'Complaints about the chief constable',
    inList: true,
  },
  {
    path: 'schemeOfDelegation',
    label: 'Where the scheme of delegation gives them to the chief executive',
    widget: 'line',
    empty: 'null',
  },
  {
    path: 'receivesForPanel',
    label: 'The office receives complaints about the commissioner for the panel',
    widget: 'yes-no',
    section: 'Complaints about the commissioner',
    inList: true,
  },
  {
    path: 'samplesAYear',
    label: 'Dip samples a year',
    widget: 'number',
    section: 'Dip samples and meetings',
    inList: true,
  },
  {
    path: 'secondScorePercent',
    label: 'Of a hundred files, how many a second person scores',
    widget: 'number',
  },
  { path: 'meetingMonths', label: 'Months between meetings with the force', widget: 'number' },
];

export const SCRUTINY_LIST: readonly FormField[] = [
  NAME,
  {
    path: 'items',
    label: 'Entries',
    hint: 'One a line: key | text. A key never changes: records name it.',
    widget: 'records',
    columns: ['key', 'text'],
    rows: 10,
    inList: true,
  },
];

export const DIP_SAMPLE_SHEET: readonly FormField[] = [
  NAME,
  {
    path: 'scale',
    label: 'Answers',
    hint: 'One a line, from the worst to the best: key | points | text. That a question does not apply can always be chosen.',
    widget: 'records',
    columns: ['key', 'points#', 'text'],
    rows: 5,
  },
  {
    path: 'questions',
    label: 'Questions',
    hint: 'One a line: key | weight | text.',
    widget: 'records',
    columns: ['key', 'weight#', 'text'],
    rows: 12,
    inList: true,
  },
];
