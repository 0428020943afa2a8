import { isDay } from '@app/kernel';
import { InputCheck } from '../scrutiny.errors';
import { ScrutinyRecord, type KeptText, type RecordedFact, type RecordLine } from '../scrutiny-record';

/** How many complaints about the commissioner and deputy the panel dealt with in a period, as the panel says (R2.6). */
export interface PanelNumbersState {
  readonly from: string;
  readonly to: string;
  readonly numbers: Readonly<Record<string, number>>;
  readonly sourceId: string;
  readonly obtainedOn: string;
  readonly versions: number;
}

export interface PanelNumbersInput {
  readonly from: string;
  readonly to: string;
  /** By measure, such as `received`; what the panel did not say is left out and is not nought. */
  readonly numbers: Readonly<Record<string, number | null>>;
  readonly measures: readonly string[];
  readonly obtainedOn: string;
  readonly today: string;
}

const MOST = 100_000;

/** The numbers of one period. What is recorded anew takes the place of what was recorded before, which stays in the log. */
export class PanelNumbers extends ScrutinyRecord<PanelNumbersState> {
  readonly kind = 'panel-numbers';

  recordNumbers(input: PanelNumbersInput, source: KeptText, at: Date): void {
    const { from, to, measures, obtainedOn, today } = input;
    const check = new InputCheck()
      .require(isDay(from), 'from', 'Enter the first day of the period')
      .require(isDay(to) && !(to < from), 'to', 'Enter the last day of the period, not before the first')
      .require(isDay(obtainedOn) && obtainedOn <= today, 'obtainedOn', 'Enter the day on which the panel said so')
      .require(
        measures.some((key) => typeof input.numbers[key] === 'number'),
        measures[0] ?? 'numbers',
        'Enter at least one number',
      );
    if (isDay(to)) check.require(to <= today, 'to', 'The period must be over');
    for (const key of measures) {
      const value = input.numbers[key] ?? null;
      const isWhole = value === null || (Number.isInteger(value) && value >= 0 && value <= MOST);
      check.require(isWhole, key, 'Enter a whole number, or leave it empty where the panel did not say');
    }
    check.done();
    const known = measures.flatMap((key) => {
      const value = input.numbers[key];
      return typeof value === 'number' ? [[key, value] as const] : [];
    });
    const data = { from, to, numbers: Object.fromEntries(known), obtainedOn };
    this.happen('panel-numbers-recorded', { ...data, sourceId: source.id, sourceCommitment: source.commitment }, at);
  }

  line(): RecordLine {
    const { from, to } = this.state;
    return { caseId: null, reference: `${from}/${to}`, dueOn: null, isOpen: false, listedOn: from };
  }

  protected fold(state: PanelNumbersState | null, fact: RecordedFact): PanelNumbersState {
    return foldPanelNumbers(state, fact);
  }
}

export function foldPanelNumbers(state: PanelNumbersState | null, { data }: RecordedFact): PanelNumbersState {
  const text = (name: string): string => (typeof data[name] === 'string' ? data[name] : '');
  return {
    from: text('from'),
    to: text('to'),
    numbers: data.numbers as Readonly<Record<string, number>>,
    sourceId: text('sourceId'),
    obtainedOn: text('obtainedOn'),
    versions: (state?.versions ?? 0) + 1,
  };
}
