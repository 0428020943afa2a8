import { Module } from '@nestjs/common';
import { AttentionModule } from './attention/attention.module';
import { EventFeedModule } from './events/event-feed.module';
import { HealthModule } from './health/health.module';
import { PrometheusModule } from './metrics/prometheus.module';
import { WorkingDaysModule } from './working-days/working-days.module';

/** The machine interface, an area a module. It listens to nothing itself: a process imports it and calls `setUpApi`. */
@Module({
  imports: [HealthModule, PrometheusModule, WorkingDaysModule, EventFeedModule, AttentionModule],
})
export class ApiModule {}
