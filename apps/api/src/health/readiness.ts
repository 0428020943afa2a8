import { Injectable, ServiceUnavailableException } from '@nestjs/common';
import { HealthCheckService, HealthIndicatorService, type HealthCheckResult } from '@nestjs/terminus';
import { Database, QueueFactory } from '@app/platform';

const PATIENCE_MS = 2000;

export interface ReadinessCheck {
  readonly isReady: boolean;
  readonly checks: Readonly<Record<string, string>>;
}

/** Asks what this process needs, with little patience: a probe that hangs is an answer too late. */
@Injectable()
export class Readiness {
  constructor(
    private readonly health: HealthCheckService,
    private readonly indicators: HealthIndicatorService,
    private readonly database: Database,
    private readonly queues: QueueFactory,
  ) {}

  async check(): Promise<ReadinessCheck> {
    const postgresql = this.indicators.check('postgresql').attempt(async () => {
      await this.database.requests.query('SELECT 1');
    });
    const queues = this.indicators.check('queues').attempt(async () => {
      await this.queues.queue('filing').getWaitingCount();
    });
    try {
      const attempts = [postgresql, queues].map((attempt) => attempt.withTimeout(PATIENCE_MS));
      return { isReady: true, checks: statusesIn(await this.health.check(attempts)) };
    } catch (error) {
      if (!(error instanceof ServiceUnavailableException)) throw error;
      return { isReady: false, checks: statusesIn(error.getResponse() as HealthCheckResult) };
    }
  }
}

/** Only up or down: the reasons name hosts and belong in the log. */
function statusesIn({ details }: HealthCheckResult): Record<string, string> {
  return Object.fromEntries(Object.entries(details).map(([name, { status }]) => [name, status]));
}
