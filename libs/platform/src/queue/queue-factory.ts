import { setTimeout as sleep } from 'node:timers/promises';
import {
  Queue,
  Worker,
  createPostgresBackend,
  createRedisBackend,
  type ConnectionOptions,
  type Processor,
  type QueueOptions,
  type WorkerOptions,
} from 'bullmq';
import { Redis } from 'ioredis';
import { Pool } from 'pg';
import { isUnavailable } from '../persistence/unavailable';
import { QUEUES, type QueueName } from './consumer';

export interface QueueFactoryOptions {
  readonly redisUrl: string | null;
  /** Past any pooler: BullMQ keeps LISTEN connections. */
  readonly directUrl: string;
  readonly onError: (error: Error) => void;
  /** Distinguishes installations that share one Redis; tests use it. */
  readonly prefix?: string;
}

/** The small job a queue carries: which message, for which consumer. Never content. */
export interface QueueJob {
  readonly messageId: string;
  readonly consumer: string;
  readonly attempt: number;
}

/** Redis is not there now. Thrown at once: BullMQ itself would wait for it, however long that takes. */
export class QueueAway extends Error {
  constructor(options?: ErrorOptions) {
    super('The queue server is away', options);
    this.name = 'QueueAway';
  }
}

const RETRY_MS = 500;
/** How long a stop waits for running jobs and for a server that may be away. */
const CLOSE_WITHIN_MS = 8_000;

/** The one place that knows which backend BullMQ runs on: PostgreSQL, or Redis when a URL is given. */
export class QueueFactory {
  readonly backend: 'postgres' | 'redis';
  readonly #queues = new Map<QueueName, Queue<QueueJob>>();
  readonly #workers = new Set<Worker<QueueJob>>();
  #connecting: Promise<void> | null = null;
  #isClosing = false;
  readonly #running = new Set<Promise<unknown>>();
  readonly #connection: ConnectionOptions;
  readonly #pool: Pool | null = null;
  readonly #redis: Redis | null = null;
  readonly #workerConnection: ConnectionOptions;
  /** Given to each queue and worker: the process-wide default would be shared with other factories. */
  readonly #createBackend: typeof createRedisBackend;

