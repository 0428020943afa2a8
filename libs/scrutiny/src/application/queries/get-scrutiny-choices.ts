import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '@app/platform';
import type { ScoringSheet } from '../../domain/samples/scoring';
import { CasesOfRecords, type CaseOfRecord } from '../cases-of-records';
import { ScrutinySettings, type ListedCode, type ScrutinySettingsData } from '../scrutiny-settings';

/** What the forms of an office offer, as it holds today. */
export interface ScrutinyChoices {
  readonly settings: ScrutinySettingsData;
  readonly referralCriteria: readonly ListedCode[];
  readonly panelMeasures: readonly ListedCode[];
  readonly sheets: readonly (ScoringSheet & { readonly key: string })[];
  readonly today: string;
}

export class GetScrutinyChoices extends Query<ScrutinyChoices> {
  constructor(readonly office: string) {
    super();
  }
}

/** The case that a form is filled from; null where there is none. */
export class GetCaseForScrutiny extends Query<CaseOfRecord | null> {
  constructor(readonly reference: string) {
    super();
  }
}

@QueryHandler(GetScrutinyChoices)
export class GetScrutinyChoicesHandler implements IQueryHandler<GetScrutinyChoices> {
  constructor(private readonly settings: ScrutinySettings) {}

  async execute({ office }: GetScrutinyChoices): Promise<ScrutinyChoices> {
    return {
      settings: await this.settings.of(office),
      referralCriteria: await this.settings.list('referral-criteria', office),
      panelMeasures: await this.settings.list('panel-measures', office),
      sheets: await this.settings.sheets(office),
      today: this.settings.today,
    };
  }
}

@QueryHandler(GetCaseForScrutiny)
export class GetCaseForScrutinyHandler implements IQueryHandler<GetCaseForScrutiny> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly cases: CasesOfRecords,
  ) {}

  execute({ reference }: GetCaseForScrutiny): Promise<CaseOfRecord | null> {
    return this.unitOfWork.run(() => this.cases.find(reference));
  }
}
