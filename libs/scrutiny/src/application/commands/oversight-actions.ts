import { randomUUID } from 'node:crypto';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '@app/platform';
import { OversightAction } from '../../domain/force/oversight-action';
import { normalReference } from '../../domain/samples/population';
import { CasesOfRecords } from '../cases-of-records';
import { ScrutinyRecords } from '../scrutiny-records';
import { ScrutinySettings } from '../scrutiny-settings';
import { ActTexts, ScrutinyTexts } from '../texts';

export interface TakenAction {
  readonly office: string;
  readonly action: string;
  readonly ground: string;
  readonly on: string;
  readonly forceReference: string | null;
  readonly caseReference: string | null;
  readonly answerBy: string | null;
  readonly reasons: string;
}

/** The office refers a force complaint to the IOPC (R2.9) or directs the chief officer to comply (R2.10). Answers its id. */
export class TakeOversightAction extends Command<string> {
  constructor(readonly taken: TakenAction) {
    super();
  }
}

/** What came of it. */
export class AnswerOversightAction extends Command<void> {
  constructor(
    readonly id: string,
    readonly answer: { readonly on: string; readonly code: string; readonly text: string },
  ) {
    super();
  }
}

@CommandHandler(TakeOversightAction)
export class TakeOversightActionHandler implements ICommandHandler<TakeOversightAction> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly records: ScrutinyRecords,
    private readonly texts: ScrutinyTexts,
    private readonly cases: CasesOfRecords,
    private readonly settings: ScrutinySettings,
  ) {}

  execute({ taken }: TakeOversightAction): Promise<string> {
    const { office, caseReference, reasons, forceReference, ...rest } = taken;
    this.records.mayBeginIn(office);
    const { now, today } = this.settings;
    return this.unitOfWork.run(async () => {
      const caseFile = await this.cases.named(caseReference, office);
      const record = new OversightAction(randomUUID(), office, 0, null);
      const texts = new ActTexts();
      const of = forceReference === null ? '' : normalReference(forceReference);
      texts.check(() => {
        const kept = texts.required('reasons', reasons, 'Enter the reasons');
        record.take({ ...rest, forceReference: of || null, caseId: caseFile?.id ?? null }, kept, today, now);
      });
      await this.texts.write(office, caseFile?.id ?? null, texts);
      await this.records.save(record);
      return record.id;
    });
  }
}

@CommandHandler(AnswerOversightAction)
export class AnswerOversightActionHandler implements ICommandHandler<AnswerOversightAction> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly records: ScrutinyRecords,
    private readonly texts: ScrutinyTexts,
    private readonly settings: ScrutinySettings,
  ) {}

  async execute({ id, answer: { on, code, text } }: AnswerOversightAction): Promise<void> {
    const { now, today } = this.settings;
    await this.unitOfWork.run(async () => {
      const record = await this.records.load(OversightAction, 'oversight-action', id);
      const texts = new ActTexts();
      texts.check(() => {
        const kept = texts.required('text', text, 'Enter what was answered');
        record.recordAnswer({ on, code }, kept, today, now);
      });
      await this.texts.write(record.office, record.state.caseId, texts);
      await this.records.save(record);
    });
  }
}
