import { randomUUID } from 'node:crypto';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '@app/platform';
import { PanelNumbers } from '../../domain/panel/panel-numbers';
import { ScrutinyRecords } from '../scrutiny-records';
import { ScrutinySettings } from '../scrutiny-settings';
import { ActTexts, ScrutinyTexts } from '../texts';

export interface RecordedPanelNumbers {
  readonly office: string;
  readonly from: string;
  readonly to: string;
  readonly numbers: Readonly<Record<string, number | null>>;
  readonly obtainedOn: string;
  /** Where they come from, such as a paper of the panel. */
  readonly source: string;
}

/** How many complaints about the commissioner the panel dealt with in a period; again for a period, to correct it. */
export class RecordPanelNumbers extends Command<string> {
  constructor(readonly recorded: RecordedPanelNumbers) {
    super();
  }
}

@CommandHandler(RecordPanelNumbers)
export class RecordPanelNumbersHandler implements ICommandHandler<RecordPanelNumbers> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly records: ScrutinyRecords,
    private readonly texts: ScrutinyTexts,
    private readonly settings: ScrutinySettings,
  ) {}

  async execute({ recorded }: RecordPanelNumbers): Promise<string> {
    const { office, from, to, source, ...rest } = recorded;
    this.records.mayBeginIn(office);
    const measures = (await this.settings.list('panel-measures', office)).map(({ key }) => key);
    const { now, today } = this.settings;
    return this.unitOfWork.run(async () => {
      const known = await this.records.byReference(PanelNumbers, 'panel-numbers', office, `${from}/${to}`);
      const record = known ?? new PanelNumbers(randomUUID(), office, 0, null);
      const texts = new ActTexts();
      texts.check(() => {
        const kept = texts.required('source', source, 'Say where the numbers come from');
        record.recordNumbers({ from, to, ...rest, measures, today }, kept, now);
      });
      await this.texts.write(office, null, texts);
      await this.records.save(record);
      return record.id;
    });
  }
}
