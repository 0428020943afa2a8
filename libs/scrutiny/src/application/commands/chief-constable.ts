import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '@app/platform';
import { ChiefConstableComplaint, type ReferralTest } from '../../domain/chief-constable/chief-constable-complaint';
import { ScrutinyRecordNotFound, ScrutinyRefused } from '../../domain/scrutiny.errors';
import { CasesOfRecords, type CaseOfRecord } from '../cases-of-records';
import { ScrutinyRecords } from '../scrutiny-records';
import { ScrutinySettings } from '../scrutiny-settings';
import { ActTexts, ScrutinyTexts } from '../texts';

export const CHIEF_CONSTABLE_CATEGORY = 'chief-constable-complaint';

/** Begins the record beside a case of that category; the clock of updates runs from the day it came. Answers the reference. */
export class OpenChiefConstableComplaint extends Command<string> {
  constructor(
    readonly caseReference: string,
    /** Where the scheme of delegation gives it to the chief executive; empty: as the settings say. */
    readonly delegation: string | null,
  ) {
    super();
  }
}

export type ChiefConstableAct =
  | { readonly what: 'assess'; readonly conduct: string }
  | { readonly what: 'decide-recording'; readonly decision: string }
  | {
      readonly what: 'test-referral';
      readonly criteria: ReferralTest;
      readonly decision: string;
      readonly sentOn: string | null;
    }
  | { readonly what: 'choose-route'; readonly route: string }
  | { readonly what: 'give-update' }
  | { readonly what: 'record-outcome'; readonly outcome: string; readonly reviewRightsOn: string | null };

/** One step with such a complaint. */
export class AdvanceChiefConstableComplaint extends Command<void> {
  constructor(
    readonly caseReference: string,
    readonly on: string,
    readonly reasons: string,
    readonly act: ChiefConstableAct,
  ) {
    super();
  }
}

@CommandHandler(OpenChiefConstableComplaint)
export class OpenChiefConstableComplaintHandler implements ICommandHandler<OpenChiefConstableComplaint> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly records: ScrutinyRecords,
    private readonly texts: ScrutinyTexts,
    private readonly cases: CasesOfRecords,
    private readonly settings: ScrutinySettings,
  ) {}

  async execute({ caseReference, delegation }: OpenChiefConstableComplaint): Promise<string> {
    const due = await this.settings.dueDays();
    return this.unitOfWork.run(async (manager) => {
      const { id, office, category, reference, receivedOn } = await known(this.cases, caseReference);
      if (category !== CHIEF_CONSTABLE_CATEGORY)
        throw new ScrutinyRefused('The case is not sorted as a complaint about the chief constable.');
      const already: unknown[] = await manager.query(`SELECT FROM scrutiny_record WHERE id = $1`, [id]);
      if (already.length > 0) throw new ScrutinyRefused('There is a record of this complaint already.');
      const { updateDays, schemeOfDelegation } = await this.settings.of(office);
      const record = new ChiefConstableComplaint(id, office, 0, null);
      const texts = new ActTexts();
      texts.check(() => {
        const kept = texts.optional('delegation', delegation ?? schemeOfDelegation);
        record.open({ startedOn: receivedOn, updateDays, delegation: kept }, this.settings.now, due);
      });
      await this.texts.write(office, id, texts);
      await this.records.save(record);
      return reference;
    });
  }
}

@CommandHandler(AdvanceChiefConstableComplaint)
export class AdvanceChiefConstableComplaintHandler implements ICommandHandler<AdvanceChiefConstableComplaint> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly records: ScrutinyRecords,
    private readonly texts: ScrutinyTexts,
    private readonly cases: CasesOfRecords,
    private readonly settings: ScrutinySettings,
  ) {}

  async execute({ caseReference, on, reasons, act }: AdvanceChiefConstableComplaint): Promise<void> {
    const due = await this.settings.dueDays();
    await this.unitOfWork.run(async () => {
      const { id, office } = await known(this.cases, caseReference);
      const criteria = await this.settings.list('referral-criteria', office);
      const record = await this.records.load(ChiefConstableComplaint, 'chief-constable-complaint', id);
      const texts = new ActTexts();
      const step = { on, today: this.settings.today, at: this.settings.now };
      texts.check(() => {
        const said = act.what === 'give-update' ? 'Enter what the complainant was told' : 'Enter the reasons';
        const kept = texts.required('reasons', reasons, said);
        switch (act.what) {
          case 'assess':
            return record.assess(act.conduct, kept, step);
          case 'decide-recording':
            return record.decideRecording(act.decision, kept, step);
          case 'test-referral':
            return record.testReferral({ ...act, asked: criteria.map(({ key }) => key) }, kept, step);
          case 'choose-route':
            return record.chooseRoute(act.route, kept, step);
          case 'give-update':
            return record.giveUpdate(kept, step, due);
          case 'record-outcome':
            return record.recordOutcome(act, kept, step);
        }
      });
      await this.texts.write(office, id, texts);
      await this.records.save(record);
    });
  }
}

/** @throws ScrutinyRecordNotFound also for a case that the caller may not know of. */
async function known(cases: CasesOfRecords, reference: string): Promise<CaseOfRecord> {
  const found = await cases.find(reference);
  if (!found) throw new ScrutinyRecordNotFound();
  return found;
}
