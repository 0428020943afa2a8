import { COMPLAINTS_MODELS, DAYS_ZERO, HOLIDAY_REGIONS, ROLLS, UNITS } from '@app/offices';
import { optionsOf, type FormField } from './form-field';

export const PUBLICATION_RULE: readonly FormField[] = [
  {
    path: 'smallestCount',
    label: 'Smallest count that is published',
    hint: 'Smaller ones are “fewer than” this. Nought is always shown.',
    widget: 'number',
    inList: true,
    section: 'Small numbers',
  },
  {
    path: 'smallestBase',
    label: 'Percentages and averages only over at least this many',
    widget: 'number',
    inList: true,
  },
  {
    path: 'complaintsModel',
    label: 'Who deals with complaints about the force first',
    widget: 'choice',
    options: optionsOf(COMPLAINTS_MODELS, {
      1: 'Model 1: the force',
      2: 'Model 2: the office takes first contact',
      3: 'Model 3: the office also keeps complainants informed',
    }),
    inList: true,
    section: 'What is written about',
  },
  { path: 'bulletinPolicy.count', label: 'To publish', widget: 'number', section: 'After the IOPC has published' },
  { path: 'bulletinPolicy.unit', label: 'Counted in', widget: 'choice', options: optionsOf(UNITS) },
  { path: 'bulletinPolicy.dayZero', label: 'Counting begins', widget: 'choice', options: optionsOf(DAYS_ZERO) },
  {
    path: 'bulletinPolicy.rollForward',
    label: 'When the last day is not a working day',
    widget: 'choice',
    options: optionsOf(ROLLS, { none: 'It stays the last day' }),
  },
  { path: 'bulletinPolicy.region', label: 'Bank holidays of', widget: 'choice', options: optionsOf(HOLIDAY_REGIONS) },
  { path: 'bulletinPolicy.rule', label: 'Key of the rule', widget: 'line' },
  { path: 'bulletinPolicy.startedBy', label: 'What begins it', widget: 'line', empty: 'absent' },
  { path: 'bulletinPolicy.source', label: 'Source', widget: 'text', empty: 'absent' },
];
