import { isDay, type JsonObject } from '@app/kernel';
import { InputCheck, InvalidScrutinyInput, ScrutinyRefused } from '../scrutiny.errors';
import { ScrutinyRecord, type KeptText, type RecordedFact, type RecordLine } from '../scrutiny-record';
import { foldDipSample, type DipSampleState, type SampledFile, type SampleScore } from './dip-sample-state';
import { drawPlaces, SAMPLING_ALGORITHM, SEED } from './draw-sample';
import { MOST_IN_POPULATION } from './population';
import { pointsOf, resultOf, unanswered, type Answers, type ScoringSheet } from './scoring';

export const SAMPLE_SOURCES = ['force-list', 'own-cases'] as const;
export type SampleSource = (typeof SAMPLE_SOURCES)[number];
const LARGEST_SAMPLE = 500;

export interface SamplePlan {
  readonly title: KeptText;
  readonly source: SampleSource;
  /** Of the office's own files: which kind, closed in which period. */
  readonly caseKind: string | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly populationSize: number;
  readonly populationHash: string;
  readonly size: number;
  readonly sheet: ScoringSheet;
  /** Of a hundred files, how many a second person must score before the result is reported. */
  readonly secondScorePercent: number;
}

/** A dip sample: closed files drawn at random, scored by a sheet, reported to the force. */
export class DipSample extends ScrutinyRecord<DipSampleState> {
  readonly kind = 'dip-sample';

  plan(plan: SamplePlan, on: string, at: Date): void {
    const { populationSize, size, from, to, source, title, sheet, ...rest } = plan;
    new InputCheck()
      .require(populationSize > 0, 'population', 'The population is empty: there is nothing to draw from')
      .require(populationSize <= MOST_IN_POPULATION, 'population', 'The list must not be longer than 20,000 files')
      .require(
        Number.isInteger(size) && size >= 1 && size <= LARGEST_SAMPLE,
        'size',
        'Enter how many files to draw, from 1 to 500',
      )
      .require(!(size > populationSize), 'size', `The population has only ${String(populationSize)} files`)
      .done();
    const { id: titleId, commitment: titleCommitment } = title;
    const data = { on, titleId, titleCommitment, source, from, to, populationSize, size, ...rest };
    this.happen('dip-sample-planned', { ...data, sheet: sheet as unknown as JsonObject }, at);
  }

  /** Once and for all: drawn again, a sample could be drawn until it pleases. */
  draw(seed: string, isGiven: boolean, on: string, at: Date): void {
    if (this.state.drawnOn !== null) throw new ScrutinyRefused('This sample is drawn already. It is drawn only once.');
    new InputCheck().require(SEED.test(seed), 'seed', 'The seed must have 6 to 40 digits and nothing else').done();
    const { populationSize, populationHash, size } = this.state;
    const places = drawPlaces(seed, populationSize, size);
    const seedFrom = isGiven ? 'person' : 'service';
    const data = { on, algorithm: SAMPLING_ALGORITHM, seed, seedFrom, populationHash, populationSize, places };
    this.happen('dip-sample-drawn', data, at);
  }

  /** A file that cannot be looked at gives way to the next that the same seed draws. */
  replace(place: number, reason: KeptText, on: string, at: Date): void {
    const file = this.file(place);
    if (this.scoresOf(place).length > 0) throw new ScrutinyRefused('This file is scored: it stays in the sample.');
    if (file.replacedBy !== null) throw new ScrutinyRefused('This file is replaced already.');
    const { files, seed, populationSize } = this.state;
    if (files.length >= populationSize) throw new ScrutinyRefused('There is no other file in the population.');
    const replacedBy = drawPlaces(seed ?? '', populationSize, files.length + 1).at(-1) ?? 0;
    const data = { on, place, replacedBy, reasonId: reason.id, reasonCommitment: reason.commitment };
    this.happen('dip-sample-file-replaced', data, at);
  }

