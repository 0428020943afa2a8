import { formatReference, londonDate } from '@app/kernel';
import type { Office } from '@app/offices';
import type { PastLog } from '@app/platform';

export interface PastNumber {
  readonly reference: string;
  readonly year: number;
  readonly number: number;
}

/** Gives out reference numbers without gaps while a history is written; nobody else does until it ends. */
export class PastNumbers {
  private constructor(
    private readonly log: PastLog,
    private readonly last: Map<string, { office: string; year: number; number: number }>,
  ) {}

  static async begin(log: PastLog): Promise<PastNumbers> {
    await log.manager.query(`LOCK TABLE reference_counter IN EXCLUSIVE MODE`);
    const rows: { office: string; year: number; last_number: number }[] = await log.manager.query(
      `SELECT office, year, last_number FROM reference_counter`,
    );
    const entries = rows.map(
      ({ office, year, last_number }) => [`${office} ${String(year)}`, { office, year, number: last_number }] as const,
    );
    return new PastNumbers(log, new Map(entries));
  }

  next(office: Office, at: Date): PastNumber {
    const year = Number(londonDate(at).slice(0, 4));
    const key = `${office.id} ${String(year)}`;
    const counter = this.last.get(key) ?? { office: office.id, year, number: 0 };
    counter.number += 1;
    this.last.set(key, counter);
    const { number } = counter;
    return { reference: formatReference({ officeCode: office.code, year, number }), year, number };
  }

  async finish(): Promise<void> {
    await this.log.written();
    for (const { office, year, number } of this.last.values()) {
      await this.log.manager.query(
        `INSERT INTO reference_counter (office, year, last_number) VALUES ($1, $2, $3)
         ON CONFLICT (office, year) DO UPDATE SET last_number = excluded.last_number`,
        [office, year, number],
      );
    }
  }
}
