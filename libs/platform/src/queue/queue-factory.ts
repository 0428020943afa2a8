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

/** The one place that knows which backend BullMQ runs on: PostgreSQL, or Redis when a URL is given. */
export class QueueFactory {
  readonly backend: 'postgres' | 'redis';
  readonly #queues = new Map<QueueName, Queue<QueueJob>>();
  readonly #workers: Worker<QueueJob>[] = [];
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
      this.#pool = new Pool({
        connectionString: options.directUrl,
        max: QUEUES.length + 8,
        keepAlive: true,
        connectionTimeoutMillis: 5_000,
        application_name: 'postbag queues',
        // A pool of ours must name BullMQ's schema itself.
        options: '-c search_path=bullmq',
      });
      // Every queue and worker that shares the pool listens to it.
      this.#pool.setMaxListeners(0);
      this.#pool.on('error', options.onError);
      this.#connection = this.#pool;
      this.#workerConnection = this.#connection;
    }
  }

  async open(): Promise<void> {
    await this.#redis?.connect().catch((error: unknown) => this.options.onError(error as Error));
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
    return queue;
  }

  worker(name: QueueName, concurrency: number, process: Processor<QueueJob>): Worker<QueueJob> {
    const options: WorkerOptions = {
      connection: this.#workerConnection,
      ...this.prefix(),
      concurrency,
      // With the default of 15 s a worker stands still that long after a restart of PostgreSQL.
      runRetryDelay: 500,
      lockDuration: 15_000,
      stalledInterval: 5_000,
      maxStalledCount: 10,
      removeOnComplete: { count: 0 },
      removeOnFail: { count: 0 },
    };
    const worker = new Worker<QueueJob>(name, process, options, this.#createBackend);
    worker.on('error', this.options.onError);
    this.#workers.push(worker);
    return worker;
  }

  /** Lets running jobs end, then closes everything. */
  async close(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.close().catch(() => undefined)));
    await Promise.all([...this.#queues.values()].map((queue) => queue.close().catch(() => undefined)));
    this.#redis?.disconnect();
    await this.#pool?.end().catch(() => undefined);
  }

  private prefix(): { prefix?: string } {
    return this.options.prefix ? { prefix: this.options.prefix } : {};
  }
}
