import type { Command } from '@nestjs/cqrs';
import {
  AddNote,
  AllocateCase,
  CloseCase,
  ExtendDeadline,
  LinkCases,
  MarkAsSpam,
  PauseCase,
  ReopenCase,
  SendHoldingUpdate,
  SendReply,
  SendReplyBack,
  TransferCase,
  TriageCase,
  type CaseAction,
  type CaseChoices,
  type CaseDetail,
  type CaseTarget,
  type ClockName,
} from '@app/casework';
import type { Fields } from './form-fields';

export interface Choice {
  readonly value: string;
  readonly text: string;
  readonly hint?: string;
}

/** One question of an action's page. */
export interface ActionField {
  readonly name: string;
  readonly label: string;
  readonly kind: 'text' | 'long' | 'select' | 'radios' | 'day' | 'tick' | 'ticks';
  readonly hint?: string;
  readonly items?: readonly Choice[];
  /** What stands there at first. */
  readonly value?: string;
  /** What is said when it is left empty; without it, it may be. */
  readonly required?: string;
  readonly longest?: number;
  /** Of `ticks`: what is ticked at first, and what is said where there is nothing to tick. */
  readonly ticked?: readonly string[];
  readonly nothing?: string;
}

/** What the fields of an action depend on. */
export interface ActionContext {
  readonly case: CaseDetail;
  readonly choices: CaseChoices;
  readonly people: readonly { readonly id: string; readonly name: string }[];
  /** Clocks that run, by name, with the day they are due. */
  readonly clocks: readonly { readonly clock: string; readonly text: string }[];
  readonly hasCaution: boolean;
  /** Who asks. */
  readonly caller: { readonly id: string; readonly name: string };
  /** Whose role sees cases of the office, and whoever has this one or is named on it. */
  readonly readers: readonly { readonly id: string; readonly name: string; readonly role: string }[];
}

/** An action with a page of its own: what it asks, and the command that it becomes. */
export interface ActionForm {
  readonly action: CaseAction;
  readonly title: string;
  readonly button: string;
  readonly isWarning?: boolean;
  /** Said above the questions. */
  readonly intro?: string;
  /** Said before that, with a sign: what cannot be taken back. */
  readonly warning?: string;
  readonly notice: string;
  fields(context: ActionContext): readonly ActionField[];
  command(target: CaseTarget, values: Fields): Command<string>;
  /** The id of the person who does not see the case any more when it is done. */
  hidesFrom?(values: Fields): string;
}

const LONGEST_REASON = 2000;
const OTHER = 'other-words';

/** The question why, whose answer must be given. */
export const reasonField = (label: string, required: string, hint?: string): ActionField => ({
  name: 'reason',
  label,
  kind: 'long',
  required,
  longest: LONGEST_REASON,
  ...(hint === undefined ? {} : { hint }),
});
const choices = (list: readonly { readonly key: string; readonly name: string }[]): Choice[] =>
  list.map(({ key, name }) => ({ value: key, text: name }));
const cautionTick = ({ hasCaution }: ActionContext): ActionField[] =>
  hasCaution
    ? [
        {
          name: 'cautionRead',
          label: 'I have read how this person may be contacted',
          kind: 'tick',
          required: 'Confirm that you have read how this person may be contacted',
        },
      ]
    : [];
const PRIORITIES: readonly Choice[] = ['low', 'normal', 'high', 'urgent'].map((value) => ({
  value,
  text: value.charAt(0).toUpperCase() + value.slice(1),
}));
const CLOSE_REASONS: readonly Choice[] = [
  { value: 'answered', text: 'It was answered' },
  { value: 'no-reply-needed', text: 'No reply is needed' },
  { value: 'signposted', text: 'The sender was told where to turn' },
  { value: 'duplicate', text: 'It is a duplicate of another case' },
  { value: 'withdrawn', text: 'The sender withdrew it' },
  { value: OTHER, text: 'Another reason, in words' },
];

