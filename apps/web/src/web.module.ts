import { Global, Module } from '@nestjs/common';
import { ErrorPages } from '@app/http';
import { ApplyForReviewModule } from './apply-for-review/apply-for-review.module';
import { AttentionPagesModule } from './attention/attention-pages.module';
import { CaseModule } from './case/case.module';
import { ConfigurationPagesModule } from './configuration/configuration-pages.module';
import { ContactModule } from './contact/contact.module';
import { CorrespondentPagesModule } from './correspondents/correspondents.module';
import { DocumentPagesModule } from './documents/documents.module';
import { FiguresPagesModule } from './figures/figures.module';
import { HomePagesModule } from './home/home-pages.module';
import { FollowPagesModule } from './follow/follow-pages.module';
import { PublicErrorPages } from './http/error-pages';
import { KeysModule } from './keys/keys.module';
import { LogModule } from './log/log.module';
import { OutgoingPagesModule } from './outgoing/outgoing.module';
import { PeoplePagesModule } from './people/people-pages.module';
import { PublicationPagesModule } from './publications/publications.module';
import { PublicPagesModule } from './public-pages/public-pages.module';
import { ReviewImportPagesModule } from './review-import/review-import.module';
import { RecommendationPagesModule } from './recommendations/recommendations.module';
import { ReconciliationPagesModule } from './reconciliation/reconciliation-pages.module';
import { ReviewPagesModule } from './reviews/review-pages.module';
import { ScrutinyPagesModule } from './scrutiny/scrutiny-pages.module';
import { SearchPagesModule } from './search/search-pages.module';
import { SignInModule } from './sign-in/sign-in.module';
import { WorklistPagesModule } from './worklist/worklist.module';

@Global()
@Module({
  imports: [
    ApplyForReviewModule,
    AttentionPagesModule,
    CaseModule,
    ConfigurationPagesModule,
    ContactModule,
    FollowPagesModule,
    CorrespondentPagesModule,
    DocumentPagesModule,
    FiguresPagesModule,
    HomePagesModule,
    KeysModule,
    LogModule,
    OutgoingPagesModule,
    PeoplePagesModule,
    PublicationPagesModule,
    PublicPagesModule,
    RecommendationPagesModule,
    ReviewImportPagesModule,
    ReconciliationPagesModule,
    ReviewPagesModule,
    ScrutinyPagesModule,
    SearchPagesModule,
    SignInModule,
    WorklistPagesModule,
  ],
  providers: [{ provide: ErrorPages, useClass: PublicErrorPages }],
  exports: [ErrorPages],
})
export class WebModule {}
