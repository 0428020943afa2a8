import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '@app/platform';
import { DipSample } from '../../domain/samples/dip-sample';
import type { DipSampleState } from '../../domain/samples/dip-sample-state';
import { pointsOf, resultOf, type Answers, type Points, type QuestionResult } from '../../domain/samples/scoring';
import { CasesOfRecords } from '../cases-of-records';
import { ScrutinyTexts } from '../texts';
import { RecordLists, type ListedRecord, type RecordListRequest, type RecordPage } from './record-lists';

export type DipSampleStage = 'planned' | 'scoring' | 'reported' | 'sent-to-force' | 'answered';

export interface DipSampleLine {
  readonly id: string;
  readonly office: string;
  readonly title: string;
  readonly stage: DipSampleStage;
  readonly source: string;
  readonly plannedOn: string;
  readonly drawnOn: string | null;
  readonly populationSize: number;
  readonly inSample: number;
  readonly scored: number;
  readonly secondScored: number;
  readonly secondWanted: number;
}

export interface SampledFileView {
  readonly place: number;
  /** Null: beside a case that the reader may not see. */
  readonly reference: string | null;
  readonly caseReference: string | null;
  readonly replacedBy: number | null;
  readonly reason: string | null;
  readonly scores: readonly {
    readonly scorer: string;
    readonly round: number;
    readonly on: string;
    readonly answers: Answers;
    readonly points: Points;
    readonly comments: string | null;
  }[];
}

export interface DipSampleView extends DipSampleLine {
  readonly caseKind: string | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly size: number;
  readonly populationHash: string;
  readonly algorithm: string | null;
  readonly seed: string | null;
  readonly seedFrom: string | null;
  readonly sheet: DipSampleState['sheet'];
  readonly files: readonly SampledFileView[];
  readonly result: { readonly points: Points; readonly questions: readonly QuestionResult[]; readonly scores: number };
  readonly reportedOn: string | null;
  readonly findings: string | null;
  readonly feedbackOn: string | null;
  readonly feedback: string | null;
  readonly answeredOn: string | null;
  readonly answer: string | null;
}

/** Dip samples, newest first. */
export class ListDipSamples extends Query<RecordPage<DipSampleLine>> {
  constructor(readonly request: RecordListRequest) {
    super();
  }
}

/** One sample with its files, scores and result. */
export class GetDipSample extends Query<DipSampleView> {
  constructor(readonly id: string) {
    super();
  }
}

/** The sorted population of a sample, to check its hash and the draw. */
export class GetSamplePopulation extends Query<readonly string[]> {
  constructor(readonly id: string) {
    super();
  }
}

@QueryHandler(ListDipSamples)
export class ListDipSamplesHandler implements IQueryHandler<ListDipSamples> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly lists: RecordLists,
    private readonly texts: ScrutinyTexts,
  ) {}

  execute({ request }: ListDipSamples): Promise<RecordPage<DipSampleLine>> {
    return this.unitOfWork.run(async () => {
      const { items, next } = await this.lists.page<DipSampleState>('dip-sample', request);
      const titles = await this.texts.read(items.map(({ state }) => state.titleId));
      return { items: items.map((record) => lineOf(record, titles)), next };
    });
  }
}

@QueryHandler(GetDipSample)
export class GetDipSampleHandler implements IQueryHandler<GetDipSample> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly lists: RecordLists,
    private readonly texts: ScrutinyTexts,
    private readonly cases: CasesOfRecords,
  ) {}

  execute({ id }: GetDipSample): Promise<DipSampleView> {
    return this.unitOfWork.run(async (manager) => {
      const record = await this.lists.get<DipSampleState>('dip-sample', id);
      const { state } = record;
      const said = await this.texts.read([
        ...[state.titleId, state.findingsId, state.feedbackId, state.answerId],
        ...state.files.map(({ reasonId }) => reasonId),
        ...state.scores.map(({ commentsId }) => commentsId),
      ]);
      const text = (of: string | null): string | null => (of === null ? null : (said.get(of) ?? null));
      const found: { place: number; reference: string; caseId: string | null }[] = await manager.query(
        `SELECT place, reference, case_id AS "caseId" FROM dip_sample_population WHERE sample_id = $1 AND place = ANY ($2)`,
        [record.id, state.files.map(({ place }) => place)],
      );
      const byPlace = new Map(found.map((file) => [file.place, file]));
      const cases = await this.cases.references(found.map(({ caseId }) => caseId));
      const { points, questions } = resultOf(
        state.sheet,
        state.scores.map(({ answers }) => answers),
      );
      const { caseKind, from, to, size, populationHash, algorithm, seed, seedFrom, sheet } = state;
      return {
        ...lineOf(record, said),
        ...{ caseKind, from, to, size, populationHash, algorithm, seed, seedFrom, sheet },
        files: state.files.map(({ place, replacedBy, reasonId }) => ({
          place,
          reference: byPlace.get(place)?.reference ?? null,
          caseReference: cases.get(byPlace.get(place)?.caseId ?? '') ?? null,
          replacedBy,
          reason: text(reasonId),
          scores: state.scores
            .filter((score) => score.place === place)
            .sort((a, b) => a.round - b.round)
            .map(({ scorer, round, on, answers, commentsId }) => ({
              ...{ scorer, round, on, answers, points: pointsOf(state.sheet, answers), comments: text(commentsId) },
            })),
        })),
        result: { points, questions, scores: state.scores.length },
        ...{ reportedOn: state.reportedOn, findings: text(state.findingsId) },
        ...{ feedbackOn: state.feedbackOn, feedback: text(state.feedbackId) },
        ...{ answeredOn: state.answeredOn, answer: text(state.answerId) },
      };
    });
  }
}

@QueryHandler(GetSamplePopulation)
export class GetSamplePopulationHandler implements IQueryHandler<GetSamplePopulation> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly lists: RecordLists,
  ) {}

  execute({ id }: GetSamplePopulation): Promise<readonly string[]> {
    return this.unitOfWork.run(async (manager) => {
      const record = await this.lists.get<DipSampleState>('dip-sample', id);
      const rows: { reference: string }[] = await manager.query(
        `SELECT reference FROM dip_sample_population WHERE sample_id = $1 ORDER BY place`,
        [record.id],
      );
      return rows.map(({ reference }) => reference);
    });
  }
}

function lineOf(record: ListedRecord<DipSampleState>, texts: ReadonlyMap<string, string>): DipSampleLine {
  const { id, office, state } = record;
  const { titleId, source, plannedOn, drawnOn, populationSize, reportedOn, feedbackOn, answeredOn } = state;
  const stage =
    answeredOn !== null
      ? 'answered'
      : feedbackOn !== null
        ? 'sent-to-force'
        : reportedOn !== null
          ? 'reported'
          : drawnOn !== null
            ? 'scoring'
            : 'planned';
  const progress = new DipSample(id, office, 0, state).progress();
  return {
    id,
    office,
    title: texts.get(titleId) ?? '',
    stage,
    source,
    plannedOn,
    drawnOn,
    populationSize,
    ...progress,
  };
}
