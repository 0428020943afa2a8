import type { PoolClient } from 'pg';
import type { QueryRunner } from 'typeorm';
import { Database } from '../persistence/database';
import { QUEUES } from '../queue/consumer';
import { QueueFactory } from '../queue/queue-factory';
import type { LendingProcess } from './boot-lending.fixture';

export class Died extends Error {
  constructor() {
    super('The process died');
    this.name = 'Died';
  }
}

export interface KillPoint {
  /** The statement, commit or queue call at which the process dies, counted from 1. */
  readonly step: number;
  /** Before the server gets it, or after the server did it and before we hear of it. */
  readonly when: 'before' | 'after';
}

/**
 * A process that can die at any step that others see: each statement (commits too) and each addition to a queue. From
 * then on nothing it does reaches anybody and its connections are gone, as after kill -9; then it may live again.
 */
export class Mortal {
  private step = 0;
  private point: KillPoint | null = null;
  private isDead = false;
  private readonly alive = new Map<QueryRunner, PoolClient>();
  /** What was done, for the message of a failing test. */
  readonly steps: string[] = [];

  private constructor(readonly process: LendingProcess) {
    const { system, requests } = process.get(Database);
    for (const source of [system, requests]) {
      const create = source.createQueryRunner.bind(source);
      source.createQueryRunner = (mode) => this.watch(create(mode));
    }
    for (const name of QUEUES) {
      const queue = process.get(QueueFactory).queue(name);
      const addBulk = queue.addBulk.bind(queue);
      queue.addBulk = (jobs) => this.take(`add to ${name}`, () => addBulk(jobs));
    }
  }

  static async of(process: LendingProcess): Promise<Mortal> {
    await process.get(QueueFactory).assertReachable();
    return new Mortal(process);
  }

  /** Does the work until it dies. True when it did: the work has no such step otherwise. */
  async dies(point: KillPoint | null, work: () => Promise<unknown>): Promise<boolean> {
    this.step = 0;
    this.steps.length = 0;
    this.point = point;
    this.isDead = false;
    try {
      await work();
    } catch (error) {
      if (!this.isDead) throw error;
    }
    const died = this.isDead;
    this.isDead = false;
    this.point = null;
    return died;
  }

  private watch(runner: QueryRunner): QueryRunner {
    const connect = runner.connect.bind(runner) as () => Promise<PoolClient>;
    const release = runner.release.bind(runner);
    runner.connect = async () => {
      const client = await connect();
      this.alive.set(runner, client);
      const query = client.query.bind(client) as (sql: string, ...rest: unknown[]) => Promise<unknown>;
      return new Proxy(client, {
        get: (target, property) =>
          property === 'query'
            ? (sql: string, ...rest: unknown[]) => this.take(sql, () => query(sql, ...rest))
            : (Reflect.get(target, property) as unknown),
      });
    };
    runner.release = () => {
      this.alive.delete(runner);
      return release();
    };
    return runner;
  }

  private async take<T>(what: string, act: () => Promise<T>): Promise<T> {
    if (this.isDead) throw new Died();
    const step = (this.step += 1);
    this.steps.push(what.replace(/\s+/g, ' ').slice(0, 60));
    const isLast = step === this.point?.step;
    if (isLast && this.point?.when === 'before') return this.die();
    const result = await act();
    if (isLast) return this.die();
    return result;
  }

  private die(): never {
    this.isDead = true;
    for (const client of this.alive.values()) {
      (client as PoolClient & { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
    }
    throw new Died();
  }
}

/**
 * Does the work once for every point at which it can die. `work` is made anew each time; `afterwards` hears where it
 * died. Answers the number of points.
 */
export async function dieEverywhere(
  mortal: Mortal,
  work: (point: KillPoint | null) => Promise<() => Promise<unknown>>,
  afterwards: (point: KillPoint) => Promise<void>,
): Promise<number> {
  let points = 0;
  for (let step = 1; ; step += 1) {
    for (const when of ['before', 'after'] as const) {
      const point = { step, when };
      const died = await mortal.dies(point, await work(point));
      if (!died) return points;
      points += 1;
      try {
        await afterwards(point);
      } catch (error) {
        throw new Error(`After a death ${when} step ${String(step)} of: ${mortal.steps.join(' | ')}`, { cause: error });
      }
    }
  }
}
