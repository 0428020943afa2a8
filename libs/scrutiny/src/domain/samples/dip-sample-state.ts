import type { JsonValue } from '@app/kernel';
import type { RecordedFact } from '../scrutiny-record';
import type { Answers, ScoringSheet } from './scoring';

export interface SampledFile {
  /** In the sorted population, from 1. */
  readonly place: number;
  readonly replacedBy: number | null;
  readonly reasonId: string | null;
}

export interface SampleScore {
  readonly place: number;
  readonly scorer: string;
  /** 1: the first to score the file, 2: the second person. */
  readonly round: number;
  readonly on: string;
  readonly answers: Answers;
  readonly commentsId: string | null;
}

export interface DipSampleState {
  readonly titleId: string;
  readonly plannedOn: string;
  readonly source: string;
  readonly caseKind: string | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly populationSize: number;
  readonly populationHash: string;
  readonly size: number;
  readonly sheet: ScoringSheet;
  readonly secondScorePercent: number;
  readonly algorithm: string | null;
  readonly seed: string | null;
  readonly seedFrom: string | null;
  readonly drawnOn: string | null;
  /** In the order drawn; replacements follow. */
  readonly files: readonly SampledFile[];
  readonly scores: readonly SampleScore[];
  readonly reportedOn: string | null;
  readonly findingsId: string | null;
  readonly feedbackOn: string | null;
  readonly feedbackId: string | null;
  readonly answeredOn: string | null;
  readonly answerId: string | null;
}

export function foldDipSample(state: DipSampleState | null, { type, data }: RecordedFact): DipSampleState {
  const text = (name: string): string | null => (typeof data[name] === 'string' ? data[name] : null);
  const number = (name: string): number => (typeof data[name] === 'number' ? data[name] : 0);
  if (type === 'scrutiny.dip-sample-planned') {
    return {
      titleId: text('titleId') ?? '',
      plannedOn: text('on') ?? '',
      source: text('source') ?? '',
      caseKind: text('caseKind'),
      from: text('from'),
      to: text('to'),
      populationSize: number('populationSize'),
      populationHash: text('populationHash') ?? '',
      size: number('size'),
      sheet: data.sheet as unknown as ScoringSheet,
      secondScorePercent: number('secondScorePercent'),
      ...{ algorithm: null, seed: null, seedFrom: null, drawnOn: null, files: [], scores: [] },
      ...{ reportedOn: null, findingsId: null, feedbackOn: null, feedbackId: null, answeredOn: null, answerId: null },
    };
  }
  if (state === null) throw new Error(`${type} before the sample was planned`);
  switch (type) {
    case 'scrutiny.dip-sample-drawn': {
      const places = data.places as readonly JsonValue[];
      const files = places.map((place) => ({ place: Number(place), replacedBy: null, reasonId: null }));
      const { algorithm, seed, seedFrom } = {
        algorithm: text('algorithm'),
        seed: text('seed'),
        seedFrom: text('seedFrom'),
      };
      return { ...state, algorithm, seed, seedFrom, drawnOn: text('on'), files };
    }
    case 'scrutiny.dip-sample-file-replaced': {
      const [place, replacedBy] = [number('place'), number('replacedBy')];
      const files = state.files.map((file) =>
        file.place === place ? { ...file, replacedBy, reasonId: text('reasonId') } : file,
      );
      return { ...state, files: [...files, { place: replacedBy, replacedBy: null, reasonId: null }] };
    }
    case 'scrutiny.dip-sample-file-scored': {
      const [place, scorer] = [number('place'), text('scorer') ?? ''];
      const answers = data.answers as Answers;
      const score = {
        place,
        scorer,
        round: number('round'),
        on: text('on') ?? '',
        answers,
        commentsId: text('commentsId'),
      };
      const others = state.scores.filter((each) => each.place !== place || each.scorer !== scorer);
      return { ...state, scores: [...others, score] };
    }
    case 'scrutiny.dip-sample-reported':
      return { ...state, reportedOn: text('on'), findingsId: text('findingsId') };
    case 'scrutiny.dip-sample-feedback-sent':
      return { ...state, feedbackOn: text('on'), feedbackId: text('textId') };
    case 'scrutiny.dip-sample-feedback-answered':
      return { ...state, answeredOn: text('on'), answerId: text('textId') };
    default:
      return state;
  }
}
