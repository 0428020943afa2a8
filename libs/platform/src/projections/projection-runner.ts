import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { EventCatalogue } from '../events/event-catalogue';
import { EventFeed } from '../events/event-feed';
import { runAs, systemCaller } from '../persistence/caller';
import { Database } from '../persistence/database';
import { UnitOfWork } from '../persistence/unit-of-work';
import type { Projection, ProjectionDeclaration, TableNames } from './projection';

const BATCH = 500;

interface Registered {
  readonly declaration: ProjectionDeclaration;
  readonly projection: Projection;
}

/** Moves projections along the event log under a lock, and rebuilds them beside the live ones. */
@Injectable()
export class ProjectionRunner {
  readonly #projections = new Map<string, Registered>();

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly feed: EventFeed,
    private readonly database: Database,
  ) {}

  /** @throws Error when two projections share a name or a table, or an event type does not exist. */
  register(declaration: ProjectionDeclaration, projection: Projection, catalogue: EventCatalogue): void {
    const unknown = declaration.events.find((type) => !catalogue.has(type));
    if (unknown) throw new Error(`Projection ${declaration.name} wants ${unknown}, which is not declared`);
    for (const other of this.#projections.values()) {
      if (other.declaration.name === declaration.name)
        throw new Error(`Two projections are called ${declaration.name}`);
      const shared = other.declaration.tables.find((table) => declaration.tables.includes(table));
      if (shared) throw new Error(`Two projections write ${shared}`);
    }
    this.#projections.set(declaration.name, { declaration, projection });
  }

  names(): string[] {
    return [...this.#projections.keys()];
  }

  /** Names of projections that are behind the head of the log. */
  async behind(): Promise<string[]> {
    return this.asSystem(async (manager) => {
      const head = await this.feed.head();
      const rows: { name: string }[] = await manager.query(
        `SELECT name FROM projection_checkpoint WHERE position >= $1`,
        [head],
      );
      const current = new Set(rows.map((row) => row.name));
      return head === 0 ? [] : this.names().filter((name) => !current.has(name));
    });
  }

  /** Applies everything after the checkpoint. Returns the number of events read. */
  async catchUp(name: string, batch = BATCH): Promise<number> {
    const registered = this.registered(name);
    let total = 0;
    for (;;) {
      const read = await this.asSystem((manager) => this.step(manager, registered, name, (table) => table, batch));
      total += read;
      if (read < batch) return total;
    }
  }

  /**
   * Rebuilds from the first event into side tables while the live ones go on, then swaps in one transaction.
   * Returns the number of events read. @throws Error when it is being rebuilt already.
   */
  async rebuild(name: string, batch = BATCH): Promise<number> {
    const registered = this.registered(name);
    return this.whileLocked(name, () => this.rebuildAside(name, registered, batch));
  }

  private async rebuildAside(name: string, registered: Registered, batch: number): Promise<number> {
    const { tables } = registered.declaration;
    const side: TableNames = (table) => `${table}__rebuild`;
    const checkpoint = `${name}__rebuild`;
    await this.asSystem(async (manager) => {
      for (const table of tables) {
        await manager.query(`DROP TABLE IF EXISTS ${side(table)}`);
        await manager.query(`CREATE TABLE ${side(table)} (LIKE ${table} INCLUDING ALL)`);
      }
      await manager.query(`DELETE FROM projection_checkpoint WHERE name = $1`, [checkpoint]);
    });
    let total = 0;
    for (;;) {
      const read = await this.asSystem((manager) => this.step(manager, registered, checkpoint, side, batch));
      total += read;
      if (read < batch) break;
    }
    await this.asSystem(async (manager) => {
      await manager.query(`SET LOCAL statement_timeout = '10min'`);
      // Holding the live checkpoint keeps the running projection still while the side tables take the last events.
      await this.lockCheckpoint(manager, name);
      for (;;) {
        const read = await this.step(manager, registered, checkpoint, side, batch);
        total += read;
        if (read < batch) break;
      }
      for (const table of tables) {
        // Rows are exchanged rather than tables renamed: grants, policies and open readers stay as they are.
        await manager.query(`DELETE FROM ${table}`);
        const columns = await this.storedColumns(manager, table);
        await manager.query(`INSERT INTO ${table} (${columns}) SELECT ${columns} FROM ${side(table)}`);
        await manager.query(`DROP TABLE ${side(table)}`);
      }
      await manager.query(
        `UPDATE projection_checkpoint live SET position = side.position, rebuilt_at = clock_timestamp(), updated_at = clock_timestamp()
           FROM projection_checkpoint side WHERE live.name = $1 AND side.name = $2`,
        [name, checkpoint],
      );
      await manager.query(`DELETE FROM projection_checkpoint WHERE name = $1`, [checkpoint]);
    });
    return total;
  }

  private async step(
    manager: EntityManager,
    registered: Registered,
    checkpoint: string,
    table: TableNames,
    batch: number,
  ): Promise<number> {
    const position = await this.lockCheckpoint(manager, checkpoint);
    const events = await this.feed.after(position, batch);
    const last = events.at(-1)?.position;
    if (last === undefined || last === null) return 0;
    const wanted = new Set(registered.declaration.events);
    await registered.projection.apply(
      manager,
      events.filter((event) => wanted.has(event.type)),
      table,
    );
    await manager.query(
      `UPDATE projection_checkpoint SET position = $2, updated_at = clock_timestamp() WHERE name = $1`,
      [checkpoint, last],
    );
    return events.length;
  }

  /** All columns but those that PostgreSQL computes, quoted. */
  private async storedColumns(manager: EntityManager, table: string): Promise<string> {
    const [row]: { columns: string }[] = await manager.query(
      `SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) AS columns FROM pg_attribute
        WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''`,
      [table],
    );
    return row?.columns ?? '';
  }

  /** A rebuild takes many transactions; the lock lies on one more that stays open beside them. */
  private async whileLocked<T>(name: string, work: () => Promise<T>): Promise<T> {
    const runner = this.database.system.createQueryRunner();
    try {
      await runner.connect();
      await runner.startTransaction();
      await runner.query(`SET LOCAL idle_in_transaction_session_timeout = 0`);
      const [lock] = (await runner.query(`SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0)) AS held`, [
        `rebuild of ${name}`,
      ])) as { held: boolean }[];
      if (!lock?.held) throw new Error(`${name} is being rebuilt already`);
      return await work();
    } finally {
      if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
      await runner.release();
    }
  }

  private async lockCheckpoint(manager: EntityManager, name: string): Promise<number> {
    await manager.query(`INSERT INTO projection_checkpoint (name) VALUES ($1) ON CONFLICT DO NOTHING`, [name]);
    const [row]: { position: string }[] = await manager.query(
      `SELECT position FROM projection_checkpoint WHERE name = $1 FOR UPDATE`,
      [name],
    );
    return Number(row?.position ?? 0);
  }

  private registered(name: string): Registered {
    const registered = this.#projections.get(name);
    if (!registered) throw new Error(`No projection is called ${name}; there are: ${this.names().join(', ')}`);
    return registered;
  }

  private asSystem<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return runAs(systemCaller('projections'), () => this.unitOfWork.run(work));
  }
}
