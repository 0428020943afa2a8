import { Injectable } from '@nestjs/common';
import { Sequencer } from '../events/sequencer';
import { OutboxRelay } from '../outbox/relay';
import { Wake } from '../outbox/wake';
import { runAs, systemCaller } from '../persistence/caller';
import { Housekeeping } from '../persistence/housekeeping';
import { UnitOfWork } from '../persistence/unit-of-work';
import { ProjectionRunner } from '../projections/projection-runner';
import { Timers } from '../timers/timers';
import { ConsumerRunner } from './consumer-runner';
import { QUEUES, type QueueName } from './consumer';
import { Loop } from './loop';
import { QueueFactory, type QueueJob } from './queue-factory';
import { Subscriptions } from './subscriptions';

const CONCURRENCY: Record<QueueName, number> = {
  filing: 4,
  triage: 16,
  routing: 16,
  deadlines: 2,
  notifications: 12,
  projections: 2,
};

/** The wake-up job of a projection carries no message: the checkpoint says where to go on. */
const PROJECTION_PREFIX = 'projection:';

const RELAY_BATCH = 500;
const SEQUENCER_BATCH = 2000;
/** A short wait lets what is committed together share a transaction of the relay and of the sequencer. */
const RELAY_GATHERS_MS = 15;
const SEQUENCER_GATHERS_MS = 40;

/** Calls `act` once for any number of calls within `ms`. */
function gathered(ms: number, act: () => void): () => void {
  let timer: NodeJS.Timeout | null = null;
  return () => {
    timer ??= setTimeout(() => {
      timer = null;
      act();
    }, ms).unref();
  };
}

/** Everything that works behind the scenes in a worker process: relay, sequencer, timers, sweeps and queue workers. */
@Injectable()
export class Engine {
  readonly #loops: Loop[] = [];

  constructor(
    private readonly queues: QueueFactory,
    private readonly relay: OutboxRelay,
    private readonly sequencer: Sequencer,
    private readonly timers: Timers,
    private readonly projections: ProjectionRunner,
    private readonly runner: ConsumerRunner,
    private readonly subscriptions: Subscriptions,
    private readonly unitOfWork: UnitOfWork,
    private readonly wake: Wake,
    private readonly housekeeping: Housekeeping,
  ) {}

  /** @throws Error when work waits for a consumer that no longer exists: it would be overlooked for ever. */
  async start(onError: (what: string, error: unknown) => void): Promise<void> {
    await this.refuseOrphans();
    await this.queues.open();
    for (const name of QUEUES) {
      this.queues.worker(name, CONCURRENCY[name], ({ data }) =>
        this.work(data).catch((error: unknown) => {
          // BullMQ keeps a job's failure to itself. What failed is tried again by a sweep.
          onError(data.consumer, error);
          throw error;
        }),
      );
    }
    const relay = this.loop('relay', 1000, () => this.relayBatch(), onError);
    const sequencer = this.loop('sequencer', 1000, () => this.number(), onError);
    this.loop('stale sweep', 2000, () => this.relay.sweepStale(), onError);
    this.loop('timers', 1000, () => this.timers.fireDue(), onError);
    this.loop('housekeeping', 3_600_000, () => this.housekeeping.sweep(), onError);
    this.loop('projections', 2000, () => this.wakeProjections(), onError);
    const relaySoon = gathered(RELAY_GATHERS_MS, () => relay.kick());
    const numberSoon = gathered(SEQUENCER_GATHERS_MS, () => sequencer.kick());
    this.wake.on('events', () => {
      relaySoon();
      numberSoon();
    });
    this.wake.on('timers', relaySoon);
  }

  async stop(): Promise<void> {
    await Promise.all(this.#loops.map((loop) => loop.stop()));
  }

  private async work(job: QueueJob): Promise<void> {
    if (!job.consumer.startsWith(PROJECTION_PREFIX)) return this.runner.run(job);
    await this.projections.catchUp(job.consumer.slice(PROJECTION_PREFIX.length));
  }

  private loop(
    name: string,
    everyMs: number,
    work: () => Promise<number>,
    onError: (what: string, error: unknown) => void,
  ): Loop {
    const loop = new Loop(everyMs, work, (error) => onError(name, error));
    this.#loops.push(loop);
    loop.kick();
    return loop;
  }

  /** Anything less than a full batch left nothing behind: what comes meanwhile kicks again. */
  private async relayBatch(): Promise<number> {
    const relayed = await this.relay.relay(RELAY_BATCH);
    return relayed < RELAY_BATCH ? 0 : relayed;
  }

  private async number(): Promise<number> {
    const numbered = await this.sequencer.number(SEQUENCER_BATCH);
    if (numbered > 0) await this.wakeProjections();
    return numbered < SEQUENCER_BATCH ? 0 : numbered;
  }

  private async wakeProjections(): Promise<number> {
    const behind = await this.projections.behind();
    if (behind.length > 0) await this.queues.assertReachable();
    for (const name of behind) {
      await this.queues
        .queue('projections')
        .add(
          name,
          { messageId: '', consumer: `${PROJECTION_PREFIX}${name}`, attempt: 1 },
          { deduplication: { id: name } },
        );
    }
    return 0;
  }

  private async refuseOrphans(): Promise<void> {
    const known = this.subscriptions.names();
    const rows: { consumer: string }[] = await runAs(systemCaller('engine'), () =>
      this.unitOfWork.run((manager) =>
        manager.query(`SELECT DISTINCT consumer FROM outbox WHERE NOT consumer = ANY($1)`, [known]),
      ),
    );
    if (rows.length > 0) {
      throw new Error(`Work waits for consumers that do not exist: ${rows.map((row) => row.consumer).join(', ')}`);
    }
  }
}