/** By the last part of the page's address. */
export const ACTION_FORMS: Readonly<Record<string, ActionForm>> = {
  allocate: {
    action: 'allocate',
    title: 'Give this case to somebody',
    button: 'Give the case',
    notice: 'case-allocated',
    fields: ({ people, case: { assignee } }) => [
      people.length > 0
        ? {
            name: 'assignee',
            label: 'Who should have it?',
            kind: 'select',
            items: [
              { value: '', text: 'Choose a person' },
              ...people.map(({ id, name }) => ({ value: id, text: name })),
            ],
            value: assignee ?? '',
            required: 'Choose who should have the case',
          }
        : {
            name: 'assignee',
            label: 'Who should have it?',
            hint: 'The id of a person, for example caseworker-7',
            kind: 'text',
            required: 'Say who should have the case',
            longest: 100,
          },
    ],
    command: (target, { assignee = '' }) => new AllocateCase(target, assignee),
  },
  transfer: {
    action: 'transfer',
    title: 'Move this case to another queue',
    button: 'Move the case',
    notice: 'case-transferred',
    intro: 'Nobody has it until somebody of that queue takes it.',
    fields: ({ choices: { queues }, case: { queue } }) => [
      {
        name: 'queue',
        label: 'Which queue?',
        kind: 'radios',
        items: choices(queues.filter(({ key }) => key !== queue && key !== 'quarantine')),
        required: 'Choose a queue',
      },
    ],
    command: (target, { queue = '' }) => new TransferCase(target, queue),
  },
  triage: {
    action: 'triage',
    title: 'Sort this case yourself',
    button: 'Sort the case',
    notice: 'case-triaged',
    intro: 'Your decision replaces that of the rules. Its deadlines become those of the category.',
    fields: ({ choices: { categories, queues }, case: { category, priority } }) => [
      {
        name: 'category',
        label: 'Category',
        kind: 'select',
        items: [{ value: '', text: 'Choose a category' }, ...choices(categories)],
        value: category ?? '',
        required: 'Choose a category',
      },
      {
        name: 'priority',
        label: 'Priority',
        kind: 'radios',
        items: PRIORITIES,
        value: priority,
        required: 'Choose a priority',
      },
      {
        name: 'queue',
        label: 'Queue',
        kind: 'select',
        items: [
          { value: '', text: 'The queue of the category' },
          ...choices(queues.filter(({ key }) => key !== 'quarantine')),
        ],
        value: '',
      },
      reasonField('Why do you decide otherwise than the rules?', 'Say why you decide otherwise than the rules'),
    ],
    command: (target, { category = '', priority = '', queue = '', reason: words = '' }) =>
      new TriageCase(target, { category, priority: priority || null, queue: queue || null, reason: words || null }),
  },
  pause: {
    action: 'pause',
    title: 'Pause this case',
    button: 'Pause the case',
    notice: 'case-paused',
    intro: 'Every clock but that of the acknowledgement stands still until you resume it.',
    fields: () => [reasonField('What are we waiting for?', 'Say what we are waiting for')],
    command: (target, { reason: words = '' }) => new PauseCase(target, words),
  },
  extend: {
    action: 'extend',
    title: 'Extend a deadline',
    button: 'Extend the deadline',
    notice: 'deadline-extended',
    fields: ({ clocks }) => [
      {
        name: 'clock',
        label: 'Which deadline?',
        kind: 'radios',
        items: clocks.map(({ clock, text }) => ({ value: clock, text })),
        value:
          clocks.length === 1 ? (clocks[0]?.clock ?? '') : (clocks.find(({ clock }) => clock === 'reply')?.clock ?? ''),
        required: 'Choose a deadline',
      },
      {
        name: 'dueOn',
        label: 'New day',
        kind: 'day',
        hint: 'Later than the present one',
        required: 'Enter the new day',
      },
      reasonField('Why is more time needed?', 'Say why more time is needed'),
    ],
    command: (target, { clock = '', dueOn = '', reason: words = '' }) =>
      new ExtendDeadline(target, clock as ClockName, dueOn, words),
  },
  link: {
    action: 'link',
    title: 'Link this case to another',
    button: 'Link the cases',
    notice: 'case-linked',
    intro: 'The link is shown on both.',
    fields: () => [
      {
        name: 'reference',
        label: 'Reference of the other case',
        hint: 'For example WM-2026-000124-7',
        kind: 'text',
        required: 'Enter the reference of the other case',
        longest: 100,
      },
    ],
    command: (target, { reference = '' }) => new LinkCases(target, reference.trim()),
  },
  note: {
    action: 'note',
    title: 'Add a note',
    button: 'Add the note',
    notice: 'note-added',
    intro: 'Notes are for the office. They are never part of what is sent.',
    fields: () => [{ name: 'text', label: 'Note', kind: 'long', required: 'Write the note', longest: 20_000 }],
    command: (target, { text = '' }) => new AddNote(target, text),
  },
  close: {
    action: 'close',
    title: 'Close this case',
    button: 'Close the case',
    notice: 'case-closed',
    fields: ({ case: { status } }) => [
      {
        name: 'code',
        label: 'Why can it be closed?',
        kind: 'radios',
        items: CLOSE_REASONS,
        value: status === 'sent' ? 'answered' : '',
        required: 'Choose why it can be closed',
      },
      {
        name: 'words',
        label: 'Reason in words',
        kind: 'long',
        hint: 'Needed for another reason',
        longest: LONGEST_REASON,
      },
    ],
    command: (target, { code = '', words = '' }) => new CloseCase(target, code === OTHER ? words : code),
  },
  reopen: {
    action: 'reopen',
    title: 'Reopen this case',
    button: 'Reopen the case',
    notice: 'case-reopened',
    intro: 'The clock for the reply starts anew today.',
    fields: () => [reasonField('Why is it taken up again?', 'Say why it is taken up again')],
    command: (target, { reason: words = '' }) => new ReopenCase(target, words),
  },
  spam: {
    action: 'mark-spam',
    title: 'Mark this case as spam',
    button: 'Mark as spam',
    isWarning: true,
    notice: 'case-spam',
    intro: 'Its clocks stop and it is not counted. Anybody in the office can release it again.',
    fields: () => [],
    command: (target) => new MarkAsSpam(target),
  },
  update: {
    action: 'hold-update',
    title: 'Tell the sender how things stand',
    button: 'Send the update',
    notice: 'update-sent',
    intro: 'The next update counts from today. This is sent at once.',
    fields: (context) => [
      {
        name: 'text',
        label: 'What the sender will read',
        kind: 'long',
        required: 'Write the update',
        longest: 100_000,
      },
      ...cautionTick(context),
    ],
    command: (target, { text = '', cautionRead = '' }) => new SendHoldingUpdate(target, text, cautionRead === 'yes'),
  },
  answered: {
    action: 'send',
    title: 'Record an answer that was given',
    button: 'Record the answer',
    notice: 'answer-recorded',
    intro: 'For an answer given by telephone or in person. Nothing is sent.',
    fields: () => [
      {
        name: 'channel',
        label: 'How was it given?',
        kind: 'radios',
        items: [
          { value: 'phone', text: 'By telephone' },
          { value: 'in-person', text: 'In person' },
        ],
        value: 'phone',
        required: 'Choose how the answer was given',
      },
      { name: 'text', label: 'What was said', kind: 'long', required: 'Say what was told', longest: 100_000 },
    ],
    command: (target, { channel = '', text = '' }) =>
      new SendReply(target, {
        channel: channel === 'in-person' ? 'in-person' : 'phone',
        text,
        cautionRead: false,
        undoable: false,
      }),
  },
};

