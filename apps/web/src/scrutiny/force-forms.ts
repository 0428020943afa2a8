import {
  ACTION_GROUNDS,
  ACTION_KINDS,
  AGENDA_ITEMS,
  ANSWER_CODES,
  type ForceMeetingView,
  type OversightActionView,
} from '@app/scrutiny';
import { officeField, type ScrutinyForm } from './scrutiny-form';
import { choicesOf, inScrutinyWords } from './scrutiny-words';

const PATH = '/staff/scrutiny/force';
const BACK = { text: 'Back to the log', href: PATH };

export function actionForm(): ScrutinyForm {
  return {
    pageTitle: 'Record a referral or a direction',
    intro:
      'The office may itself refer a complaint that the force handles to the IOPC, and may direct the chief officer to do what Part 2 of the Police Reform Act 2002 asks for.',
    back: BACK,
    action: `${PATH}/actions/new`,
    button: 'Record',
    fields: [
      officeField(),
      { kind: 'radios', name: 'action', label: 'What was done', items: choicesOf(ACTION_KINDS) },
      {
        kind: 'radios',
        name: 'ground',
        label: 'Ground',
        hint: 'The first two are for a referral, the others for a direction.',
        items: choicesOf(ACTION_KINDS.flatMap((kind) => ACTION_GROUNDS[kind])),
      },
      { kind: 'day', name: 'on', label: 'Day' },
      {
        kind: 'line',
        name: 'forceReference',
        label: 'Reference of the force (optional)',
        hint: 'For example CO/1234/25. No names.',
      },
      { kind: 'line', name: 'caseReference', label: 'Our case (optional)' },
      { kind: 'day', name: 'answerBy', label: 'When an answer is expected (optional)' },
      { kind: 'long', name: 'reasons', label: 'Reasons' },
    ],
  };
}

export function answerForm({ id, action, forceReference }: OversightActionView): ScrutinyForm {
  const codes = ACTION_KINDS.filter((kind) => kind === action).flatMap((kind) => ANSWER_CODES[kind]);
  return {
    pageTitle: 'Record what came of it',
    caption: [inScrutinyWords(action), forceReference ?? ''].filter((part) => part !== '').join(', '),
    back: BACK,
    action: `${PATH}/actions/${id}`,
    button: 'Record the answer',
    fields: [
      { kind: 'radios', name: 'code', label: 'Result', items: choicesOf(codes) },
      { kind: 'day', name: 'on', label: 'Day of the answer' },
      { kind: 'long', name: 'text', label: 'What was answered' },
    ],
  };
}

export function meetingForm(): ScrutinyForm {
  return {
    pageTitle: 'Fix a meeting with the force',
    back: BACK,
    action: `${PATH}/meetings/new`,
    button: 'Fix the meeting',
    fields: [
      officeField(),
      { kind: 'day', name: 'on', label: 'Day' },
      { kind: 'ticks', name: 'agenda', label: 'Agenda', items: choicesOf(AGENDA_ITEMS) },
      { kind: 'long', name: 'notes', label: 'Notes on the agenda (optional)' },
    ],
  };
}

export function heldForm({ id }: ForceMeetingView): ScrutinyForm {
  return {
    pageTitle: 'The meeting was held',
    back: BACK,
    action: `${PATH}/meetings/${id}`,
    button: 'Record',
    fields: [
      { kind: 'day', name: 'on', label: 'Day on which it was held' },
      { kind: 'long', name: 'minutes', label: 'Minutes' },
    ],
  };
}
