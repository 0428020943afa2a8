import { randomUUID } from 'node:crypto';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '@app/platform';
import { InvalidScrutinyInput } from '../../domain/scrutiny.errors';
import { Investigation } from '../../domain/notices/investigation';
import { normalReference } from '../../domain/samples/population';
import { CasesOfRecords } from '../cases-of-records';
import { ScrutinyRecords } from '../scrutiny-records';
import { ScrutinySettings } from '../scrutiny-settings';
import { ActTexts, ScrutinyTexts } from '../texts';

export interface NoticeRecorded {
  readonly office: string;
  readonly forceReference: string;
  /** Needed for an investigation that is not in the log yet. */
  readonly startedOn: string | null;
  readonly receivedOn: string;
  readonly caseReference: string | null;
  readonly expectedEnd: string | null;
  readonly reasons: string | null;
}

/**
 * A written notice of the force came: on an investigation that is in the log, or on one that comes into it with this
 * notice (R2.11). Answers the id of the investigation.
 */
export class RecordNotice extends Command<string> {
  constructor(readonly notice: NoticeRecorded) {
    super();
  }
}

@CommandHandler(RecordNotice)
export class RecordNoticeHandler implements ICommandHandler<RecordNotice> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly records: ScrutinyRecords,
    private readonly texts: ScrutinyTexts,
    private readonly cases: CasesOfRecords,
    private readonly settings: ScrutinySettings,
  ) {}

  async execute({ notice }: RecordNotice): Promise<string> {
    const { office, startedOn, receivedOn, expectedEnd } = notice;
    this.records.mayBeginIn(office);
    const rule = await this.settings.chainRule(office);
    const due = await this.settings.dueDays();
    const { now, today } = this.settings;
    return this.unitOfWork.run(async () => {
      const reference = normalReference(notice.forceReference);
      const caseFile = await this.cases.named(notice.caseReference, office);
      const texts = new ActTexts();
      const known = await this.records.byReference(Investigation, 'investigation', office, reference);
      const record = known ?? new Investigation(randomUUID(), office, 0, null);
      texts.check(() => {
        if (!known) record.enter({ reference, startedOn: startedOn ?? '' }, rule, today, now, due);
        else if (startedOn !== null && startedOn !== record.state.startedOn) throw otherStart();
        const input = { receivedOn, expectedEnd, caseId: caseFile?.id ?? null };
        record.receive({ ...input, reasons: texts.optional('reasons', notice.reasons) }, today, now, due);
      });
      await this.texts.write(office, null, texts);
      await this.records.save(record);
      return record.id;
    });
  }
}

function otherStart(): InvalidScrutinyInput {
  const message = 'The log has another start of this investigation. Leave it empty, or correct the log first';
  return new InvalidScrutinyInput([{ pointer: '/startedOn', message }]);
}
