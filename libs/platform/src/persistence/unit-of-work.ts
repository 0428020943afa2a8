import { AsyncLocalStorage } from 'node:async_hooks';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { currentCaller, type Caller } from './caller';
import { APP_ROLE, Database } from './database';

interface OpenTransaction {
  readonly manager: EntityManager;
  readonly afterCommit: (() => void)[];
}

const current = new AsyncLocalStorage<OpenTransaction>();

/** Transactions that know their caller. Reads and writes of a request both run in one. */
@Injectable()
export class UnitOfWork {
  constructor(private readonly database: Database) {}

  /** Runs `work` in one transaction as the current caller. A nested call joins the outer one. */
  async run<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    const open = current.getStore();
    if (open) return work(open.manager);
    const caller = currentCaller();
    const source = caller.system ? this.database.system : this.database.requests;
    const runner = source.createQueryRunner();
    const afterCommit: (() => void)[] = [];
    try {
      await runner.connect();
      await runner.startTransaction();
      await this.announce(runner, caller);
      const result = await current.run({ manager: runner.manager, afterCommit }, () => work(runner.manager));
      await runner.commitTransaction();
      for (const callback of afterCommit) callback();
      return result;
    } catch (error) {
      // A broken connection cannot roll back; the server has done so already.
      if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
      throw error;
    } finally {
      await runner.release();
    }
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

  private async announce(
    runner: { query(sql: string, parameters: unknown[]): Promise<unknown> },
    caller: Caller,
  ): Promise<void> {
    if (caller.system) return;
    const role = this.database.switchesRole ? `set_config('role', '${APP_ROLE}', true),` : '';
    await runner.query(
      `SELECT ${role} set_config('postbag.actor', $1, true), set_config('postbag.role', $2, true), set_config('postbag.offices', $3, true)`,
      [`${caller.actor.kind}:${caller.actor.id}`, caller.role, caller.offices.join(',')],
    );
  }
}
