import { CAPACITIES, CHANNELS, PRIORITIES, RISKS } from '@app/offices';
import { optionsOf, type FormField } from './form-field';

const MAYBE = 'Leave at “makes no difference” unless the rule depends on it.';
const PHRASES =
  'One phrase a line. a/b is either, (a) may be missing, a_b are two words, .. is up to four other words.';
const CAPACITY_WORDS = { mp: 'Member of Parliament' };

export const STANDARD: readonly FormField[] = [
  {
    path: 'category',
    label: 'For the category',
    hint: 'Or leave empty and choose a channel.',
    widget: 'entry',
    entriesOf: 'category',
    empty: 'null',
    inList: true,
  },
  {
    path: 'channel',
    label: 'For everything that comes by',
    widget: 'choice',
    options: optionsOf(CHANNELS),
    empty: 'null',
    inList: true,
  },
  { path: 'clocks', label: 'Clocks', widget: 'clocks', inList: true },
];

export const TRIAGE_RULE: readonly FormField[] = [
  {
    path: 'then.category',
    label: 'Category',
    widget: 'entry',
    entriesOf: 'category',
    inList: true,
    section: 'What it decides',
  },
  { path: 'then.priority', label: 'Priority', widget: 'choice', options: optionsOf(PRIORITIES), inList: true },
  {
    path: 'then.queue',
    label: 'Queue',
    hint: 'Leave empty for the queue of the category.',
    widget: 'entry',
    entriesOf: 'queue',
    empty: 'absent',
  },
  { path: 'reason', label: 'Reason that people are shown', widget: 'line' },
  {
    path: 'order',
    label: 'Order',
    hint: 'Of the rules that match, the lowest decides.',
    widget: 'number',
    inList: true,
    section: 'Which rule goes first',
  },
  {
    path: 'weight',
    label: 'Weight',
    hint: 'Within one order the greater goes first. Empty: the number of conditions.',
    widget: 'number',
    empty: 'absent',
  },
  {
    path: 'when.anyWords',
    label: 'At least one of these phrases',
    hint: PHRASES,
    widget: 'lines',
    rows: 10,
    empty: 'absent',
    section: 'When it matches: all of these must hold',
  },
  { path: 'when.allWords', label: 'Every one of these phrases', widget: 'lines', rows: 4, empty: 'absent' },
  { path: 'when.noneWords', label: 'None of these phrases', widget: 'lines', rows: 4, empty: 'absent' },
  {
    path: 'when.subjectWords',
    label: 'One of these phrases in the subject',
    widget: 'lines',
    rows: 3,
    empty: 'absent',
  },
  { path: 'when.placeWords', label: 'One of these places', widget: 'lines', rows: 3, empty: 'absent' },
  {
    path: 'when.senderDomains',
    label: 'Sent from one of these domains',
    hint: 'One a line, such as parliament.uk; *.gov.uk is every ending of it.',
    widget: 'lines',
    rows: 3,
    empty: 'absent',
  },
  {
    path: 'when.senderAddresses',
    label: 'Sent from one of these addresses',
    widget: 'lines',
    rows: 3,
    empty: 'absent',
  },
  { path: 'when.channels', label: 'Came by', widget: 'choices', options: optionsOf(CHANNELS), empty: 'absent' },
  {
    path: 'when.capacities',
    label: 'Written as',
    widget: 'choices',
    options: optionsOf(CAPACITIES, CAPACITY_WORDS),
    empty: 'absent',
  },
  { path: 'when.hasAttachment', label: 'Has a file with it', hint: MAYBE, widget: 'maybe', empty: 'absent' },
  { path: 'when.ccOnly', label: 'We are only copied in', widget: 'maybe', empty: 'absent' },
  {
    path: 'when.isRestrictedCorrespondent',
    label: 'The sender has a contact restriction',
    widget: 'maybe',
    empty: 'absent',
  },
  { path: 'when.minRecipients', label: 'Sent to at least so many addresses', widget: 'number', empty: 'absent' },
];

export const RISK_PHRASE: readonly FormField[] = [
  { path: 'name', label: 'Name', widget: 'line' },
  { path: 'risk', label: 'Risk', widget: 'choice', options: optionsOf(RISKS), inList: true },
  {
    path: 'phrases',
    label: 'Phrases',
    hint: 'One a line: critical, high or medium | phrase | reason that people are shown | ordinary turns of speech that do not count; another',
    widget: 'phrases',
    rows: 20,
    inList: true,
  },
  {
    path: 'groups',
    label: 'Groups of words',
    hint: 'One a line: intent: will, going to, about to. A phrase names it as <intent>.',
    widget: 'groups',
    rows: 6,
  },
];