  /** The first to score a file, or a second person; each may correct the own score until the result is reported. */
  score(place: number, scorer: string, answers: Answers, comments: KeptText | null, on: string, at: Date): void {
    if (this.file(place).replacedBy !== null) throw new ScrutinyRefused('This file is replaced: score the other one.');
    const missing = unanswered(this.state.sheet, answers);
    if (missing.length > 0) {
      throw new InvalidScrutinyInput(
        missing.map((key) => ({ pointer: `/answers/${key}`, message: 'Choose an answer, or that it does not apply' })),
      );
    }
    const known = this.scoresOf(place);
    const own = known.find((score) => score.scorer === scorer);
    if (!own && known.length >= 2) throw new ScrutinyRefused('Two people have scored this file already.');
    const chosen = Object.fromEntries(this.state.sheet.questions.map(({ key }) => [key, answers[key] ?? null]));
    const { reached, possible } = pointsOf(this.state.sheet, chosen);
    const data = {
      ...{ on, place, scorer, round: own?.round ?? known.length + 1, answers: chosen, reached, possible },
      commentsId: comments?.id ?? null,
      commentsCommitment: comments?.commitment ?? null,
    };
    this.happen('dip-sample-file-scored', data, at);
  }

  report(findings: KeptText, on: string, at: Date): void {
    const { scored, inSample, secondScored, secondWanted } = this.progress();
    if (scored < inSample) throw new ScrutinyRefused(`${String(inSample - scored)} files are not scored yet.`);
    if (secondScored < secondWanted) {
      throw new ScrutinyRefused(`A second person must score ${String(secondWanted - secondScored)} more files.`);
    }
    const { points } = resultOf(
      this.state.sheet,
      this.state.scores.map(({ answers }) => answers),
    );
    const data = {
      ...{ on, inSample, scored, secondScored, populationSize: this.state.populationSize, ...points },
      findingsId: findings.id,
      findingsCommitment: findings.commitment,
    };
    this.happen('dip-sample-reported', data, at);
  }

  sendFeedback(on: string, text: KeptText, today: string, at: Date): void {
    const { reportedOn, feedbackOn } = this.state;
    if (reportedOn === null) throw new ScrutinyRefused('Report the result first.');
    if (feedbackOn !== null) throw new ScrutinyRefused('The force has had the feedback.');
    this.dayBetween(on, reportedOn, today);
    this.happen('dip-sample-feedback-sent', { on, textId: text.id, textCommitment: text.commitment }, at);
  }

  recordAnswer(on: string, text: KeptText, today: string, at: Date): void {
    const { feedbackOn, answeredOn } = this.state;
    if (feedbackOn === null) throw new ScrutinyRefused('The force has had no feedback yet.');
    if (answeredOn !== null) throw new ScrutinyRefused('The answer of the force is recorded.');
    this.dayBetween(on, feedbackOn, today);
    this.happen('dip-sample-feedback-answered', { on, textId: text.id, textCommitment: text.commitment }, at);
  }

  /** How far the scoring has come. */
  progress(): { inSample: number; scored: number; secondScored: number; secondWanted: number } {
    const inSample = this.state.files.filter(({ replacedBy }) => replacedBy === null);
    const scores = inSample.map(({ place }) => this.scoresOf(place).length);
    return {
      inSample: inSample.length,
      scored: scores.filter((count) => count > 0).length,
      secondScored: scores.filter((count) => count > 1).length,
      secondWanted: Math.ceil((inSample.length * this.state.secondScorePercent) / 100),
    };
  }

  line(): RecordLine {
    const { plannedOn, drawnOn, answeredOn } = this.state;
    return { caseId: null, reference: null, dueOn: null, isOpen: answeredOn === null, listedOn: drawnOn ?? plannedOn };
  }

  protected fold(state: DipSampleState | null, fact: RecordedFact): DipSampleState {
    return foldDipSample(state, fact);
  }

  private file(place: number): SampledFile {
    if (this.state.drawnOn === null) throw new ScrutinyRefused('The sample is not drawn yet.');
    if (this.state.reportedOn !== null) throw new ScrutinyRefused('The result is reported: nothing changes any more.');
    const file = this.state.files.find((each) => each.place === place);
    if (!file) throw new ScrutinyRefused('This file is not in the sample.');
    return file;
  }

  private scoresOf(place: number): readonly SampleScore[] {
    return this.state.scores.filter((score) => score.place === place);
  }

  private dayBetween(on: string, first: string, today: string): void {
    new InputCheck()
      .require(
        isDay(on) && on >= first && on <= today,
        'on',
        'Enter a day not before the step before, today at the latest',
      )
      .done();
  }
}
