import { AsyncLocalStorage } from 'node:async_hooks';
import { Injectable, Logger } from '@nestjs/common';
import { escapeLiteral, type PoolClient } from 'pg';
import {
  QueryRunnerAlreadyReleasedError,
  QueryRunnerProviderAlreadyReleasedError,
  type EntityManager,
  type QueryRunner,
} from 'typeorm';
import { currentCaller, type Caller } from './caller';
import { APP_ROLE, Database } from './database';
import { ConnectionLost } from './unavailable';

interface OpenTransaction {
  readonly manager: EntityManager;
  readonly afterCommit: (() => void)[];
}

const RELEASED = [QueryRunnerAlreadyReleasedError, QueryRunnerProviderAlreadyReleasedError];

const current = new AsyncLocalStorage<OpenTransaction>();

/** Transactions that know their caller. Reads and writes of a request both run in one. */
@Injectable()
export class UnitOfWork {
  private readonly logger = new Logger(UnitOfWork.name);

  constructor(private readonly database: Database) {}

  /** Runs `work` in one transaction as the current caller. A nested call joins the outer one. */
  async run<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    const open = current.getStore();
    if (open) return work(open.manager);
    const caller = currentCaller();
    const source = caller.system ? this.database.system : this.database.requests;
    const runner = source.createQueryRunner();
    const afterCommit: (() => void)[] = [];
    const result = await this.transact(runner, caller, afterCommit, work);
    this.callBack(afterCommit);
    return result;
  }

  /** Work that takes no part in the open transaction: what it reads, it reads on a connection of its own. */
  apart<T>(work: () => Promise<T>): Promise<T> {
    return current.exit(work);
  }

  /** The open transaction's manager. @throws Error outside `run`: nothing reads or writes without a caller. */
  get manager(): EntityManager {
    const open = current.getStore();
    if (!open) throw new Error('Database used outside UnitOfWork.run()');
    return open.manager;
  }

  /** Called once the open transaction has committed, never when it rolls back. */
  afterCommit(callback: () => void): void {
    const open = current.getStore();
    if (!open) throw new Error('afterCommit outside UnitOfWork.run()');
    open.afterCommit.push(callback);
  }

  private async transact<T>(
    runner: QueryRunner,
    caller: Caller,
    afterCommit: (() => void)[],
    work: (manager: EntityManager) => Promise<T>,
  ): Promise<T> {
    try {
      await begin(runner, this.announcement(caller));
      const result = await current.run({ manager: runner.manager, afterCommit }, () => work(runner.manager));
      await commit(runner);
      return result;
    } catch (error) {
      // TypeORM gives a connection back when it breaks; the statements after that meet a released runner.
      if (RELEASED.some((type) => error instanceof type)) throw new ConnectionLost({ cause: error });
      // A broken connection cannot roll back; the server has done so already.
      if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
      throw error;
    } finally {
      await runner.release();
    }
  }

  /** What is committed stays committed: a listener that fails must not make it look like a failure. */
  private callBack(callbacks: readonly (() => void)[]): void {
    for (const callback of callbacks) {
      try {
        callback();
      } catch (error) {
        this.logger.error('A call-back after a commit failed', error instanceof Error ? error.stack : error);
      }
    }
  }

  /** What tells the transaction its caller; empty for the system, which no policy binds. */
  private announcement(caller: Caller): string {
    if (caller.system) return '';
    const settings = {
      ...(this.database.switchesRole ? { role: APP_ROLE } : {}),
      'postbag.actor': `${caller.actor.kind}:${caller.actor.id}`,
      'postbag.role': caller.role,
      'postbag.offices': caller.offices.join(','),
    };
    const set = Object.entries(settings).map(
      ([name, value]) => `set_config(${escapeLiteral(name)}, ${escapeLiteral(value)}, true)`,
    );
    return `; SELECT ${set.join(', ')}`;
  }
}

/** Begins and announces in one round trip: TypeORM keeps its own account of the transaction, so it must begin it. */
async function begin(runner: QueryRunner, announcement: string): Promise<void> {
  if (announcement !== '') {
    const query = runner.query.bind(runner);
    runner.query = ((text: string) => {
      runner.query = query;
      return query(text + announcement);
    }) as QueryRunner['query'];
  }
  await runner.startTransaction();
}

/**
 * PostgreSQL answers COMMIT of a failed transaction with a rollback and no error, and TypeORM does not look: work that
 * swallowed the error of a statement would be acknowledged and lost.
 */
async function commit(runner: QueryRunner): Promise<void> {
  const client = (await runner.connect()) as PoolClient;
  const { command } = await client.query('COMMIT');
  if (command !== 'COMMIT') {
    throw new Error('The transaction was rolled back: a statement failed and its error was not passed on');
  }
}
