import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { EventCatalogue } from '../events/event-catalogue';
import { EventFeed } from '../events/event-feed';
import { runAs, systemCaller } from '../persistence/caller';
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
  async catchUp(name: string): Promise<number> {
    const registered = this.registered(name);
    let total = 0;
    for (;;) {
      const read = await this.asSystem((manager) => this.step(manager, registered, name, (table) => table));
      total += read;
      if (read < BATCH) return total;
    }
  }

  /**
   * Rebuilds from the first event into side tables while the live ones go on, then swaps in one transaction.
   * Returns the number of events read.
   */
  async rebuild(name: string): Promise<number> {
    const registered = this.registered(name);
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
      const read = await this.asSystem((manager) => this.step(manager, registered, checkpoint, side));
      total += read;
      if (read < BATCH) break;
    }
    await this.asSystem(async (manager) => {
      await manager.query(`SET LOCAL statement_timeout = '10min'`);
      // Holding the live checkpoint keeps the running projection still while the side tables take the last events.
      await this.lockCheckpoint(manager, name);
      for (;;) {
        const read = await this.step(manager, registered, checkpoint, side);
        total += read;
        if (read < BATCH) break;
      }
      for (const table of tables) {
        // Rows are exchanged rather than tables renamed: grants, policies and open readers stay as they are.
        await manager.query(`DELETE FROM ${table}`);
        await manager.query(`INSERT INTO ${table} SELECT * FROM ${side(table)}`);
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
  ): Promise<number> {
    const position = await this.lockCheckpoint(manager, checkpoint);
    const events = await this.feed.after(position, BATCH);
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
