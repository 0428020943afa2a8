import { randomBytes } from 'node:crypto';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '@app/platform';
import { DipSample } from '../../domain/samples/dip-sample';
import { seedFrom } from '../../domain/samples/draw-sample';
import { ScrutinyRecords } from '../scrutiny-records';
import { ScrutinySettings } from '../scrutiny-settings';

/** Draws the sample, once. A seed may be given, as one thrown with dice at a public meeting; else the service makes one. */
export class DrawDipSample extends Command<void> {
  constructor(
    readonly id: string,
    readonly seed: string | null,
  ) {
    super();
  }
}

@CommandHandler(DrawDipSample)
export class DrawDipSampleHandler implements ICommandHandler<DrawDipSample> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly records: ScrutinyRecords,
    private readonly settings: ScrutinySettings,
  ) {}

  async execute({ id, seed }: DrawDipSample): Promise<void> {
    const { now, today } = this.settings;
    await this.unitOfWork.run(async () => {
      const record = await this.records.load(DipSample, 'dip-sample', id);
      record.draw(seed ?? seedFrom(randomBytes(64)), seed !== null, today, now);
      await this.records.save(record);
    });
  }
}
