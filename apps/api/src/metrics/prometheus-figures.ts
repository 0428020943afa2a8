import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyAdapter } from '@nestjs/platform-fastify';
import { routeOf } from '@app/http';
import { QueueFactory } from '@app/platform';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { Backlog, type BacklogFigures } from './backlog';

/** Figures of this process and of the work that waits, for Prometheus. Routes and counts, nothing about people. */
@Injectable()
export class PrometheusFigures implements OnModuleInit {
  readonly #registry = new Registry();

  constructor(
    private readonly backlog: Backlog,
    private readonly queues: QueueFactory,
    private readonly host: HttpAdapterHost<FastifyAdapter>,
  ) {}

  onModuleInit(): void {
    collectDefaultMetrics({ register: this.#registry, prefix: 'postbag_' });
    this.observeRequests();
    this.observeBacklog();
    new Gauge({
      name: 'postbag_queue_backend_info',
      help: 'The backend that the queues run on',
      labelNames: ['backend'],
      registers: [this.#registry],
    }).set({ backend: this.queues.backend }, 1);
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  async text(): Promise<string> {
    return this.#registry.metrics();
  }

  private observeRequests(): void {
    const duration = new Histogram({
      name: 'postbag_http_request_duration_seconds',
      help: 'How long requests took, by route',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers: [this.#registry],
    });
    this.host.httpAdapter.getInstance().addHook('onResponse', (request, reply, done) => {
      const { method, routeOptions } = request;
      duration.observe(
        { method, route: routeOf(routeOptions.url), status: String(reply.statusCode) },
        reply.elapsedTime / 1000,
      );
      done();
    });
  }

  private observeBacklog(): void {
    const { backlog } = this;
    const registers = [this.#registry];
    const gauge = (name: string, help: string, of: (figures: BacklogFigures) => number): Gauge =>
      new Gauge({
        name,
        help,
        registers,
        async collect() {
          const figures = await backlog.figures();
          // An old figure would look like a present one.
          if (figures) this.set(of(figures));
          else this.reset();
        },
      });
    gauge('postbag_outbox_open', 'Messages that wait for a consumer', (f) => f.outboxOpen);
    gauge('postbag_outbox_oldest_seconds', 'Age of the oldest message that is due', (f) => f.outboxOldestSeconds);
    gauge('postbag_outbox_stopped', 'Messages given up until a person decides', (f) => f.outboxStopped);
    gauge('postbag_events_unnumbered', 'Committed events without a position', (f) => f.eventsUnnumbered);
    gauge('postbag_needs_attention_open', 'Entries that wait for a person', (f) => f.attentionOpen);
    new Gauge({
      name: 'postbag_database_up',
      help: 'Whether PostgreSQL answers',
      registers,
      async collect() {
        this.set((await backlog.figures()) ? 1 : 0);
      },
    });
  }
}