/** The approver's; behind a permission of its own. */
export const SEND_BACK: ActionForm = {
  action: 'send-back',
  title: 'Send the reply back to its author',
  button: 'Send it back',
  notice: 'reply-sent-back',
  fields: () => [reasonField('What should be changed?', 'Say what should be changed')],
  command: (target, { reason: words = '' }) => new SendReplyBack(target, words),
};

/** What is missing or wrong before the command is tried. */
export function checkFields(fields: readonly ActionField[], values: Fields): (readonly [string, string])[] {
  const found = fields.flatMap(({ name, kind, items, required, longest }): (readonly [string, string])[] => {
    if (kind === 'ticks') {
      const isKnown = (id: string): boolean => items?.some(({ value }) => value === id) === true;
      return tickedOf(name, values).every(isKnown)
        ? []
        : [[name, 'Choose from the list: somebody is not in it any more']];
    }
    const value = (values[name] ?? '').trim();
    if (value === '') return required === undefined ? [] : [[name, required]];
    if (longest !== undefined && value.length > longest)
      return [[name, `This must be ${longest.toLocaleString('en-GB')} characters or fewer`]];
    const isChoice = kind === 'radios' || kind === 'select';
    return isChoice && items?.every((item) => item.value !== value) === true
      ? [[name, required ?? 'Choose one of the list']]
      : [];
  });
  if (values.code === OTHER && (values.words ?? '').trim() === '') found.push(['words', 'Say why it can be closed']);
  return found;
}

/** Each box of `ticks` is a field of its own, as a field has one value. */
export function tickName(field: string, value: string): string {
  return `${field}-${value}`;
}

/** Which boxes of a field of `ticks` were ticked. */
export function tickedOf(field: string, values: Fields): string[] {
  const start = tickName(field, '');
  return Object.keys(values).flatMap((name) =>
    name.startsWith(start) && values[name] === 'yes' ? [name.slice(start.length)] : [],
  );
}
