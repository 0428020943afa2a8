import { randomUUID } from 'node:crypto';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '@app/platform';
import { ForceMeeting } from '../../domain/force/force-meeting';
import { ScrutinyRecords } from '../scrutiny-records';
import { ScrutinySettings } from '../scrutiny-settings';
import { ActTexts, ScrutinyTexts } from '../texts';

/** The quarterly meeting with the force's professional standards department is fixed (R1.85). Answers its id. */
export class PlanForceMeeting extends Command<string> {
  constructor(
    readonly office: string,
    readonly on: string,
    readonly agenda: readonly string[],
    readonly notes: string | null,
  ) {
    super();
  }
}

/** It was held: the day and the minutes. */
export class HoldForceMeeting extends Command<void> {
  constructor(
    readonly id: string,
    readonly on: string,
    readonly minutes: string,
  ) {
    super();
  }
}

@CommandHandler(PlanForceMeeting)
export class PlanForceMeetingHandler implements ICommandHandler<PlanForceMeeting> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly records: ScrutinyRecords,
    private readonly texts: ScrutinyTexts,
    private readonly settings: ScrutinySettings,
  ) {}

  execute({ office, on, agenda, notes }: PlanForceMeeting): Promise<string> {
    this.records.mayBeginIn(office);
    return this.unitOfWork.run(async () => {
      const record = new ForceMeeting(randomUUID(), office, 0, null);
      const texts = new ActTexts();
      texts.check(() => record.plan({ on, agenda }, texts.optional('notes', notes), this.settings.now));
      await this.texts.write(office, null, texts);
      await this.records.save(record);
      return record.id;
    });
  }
}

@CommandHandler(HoldForceMeeting)
export class HoldForceMeetingHandler implements ICommandHandler<HoldForceMeeting> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly records: ScrutinyRecords,
    private readonly texts: ScrutinyTexts,
    private readonly settings: ScrutinySettings,
  ) {}

  async execute({ id, on, minutes }: HoldForceMeeting): Promise<void> {
    await this.unitOfWork.run(async () => {
      const record = await this.records.load(ForceMeeting, 'force-meeting', id);
      const texts = new ActTexts();
      texts.check(() => {
        const kept = texts.required('minutes', minutes, 'Enter the minutes');
        record.hold(on, kept, this.settings.today, this.settings.now);
      });
      await this.texts.write(record.office, null, texts);
      await this.records.save(record);
    });
  }
}
