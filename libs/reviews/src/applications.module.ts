import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { CaseworkModule } from '@app/casework';
import { IntakeModule } from '@app/intake';
import type { ContextDeclaration } from '@app/platform';
import { CountEqualityAnswers, CountEqualityAnswersHandler } from './application/applications/count-equality-answers';
import {
  GetApplicantStatement,
  GetApplicantStatementHandler,
} from './application/applications/get-applicant-statement';
import { ReviewApplications } from './application/applications/review-applications';
import { SendDraftLink } from './application/applications/send-draft-link';

/** What this brings to the platform. What happens to an application's case is recorded by casework and intake. */
export const reviewApplicationsContext: ContextDeclaration = {
  events: {},
  messages: [CountEqualityAnswers, GetApplicantStatement],
  entities: [],
};

/** Applications for a review from the public. */
@Module({
  imports: [CqrsModule, CaseworkModule, IntakeModule],
  providers: [CountEqualityAnswersHandler, GetApplicantStatementHandler, ReviewApplications, SendDraftLink],
  exports: [ReviewApplications, SendDraftLink],
})
export class ReviewApplicationsModule {}
