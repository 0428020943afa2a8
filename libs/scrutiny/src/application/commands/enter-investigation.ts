import { randomUUID } from 'node:crypto';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '@app/platform';
import { Investigation } from '../../domain/notices/investigation';
import { normalReference } from '../../domain/samples/population';
import { ScrutinyRecords } from '../scrutiny-records';
import { ScrutinySettings } from '../scrutiny-settings';

/** An investigation of the force that the office knows of comes into the log, before any notice. Answers its id. */
export class EnterInvestigation extends Command<string> {
  constructor(
    readonly office: string,
    readonly forceReference: string,
    readonly startedOn: string,
  ) {
    super();
  }
}

@CommandHandler(EnterInvestigation)
export class EnterInvestigationHandler implements ICommandHandler<EnterInvestigation> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly records: ScrutinyRecords,
    private readonly settings: ScrutinySettings,
  ) {}

  async execute({ office, forceReference, startedOn }: EnterInvestigation): Promise<string> {
    this.records.mayBeginIn(office);
    const rule = await this.settings.chainRule(office);
    const due = await this.settings.dueDays();
    const record = new Investigation(randomUUID(), office, 0, null);
    const { now, today } = this.settings;
    record.enter({ reference: normalReference(forceReference), startedOn }, rule, today, now, due);
    await this.unitOfWork.run(() => this.records.save(record));
    return record.id;
  }
}
