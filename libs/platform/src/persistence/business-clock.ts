import { Injectable } from '@nestjs/common';
import { Clock } from '@app/kernel';
import type { DataSource } from 'typeorm';
import { Database } from './database';

/** Business time: real time plus an offset that is stored in the database once, so that every process and SQL agree. */
@Injectable()
export class BusinessClock extends Clock {
  #offsetMs = 0;

  constructor(private readonly database: Database) {
    super();
  }

  now(): Date {
    return new Date(Date.now() + this.#offsetMs);
  }

  async load(): Promise<void> {
    const [row]: { ms: string }[] = await this.database.system.query(
      `SELECT extract(epoch FROM (value #>> '{}')::interval) * 1000 AS ms FROM instance_setting WHERE key = 'clock-offset'`,
    );
    this.#offsetMs = Number(row?.ms ?? 0);
  }
}

/** Stores the offset to `startsAt` the first time; later starts go on with the one that is there. */
export async function storeClockOffset(source: DataSource, startsAt: Date): Promise<void> {
  const seconds = (startsAt.getTime() - Date.now()) / 1000;
  await source.query(
    `INSERT INTO instance_setting (key, value) VALUES ('clock-offset', to_jsonb($1::text)) ON CONFLICT DO NOTHING`,
    [`${seconds.toFixed(3)} seconds`],
  );
}
