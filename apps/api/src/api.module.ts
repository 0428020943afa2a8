import { Module } from '@nestjs/common';
import { AssuranceApiModule } from './assurance/assurance-api.module';
import { AttentionModule } from './attention/attention.module';
import { CasesModule } from './cases/cases.module';
import { ConfigurationModule } from './configuration/configuration.module';
import { CorrespondenceModule } from './correspondence/correspondence.module';
import { EventFeedModule } from './events/event-feed.module';
import { FiguresModule } from './figures/figures.module';
import { HolidayCalendarModule } from './holiday-calendar/holiday-calendar.module';
import { HealthModule } from './health/health.module';
import { PrometheusModule } from './metrics/prometheus.module';
import { OutgoingModule } from './outgoing/outgoing.module';
import { QueuesModule } from './queues/queues.module';
import { RecommendationsApiModule } from './recommendations/recommendations-api.module';
import { EligibilityModule } from './reviews/eligibility.module';
import { ReviewsApiModule } from './reviews/reviews.module';
import { RiskAlertsModule } from './risk-alerts/risk-alerts.module';
import { ScrutinyApiModule } from './scrutiny/scrutiny-api.module';
import { TokensApiModule } from './tokens/tokens.module';
import { WorkingDaysModule } from './working-days/working-days.module';

/** The machine interface, an area a module. It listens to nothing itself: a process imports it and calls `setUpApi`. */
@Module({
  imports: [
    HealthModule,
    HolidayCalendarModule,
    PrometheusModule,
    WorkingDaysModule,
    EventFeedModule,
    AttentionModule,
    AssuranceApiModule,
    CasesModule,
    ConfigurationModule,
    CorrespondenceModule,
    EligibilityModule,
    FiguresModule,
    OutgoingModule,
    QueuesModule,
    ReviewsApiModule,
    RecommendationsApiModule,
    RiskAlertsModule,
    ScrutinyApiModule,
    TokensApiModule,
  ],
})
export class ApiModule {}
