import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '@app/platform';
import { Investigation } from '../../domain/notices/investigation';
import { ScrutinyRecords } from '../scrutiny-records';
import { ScrutinySettings } from '../scrutiny-settings';
import { ActTexts, ScrutinyTexts } from '../texts';

export type InvestigationChange =
  | { readonly what: 'finalise'; readonly on: string }
  | { readonly what: 'correct'; readonly startedOn: string; readonly reason: string }
  | { readonly what: 'strike'; readonly reason: string };

/** The investigation is over, began on another day than was entered, or was entered by mistake. */
export class ChangeInvestigation extends Command<void> {
  constructor(
    readonly id: string,
    readonly change: InvestigationChange,
  ) {
    super();
  }
}

@CommandHandler(ChangeInvestigation)
export class ChangeInvestigationHandler implements ICommandHandler<ChangeInvestigation> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly records: ScrutinyRecords,
    private readonly texts: ScrutinyTexts,
    private readonly settings: ScrutinySettings,
  ) {}

  async execute({ id, change }: ChangeInvestigation): Promise<void> {
    const due = await this.settings.dueDays();
    const { now, today } = this.settings;
    await this.unitOfWork.run(async () => {
      const record = await this.records.load(Investigation, 'investigation', id);
      const texts = new ActTexts();
      texts.check(() => {
        if (change.what === 'finalise') return record.finalise(change.on, today, now);
        const reason = texts.required('reason', change.reason, 'Say why');
        if (change.what === 'strike') record.strike(reason, today, now);
        else record.correctStart(change.startedOn, reason, today, now, due);
      });
      await this.texts.write(record.office, null, texts);
      await this.records.save(record);
    });
  }
}
