import type { DipSampleView, ScrutinyChoices } from '@app/scrutiny';
import { SAMPLED_KINDS } from './sampled-kinds';
import { officeField, type FormField, type ScrutinyForm } from './scrutiny-form';
import { choicesOf } from './scrutiny-words';

const PATH = '/staff/scrutiny/samples';
const DOES_NOT_APPLY = 'n-a';

export function sampleForm(sheets: ScrutinyChoices['sheets']): ScrutinyForm {
  return {
    pageTitle: 'Plan a dip sample',
    intro:
      'The list of files is sorted and kept with its hash. The sample is drawn from it once, by a seed that is recorded, so that anybody can check it.',
    back: { text: 'Back to the samples', href: PATH },
    action: `${PATH}/new`,
    button: 'Keep the list',
    fields: [
      officeField(),
      {
        kind: 'line',
        name: 'title',
        label: 'What the sample is of',
        hint: 'For example “Force complaint files closed January to June”.',
      },
      { kind: 'radios', name: 'source', label: 'Drawn from', items: choicesOf(['force-list', 'own-cases']) },
      {
        kind: 'long',
        name: 'population',
        label: 'References of the force’s closed files',
        hint: 'One a line. References only: no names.',
      },
      {
        kind: 'file',
        name: 'list',
        label: 'Or a CSV file with them',
        hint: 'The column headed “reference”, or the first.',
      },
      {
        kind: 'select',
        name: 'caseKind',
        label: 'Or the office’s own cases of this kind',
        items: [{ value: '', text: 'Choose a kind' }, ...SAMPLED_KINDS],
      },
      { kind: 'day', name: 'from', label: 'Closed from' },
      { kind: 'day', name: 'to', label: 'Closed until' },
      { kind: 'number', name: 'size', label: 'How many files to draw' },
      {
        kind: 'select',
        name: 'sheet',
        label: 'Scoring sheet',
        items: sheets.map(({ key, name }) => ({ value: key, text: name })),
      },
    ],
  };
}

/** Every question of the sheet, and what else to say about the file. */
export function scoreForm(view: DipSampleView, place: number, reference: string | null): ScrutinyForm {
  const items = [
    ...view.sheet.scale.map(({ key, text, points }) => ({ value: key, text: `${text} (${String(points)})` })),
    { value: DOES_NOT_APPLY, text: 'Does not apply' },
  ];
  const questions = view.sheet.questions.map(({ key, text, weight }): FormField => ({
    ...{ kind: 'radios', name: `answers-${key}`, label: text, items },
    ...(weight > 1 ? { hint: `Counts ${String(weight)} times` } : {}),
  }));
  return {
    pageTitle: `Score ${reference ?? 'the file'}`,
    caption: view.title,
    back: { text: 'Back to the sample', href: `${PATH}/${view.id}` },
    action: `${PATH}/${view.id}/files/${String(place)}`,
    button: 'Save the score',
    fields: [...questions, { kind: 'long', name: 'comments', label: 'Comments (optional)', hint: 'Name nobody.' }],
  };
}

/** The answers of a form; what was not chosen is left out. */
export function answersIn(
  view: DipSampleView,
  values: Readonly<Record<string, string>>,
): Record<string, string | null> {
  return Object.fromEntries(
    view.sheet.questions.flatMap(({ key }) => {
      const chosen = values[`answers-${key}`];
      if (chosen === undefined || chosen === '') return [];
      return [[key, chosen === DOES_NOT_APPLY ? null : chosen]];
    }),
  );
}

/** The own score again, to correct it. */
export function valuesOf(file: DipSampleView['files'][number], person: string): Record<string, string> {
  const own = file.scores.find(({ scorer }) => scorer === person);
  if (!own) return {};
  const answers = Object.entries(own.answers).map(([key, answer]) => [`answers-${key}`, answer ?? DOES_NOT_APPLY]);
  return { ...(Object.fromEntries(answers) as Record<string, string>), comments: own.comments ?? '' };
}

export interface SampleStep {
  readonly title: string;
  readonly intro?: string;
  readonly button: string;
  readonly fields: readonly FormField[];
  readonly notice: string;
}

/** What follows when the files are scored, by the end of its address. */
export const SAMPLE_STEPS: Readonly<Record<string, SampleStep>> = {
  report: {
    title: 'Report the result',
    intro: 'The scores are fixed then.',
    button: 'Report',
    fields: [{ kind: 'long', name: 'findings', label: 'Findings' }],
    notice: 'sample-reported',
  },
  'send-feedback': {
    title: 'Feedback to the force',
    button: 'Record the feedback',
    fields: [
      { kind: 'day', name: 'on', label: 'When the force was told' },
      { kind: 'long', name: 'text', label: 'What the force was told' },
    ],
    notice: 'saved',
  },
  'record-answer': {
    title: 'Answer of the force',
    button: 'Record the answer',
    fields: [
      { kind: 'day', name: 'on', label: 'When the force answered' },
      { kind: 'long', name: 'text', label: 'What the force answered' },
    ],
    notice: 'saved',
  },
};
