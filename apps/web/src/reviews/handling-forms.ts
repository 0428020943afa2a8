import { reasonField, tickedOf } from '../case/case-action-forms';
import { PARTY_ROLES, PAUSE_REASONS, type PartyRole, type PauseReason } from '@app/reviews';
import { looksLikeEmail } from '../http/form-errors';
import type { GuardedChoice } from './form-field';
import { LONGEST_TEXT, saidOrNull, type ReviewForm, type ReviewFormContext } from './review-form';
import { blockInWords, daysInWords, PARTY_WORDS, PAUSE_WORDS } from './review-words';

const BY_POST = 'No e-mail address is known: write to them by post. The day is kept here.';

/** Who works on a review, who is told, its papers and its time. By the last part of the page's address. */
export const HANDLING_FORMS: Readonly<Record<string, ReviewForm>> = {
  'assign-reviewer': {
    action: 'assign-reviewer',
    title: 'Name the reviewer',
    button: 'Name the reviewer',
    part: '',
    notice: 'review-assigned',
    refusedAt: 'reviewer',
    intro: () =>
      'Whoever dealt with the complaint before, or has a connection with it, cannot review it. The case is given to the reviewer too.',
    fields: ({ reviewers, me, view }) => [
      {
        name: 'reviewer',
        label: 'Who should review it?',
        kind: 'radios',
        items: reviewers.map(({ id, name, blocked }): GuardedChoice => ({
          value: id,
          text: id === me ? `${name} (you)` : name,
          ...(blocked === null
            ? {}
            : { disabled: true, hint: `Cannot review this: ${blockInWords(blocked, id === me)}.` }),
        })),
        value: view.state.reviewer ?? '',
        required: 'Choose who should review it',
      },
    ],
    act: ({ reviewer = '' }) => ({ do: 'assign-reviewer', reviewer }),
  },
  'declare-independence': {
    action: 'declare-independence',
    title: 'Declare whether you are independent',
    button: 'Declare',
    part: '',
    notice: 'review-declared',
    intro: () =>
      'You are independent if you had nothing to do with the complaint and have no link with the people in it. You declare for yourself only.',
    fields: () => [
      {
        name: 'independent',
        label: 'Are you independent of this matter?',
        kind: 'radios',
        items: [
          { value: 'yes', text: 'Yes, I have no connection with it' },
          { value: 'no', text: 'No, I have a connection', hint: 'You cannot review it then' },
        ],
        required: 'Say whether you are independent',
      },
      { name: 'reason', label: 'What the connection is', kind: 'long', hint: 'Needed if there is one', longest: 2000 },
    ],
    act: ({ independent = '', reason }) => ({
      do: 'declare-independence',
      independent: independent === 'yes',
      reason: saidOrNull(reason),
    }),
  },
  'add-party': {
    action: 'add-party',
    title: 'Add somebody who must be told',
    button: 'Add them',
    part: '',
    notice: 'review-party-added',
    intro: () => 'They are told that a review was asked for, and later what was decided.',
    fields: () => [
      {
        name: 'role',
        label: 'Who are they?',
        kind: 'radios',
        items: PARTY_ROLES.map((role) => ({ value: role, text: PARTY_WORDS[role] ?? role })),
        required: 'Choose who they are',
      },
      { name: 'name', label: 'Name', kind: 'text', required: 'Enter their name', longest: 200 },
      { name: 'email', label: 'E-mail address', kind: 'text', hint: 'If it is known', longest: 254 },
      { name: 'address', label: 'Postal address', kind: 'long', hint: 'If it is known', longest: 1000 },
    ],
    check: ({ email = '' }) =>
      email.trim() === '' || looksLikeEmail(email.trim())
        ? []
        : [['email', 'Enter an e-mail address like name@place.example']],
    act: ({ role = '', name = '', email, address }) => ({
      do: 'add-party',
      role: role as PartyRole,
      name: name.trim(),
      email: saidOrNull(email)?.trim() ?? null,
      address: saidOrNull(address),
    }),
  },
  'notify-parties': {
    action: 'notify-parties',
    title: 'Notify the force and the parties',
    button: 'Notify them',
    part: '',
    notice: 'review-notified',
    intro: () => 'They are told that a review was asked for (R1.50). Letters by e-mail go out at once.',
    fields: ({ view }) => {
      const waiting = view.parties.filter(({ notifiedOn }) => notifiedOn === null);
      const authority =
        view.state.authorityNotifiedOn === null
          ? [{ value: 'authority', text: 'The force, as appropriate authority' }]
          : [];
      const items = [
        ...authority,
        ...waiting.map(({ id, name, role, email }) => ({
          value: id,
          text: `${name}, ${(PARTY_WORDS[role] ?? role).toLowerCase()}`,
          ...(email === null ? { hint: BY_POST } : {}),
        })),
      ];
      return [
        {
          name: 'parties',
          label: 'Who is told now?',
          kind: 'ticks',
          items,
          ticked: items.map(({ value }) => value),
          nothing: 'Everybody who is known has been told.',
        },
      ];
    },
    act: (values) => {
      const ticked = tickedOf('parties', values);
      return {
        do: 'notify-parties',
        authority: ticked.includes('authority'),
        parties: ticked.filter((id) => id !== 'authority'),
      };
    },
  },
  'request-papers': {
    action: 'request-papers',
    title: 'Request papers from the force',
    button: 'Request the papers',
    part: 'papers',
    notice: 'review-papers-requested',
    intro: () => 'The request goes to the Professional Standards Department of the force by e-mail at once (R1.51).',
    fields: ({ view }) => {
      const items = view.papers
        .filter(({ requestedOn }) => requestedOn === null)
        .map(({ paper, name }) => ({ value: paper, text: name }));
      return [
        {
          name: 'papers',
          label: 'Which papers?',
          kind: 'ticks',
          items,
          ticked: items.map(({ value }) => value),
          nothing: 'Every paper of the list has been requested.',
        },
      ];
    },
    act: (values) => ({ do: 'request-papers', papers: tickedOf('papers', values) }),
  },
  'record-papers': {
    action: 'record-papers',
    title: 'Record papers received',
    button: 'Record them',
    part: 'papers',
    notice: 'review-papers-recorded',
    intro: () =>
      'The time to decide counts from the day on which the last paper came, or the bundle is complete without it.',
    fields: ({ view, today }) => {
      const missing = view.papers.filter(({ receivedOn }) => receivedOn === null);
      return [
        {
          name: 'papers',
          label: 'Which papers came?',
          kind: 'ticks',
          items: missing.map(({ paper, name, requestedOn }) => ({
            value: paper,
            text: name,
            ...(requestedOn === null ? { hint: 'Was not asked for' } : {}),
          })),
          ticked: missing.filter(({ requestedOn }) => requestedOn !== null).map(({ paper }) => paper),
          nothing: 'Every paper of the list has come.',
        },
        { name: 'on', label: 'When did they come?', kind: 'day', value: today, required: 'Enter the day' },
        { name: 'complete', label: 'The bundle is complete: I need nothing more to decide', kind: 'tick' },
      ];
    },
    check: (values) =>
      tickedOf('papers', values).length === 0 && values.complete !== 'yes'
        ? [['papers', 'Choose the papers that came, or say that the bundle is complete']]
        : [],
    act: (values) => ({
      do: 'record-papers',
      papers: tickedOf('papers', values),
      on: values.on ?? '',
      complete: values.complete === 'yes',
    }),
  },
  pause: {
    action: 'pause',
    title: 'Pause the review',
    button: 'Pause the review',
    part: '',
    notice: 'review-paused',
    intro: (context) => timeInWords(context),
    fields: () => [
      {
        name: 'because',
        label: 'What do we wait for?',
        kind: 'radios',
        items: PAUSE_REASONS.map((reason) => ({
          value: reason,
          text: PAUSE_WORDS[reason],
          ...(reason === 'waiting-on-force'
            ? { hint: 'The clock for the papers runs on: the delay is the force’s' }
            : {}),
        })),
        required: 'Choose what we wait for',
      },
      { name: 'reason', label: 'More about it', kind: 'long', longest: 2000 },
    ],
    act: ({ because = '', reason }) => ({ do: 'pause', because: because as PauseReason, reason: saidOrNull(reason) }),
  },
  forward: {
    action: 'forward',
    title: 'Forward it to the body that must decide it',
    button: 'Forward it and tell the applicant',
    isWarning: true,
    part: '',
    notice: 'review-forwarded',
    intro: () =>
      'The application goes there, and the applicant is told so in the same act (R1.40). The review ends here.',
    fields: ({ choices, case: { correspondent } }) => [
      {
        name: 'destination',
        label: 'Which body?',
        kind: 'select',
        items: [
          { value: '', text: 'Choose a body' },
          ...choices.destinations.map(({ key, name }) => ({ value: key, text: name })),
        ],
        required: 'Choose the body that must decide it',
      },
      reasonField('Why must it decide?', 'Say why that body must decide it', 'The body reads this'),
      ...(correspondent?.safeContactNote || correspondent?.contactRestriction
        ? [
            {
              name: 'cautionRead',
              label: 'I have read how this person may be contacted',
              kind: 'tick' as const,
              required: 'Confirm that you have read how this person may be contacted',
            },
          ]
        : []),
    ],
    act: ({ destination = '', reason = '', cautionRead }) => ({
      do: 'forward',
      destination,
      reason,
      cautionRead: cautionRead === 'yes',
    }),
  },
  reconsider: {
    action: 'reconsider',
    title: 'Look at the application again',
    button: 'Look at it again',
    part: '',
    notice: 'review-reconsidered',
    intro: () => 'It goes back to the question whether it is valid, as when new facts come.',
    fields: () => [reasonField('Why?', 'Say why it is looked at again')],
    act: ({ reason = '' }) => ({ do: 'reconsider', reason }),
  },
  withdraw: {
    action: 'withdraw',
    title: 'Record that it was withdrawn',
    button: 'Record the withdrawal',
    isWarning: true,
    part: '',
    notice: 'review-withdrawn',
    intro: () => 'The review ends. It stays in the figures.',
    fields: () => [
      {
        name: 'what',
        label: 'What was withdrawn?',
        kind: 'radios',
        items: [
          { value: 'review', text: 'The application for a review', hint: 'The complaint stands (R1.91)' },
          { value: 'complaint', text: 'The complaint itself', hint: 'The force is told, and records it (R1.90)' },
        ],
        required: 'Choose what was withdrawn',
      },
      { name: 'reason', label: 'How we know, and why', kind: 'long', longest: LONGEST_TEXT },
    ],
    act: ({ what = '', reason }) => ({
      do: 'withdraw',
      what: what === 'complaint' ? 'complaint' : 'review',
      reason: saidOrNull(reason),
    }),
  },
};

function timeInWords({ view }: ReviewFormContext): string {
  const { gross, paused, net } = view.elapsed;
  return `So far ${daysInWords(gross)} gross, ${daysInWords(paused)} paused, ${daysInWords(net)} net. The gross time runs on while it is paused; the net time and the time to decide stand still.`;
}
