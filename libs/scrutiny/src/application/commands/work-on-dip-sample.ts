import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { currentCaller, UnitOfWork } from '@app/platform';
import { DipSample } from '../../domain/samples/dip-sample';
import { ScrutinyRecords } from '../scrutiny-records';
import { ScrutinySettings } from '../scrutiny-settings';
import { ActTexts, ScrutinyTexts } from '../texts';

export type DipSampleAct =
  | { readonly what: 'replace'; readonly place: number; readonly reason: string }
  | { readonly what: 'report'; readonly findings: string }
  | { readonly what: 'send-feedback' | 'record-answer'; readonly on: string; readonly text: string };

/** What follows after the draw: a file is replaced, the result reported, told to the force and answered by it. */
export class WorkOnDipSample extends Command<void> {
  constructor(
    readonly id: string,
    readonly act: DipSampleAct,
  ) {
    super();
  }
}

/** Scores a file as the caller, the first or the second to do so; again, to correct the own score. */
export class ScoreSampledFile extends Command<void> {
  constructor(
    readonly id: string,
    readonly place: number,
    /** By question: the key of the answer, or null where the question does not apply. */
    readonly answers: Readonly<Record<string, string | null>>,
    readonly comments: string | null,
  ) {
    super();
  }
}

@CommandHandler(WorkOnDipSample)
export class WorkOnDipSampleHandler implements ICommandHandler<WorkOnDipSample> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly records: ScrutinyRecords,
    private readonly texts: ScrutinyTexts,
    private readonly settings: ScrutinySettings,
  ) {}

  async execute({ id, act }: WorkOnDipSample): Promise<void> {
    const { now, today } = this.settings;
    await this.unitOfWork.run(async () => {
      const record = await this.records.load(DipSample, 'dip-sample', id);
      const texts = new ActTexts();
      texts.check(() => {
        switch (act.what) {
          case 'replace':
            return record.replace(
              act.place,
              texts.required('reason', act.reason, 'Say why it is replaced'),
              today,
              now,
            );
          case 'report':
            return record.report(texts.required('findings', act.findings, 'Enter the findings'), today, now);
          case 'send-feedback':
            return record.sendFeedback(
              act.on,
              texts.required('text', act.text, 'Enter what the force was told'),
              today,
              now,
            );
          case 'record-answer':
            return record.recordAnswer(
              act.on,
              texts.required('text', act.text, 'Enter what the force answered'),
              today,
              now,
            );
        }
      });
      await this.texts.write(record.office, null, texts);
      await this.records.save(record);
    });
  }
}

@CommandHandler(ScoreSampledFile)
export class ScoreSampledFileHandler implements ICommandHandler<ScoreSampledFile> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly records: ScrutinyRecords,
    private readonly texts: ScrutinyTexts,
    private readonly settings: ScrutinySettings,
  ) {}

  async execute({ id, place, answers, comments }: ScoreSampledFile): Promise<void> {
    const { now, today } = this.settings;
    await this.unitOfWork.run(async () => {
      const record = await this.records.load(DipSample, 'dip-sample', id);
      const texts = new ActTexts();
      texts.check(() => {
        const kept = texts.optional('comments', comments);
        record.score(place, currentCaller().actor.id, answers, kept, today, now);
      });
      await this.texts.write(record.office, null, texts);
      await this.records.save(record);
    });
  }
}
