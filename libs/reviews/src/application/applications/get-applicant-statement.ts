import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { ReviewApplications, type ApplicantStatement } from './review-applications';

/** What the applicant said on the public form, for the page of a review whose reading is recorded; null without a form. */
export class GetApplicantStatement extends Query<ApplicantStatement | null> {
  constructor(readonly caseId: string) {
    super();
  }
}

@QueryHandler(GetApplicantStatement)
export class GetApplicantStatementHandler implements IQueryHandler<GetApplicantStatement> {
  constructor(private readonly applications: ReviewApplications) {}

  async execute({ caseId }: GetApplicantStatement): Promise<ApplicantStatement | null> {
    return (await this.applications.ofCase(caseId))?.statement ?? null;
  }
}
