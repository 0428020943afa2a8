import { DAYS_ZERO, HOLIDAY_REGIONS, ROLLS, UNITS } from '@app/offices';
import { HANDLINGS } from '@app/reviews';
import { optionsOf, type FormField } from './form-field';

const NAME: FormField = { path: 'name', label: 'Name', widget: 'line', inList: true };
const ORDER: FormField = { path: 'order', label: 'Order in lists', widget: 'number' };
const HANDLED: FormField = {
  path: 'handlings',
  label: 'For complaints that were handled by',
  widget: 'choices',
  options: optionsOf(HANDLINGS),
  inList: true,
};

export const REVIEW_STANDARD: readonly FormField[] = [
  NAME,
  { path: 'policy.count', label: 'How many days or months', widget: 'number', inList: true },
  { path: 'policy.unit', label: 'Of', widget: 'choice', options: optionsOf(UNITS), inList: true },
  { path: 'policy.region', label: 'Bank holidays of', widget: 'choice', options: optionsOf(HOLIDAY_REGIONS) },
  {
    path: 'policy.dayZero',
    label: 'Counting starts',
    widget: 'choice',
    options: optionsOf(DAYS_ZERO, {
      receipt: 'On the day after',
      'given-date-is-day-one': 'On the day itself',
    }),
  },
  {
    path: 'policy.rollForward',
    label: 'When the last day is not a working day',
    widget: 'choice',
    options: optionsOf(ROLLS, { none: 'It stays the last day', 'next-working-day': 'The next working day' }),
  },
  { path: 'policy.rule', label: 'Key of the rule', hint: 'Stands in the history of every review.', widget: 'line' },
  {
    path: 'policy.startedBy',
    label: 'What happened on day 0',
    hint: 'As the explanation begins, such as “Papers received”.',
    widget: 'line',
    empty: 'absent',
  },
  { path: 'policy.source', label: 'Source', widget: 'text', rows: 2, empty: 'absent' },
];

export const BUNDLE_PAPER: readonly FormField[] = [NAME, HANDLED, ORDER];

export const RECOMMENDATION_TYPE: readonly FormField[] = [
  NAME,
  HANDLED,
  { path: 'law', label: 'Law', widget: 'line', inList: true },
  ORDER,
];

export const LEARNING_THEME: readonly FormField[] = [NAME];

export const ALLEGATION_CATEGORY: readonly FormField[] = [NAME, ORDER];

export const DELEGATION: readonly FormField[] = [
  NAME,
  { path: 'instrument', label: 'Instrument', hint: 'Where it is written, with its date.', widget: 'text', rows: 3 },
  { path: 'functions', label: 'What is delegated', widget: 'text', rows: 3 },
  { path: 'delegatedTo', label: 'To whom', widget: 'line', inList: true },
  { path: 'decidedBy', label: 'Who decides', widget: 'line' },
  { path: 'checkedBy', label: 'Who checks the quality', widget: 'line' },
];