  constructor(private readonly options: QueueFactoryOptions) {
    if (options.redisUrl) {
      this.backend = 'redis';
      this.#createBackend = createRedisBackend;
      // Producers fail fast (the outbox keeps the work); workers wait for Redis to come back.
      this.#redis = new Redis(options.redisUrl, {
        maxRetriesPerRequest: 1,
        enableOfflineQueue: false,
        lazyConnect: true,
      });
      this.#redis.on('error', options.onError);
      this.#connection = this.#redis;
      this.#workerConnection = { url: options.redisUrl, maxRetriesPerRequest: null };
    } else {
      this.backend = 'postgres';
      // The classes' types know one backend; what is called on it is the same for both.
      this.#createBackend = createPostgresBackend as unknown as typeof createRedisBackend;
      // Every worker keeps one connection of this pool for LISTEN; the rest serve all queues.
      this.#pool = patient(
        new Pool({
          connectionString: options.directUrl,
          max: QUEUES.length + 8,
          keepAlive: true,
          connectionTimeoutMillis: 5_000,
          application_name: 'postbag queues',
          // A pool of ours must name BullMQ's schema itself.
          options: '-c search_path=bullmq',
        }),
      );
      // Every queue and worker that shares the pool listens to it.
      this.#pool.setMaxListeners(0);
      this.#pool.on('error', options.onError);
      this.#connection = this.#pool;
      this.#workerConnection = this.#connection;
    }
  }

  async open(): Promise<void> {
    await this.assertReachable().catch((error: unknown) => this.options.onError(error as Error));
  }

  /** @throws QueueAway */
  async assertReachable(): Promise<void> {
    if (!this.#redis) return;
    // Once: later it connects again by itself.
    this.#connecting ??= this.#redis.connect();
    await this.#connecting.catch((error: unknown) => {
      if (this.#redis?.status !== 'ready') throw new QueueAway({ cause: error });
    });
    if (this.#redis.status !== 'ready') throw new QueueAway();
  }

  queue(name: QueueName): Queue<QueueJob> {
    const existing = this.#queues.get(name);
    if (existing) return existing;
    const options: QueueOptions = {
      connection: this.#connection,
      ...this.prefix(),
      defaultJobOptions: { removeOnComplete: true, removeOnFail: true, attempts: 1 },
    };
    const queue = new Queue<QueueJob>(name, options, this.#createBackend);
    queue.on('error', this.options.onError);
    this.#queues.set(name, queue);
    // BullMQ keeps a failed start for ever: the next use gets another one.
    queue.waitUntilReady().catch(() => {
      if (this.#queues.get(name) === queue) this.#queues.delete(name);
      return queue.close().catch(() => undefined);
    });
    return queue;
  }

  /** Works on a queue until `close`, from when its server is there. */
  worker(name: QueueName, concurrency: number, process: Processor<QueueJob>): void {
    const options: WorkerOptions = {
      connection: this.#workerConnection,
      ...this.prefix(),
      concurrency,
      autorun: false,
      // With the default of 15 s a worker stands still that long after a restart of PostgreSQL.
      runRetryDelay: RETRY_MS,
      lockDuration: 15_000,
      stalledInterval: 5_000,
      maxStalledCount: 10,
      removeOnComplete: { count: 0 },
      removeOnFail: { count: 0 },
    };
    void this.startWorker(
      () => new Worker<QueueJob>(name, (job) => this.track(process(job)), options, this.#createBackend),
    );
  }

  private async startWorker(create: () => Worker<QueueJob>): Promise<void> {
    while (!this.#isClosing) {
      const worker = create();
      worker.on('error', this.options.onError);
      this.#workers.add(worker);
      try {
        await worker.waitUntilReady();
        await worker.run();
        return;
      } catch (error) {
        // BullMQ keeps a failed start for ever: such a worker would fetch in a loop that never lets go of the process.
        this.#workers.delete(worker);
        if (!this.#isClosing) this.options.onError(error as Error);
        await worker.close(true).catch(() => undefined);
        await sleep(RETRY_MS);
      }
    }
  }

  /** Lets running jobs end, then closes everything. Does not wait for a server that is away. */
  async close(): Promise<void> {
    this.#isClosing = true;
    const isAway = this.#redis !== null && this.#redis.status !== 'ready';
    if (isAway) await this.soon(Promise.allSettled(this.#running));
    // A worker closes in peace by asking its server: without one it would wait for it.
    await this.soon(Promise.allSettled([...this.#workers].map((worker) => worker.close(isAway))));
    await this.soon(Promise.allSettled([...this.#queues.values()].map((queue) => queue.close())));
    this.#redis?.disconnect();
    await this.soon(Promise.allSettled([this.#pool?.end()]));
  }

  private async soon(work: Promise<unknown>): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const enough = new Promise<void>((resolve) => (timer = setTimeout(resolve, CLOSE_WITHIN_MS)));
    await Promise.race([work, enough]);
    clearTimeout(timer);
  }

  private async track<T>(job: Promise<T>): Promise<T> {
    this.#running.add(job);
    return job.finally(() => this.#running.delete(job));
  }

  private prefix(): { prefix?: string } {
    return this.options.prefix ? { prefix: this.options.prefix } : {};
  }
}

/** Takes its time to fail: after most errors BullMQ asks again at once, which would keep a core busy until it is back. */
function patient(pool: Pool): Pool {
  const query = pool.query.bind(pool) as (...parameters: unknown[]) => Promise<unknown>;
  const patiently = async (...parameters: unknown[]): Promise<unknown> => {
    try {
      return await query(...parameters);
    } catch (error) {
      if (isUnavailable(error)) await sleep(RETRY_MS / 2);
      throw error;
    }
  };
  return Object.assign(pool, { query: patiently });
}
