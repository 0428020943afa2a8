import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@app/platform';
import { Ledger, type Found, type LedgerScope } from '../application/ledger';
import type {
  DayAccount,
  Duplicate,
  LogSeal,
  NumberingFault,
  OverlookedCase,
  Unaccounted,
  UnsentMessage,
} from '../domain/reconciliation';
import {
  CASES_WITHOUT_OPENING,
  CLOCKLESS,
  DUPLICATES,
  ITEMS,
  LAST_SEAL,
  NEEDS_ATTENTION,
  NUMBERING_FAULTS,
  OWNERLESS,
  REDELIVERIES,
  UNSENT,
} from './ledger-statements';

interface Tally {
  day: string;
  mailbox: string;
  outcome: string | null;
  accounted: number;
  pending: number;
  unaccounted: number;
}

interface ItemFault {
  id: string;
  office: string;
  mailbox: string;
  receivedAt: string;
  why: string;
}

type Counted<T> = T & { total: number };

/** Reads the ledger in the open transaction. */
@Injectable()
export class SqlLedger extends Ledger {
  constructor(private readonly unitOfWork: UnitOfWork) {
    super();
  }

  async now(): Promise<Date> {
    const [row] = await this.query<{ now: Date }>(`SELECT business_now() AS now`);
    return row?.now ?? new Date(0);
  }

  async items(scope: LedgerScope): Promise<{ days: DayAccount[]; unaccounted: Found<Unaccounted> }> {
    const period = [scope.from, scope.to, scope.offices];
    const [row] = await this.query<{ tallies: Tally[]; faults: ItemFault[] }>(ITEMS, period);
    const { tallies, faults } = row ?? { tallies: [], faults: [] };
    const redeliveries = await this.query<{ day: string; mailbox: string; times: number }>(REDELIVERIES, period);
    return {
      days: daysOf(tallies, redeliveries),
      unaccounted: {
        total: tallies.reduce((sum, tally) => sum + tally.unaccounted, 0),
        entries: faults.map((fault) => ({
          kind: 'item',
          reference: null,
          ...fault,
          receivedAt: new Date(fault.receivedAt).toISOString(),
        })),
      },
    };
  }

  async casesWithoutOpening({ from, to, offices }: LedgerScope): Promise<Found<Unaccounted>> {
    type Row = Counted<{ id: string; office: string; reference: string; receivedAt: Date }>;
    return found(await this.query<Row>(CASES_WITHOUT_OPENING, [from, to, offices]), (row) => ({
      kind: 'case',
      id: row.id,
      office: row.office,
      reference: row.reference,
      mailbox: null,
      receivedAt: row.receivedAt.toISOString(),
      why: 'The event that opened this case is not in the log',
    }));
  }

  ownerless(scope: LedgerScope): Promise<Found<OverlookedCase>> {
    return this.overlooked(OWNERLESS, scope);
  }

  clockless(scope: LedgerScope): Promise<Found<OverlookedCase>> {
    return this.overlooked(CLOCKLESS, scope);
  }

  async numberingFaults({ offices }: LedgerScope): Promise<Found<NumberingFault>> {
    return found(
      await this.query<Counted<NumberingFault>>(NUMBERING_FAULTS, [offices]),
      ({ office, year, number, why }) => ({ office, year, number, why }),
    );
  }

  async duplicates({ offices }: LedgerScope): Promise<Found<Duplicate>> {
    return found(await this.query<Counted<Duplicate>>(DUPLICATES, [offices]), ({ kind, office, ids, why }) => ({
      kind,
      office,
      ids,
      why,
    }));
  }

  async unsent({ offices }: LedgerScope): Promise<Found<UnsentMessage>> {
    type Row = Counted<Omit<UnsentMessage, 'queuedAt'> & { queuedAt: Date }>;
    return found(await this.query<Row>(UNSENT, [offices]), ({ id, office, kind, status, queuedAt }) => ({
      id,
      office,
      kind,
      status,
      queuedAt: queuedAt.toISOString(),
    }));
  }

  async needsAttention({ offices }: LedgerScope): Promise<number> {
    const [row] = await this.query<{ total: number }>(NEEDS_ATTENTION, [offices]);
    return row?.total ?? 0;
  }

  async lastSeal(): Promise<LogSeal | null> {
    const [row] = await this.query<LogSeal>(LAST_SEAL);
    return row ?? null;
  }

  private async overlooked(statement: string, { offices }: LedgerScope): Promise<Found<OverlookedCase>> {
    return found(
      await this.query<Counted<OverlookedCase>>(statement, [offices]),
      ({ id, reference, office, status, receivedOn }) => ({ id, reference, office, status, receivedOn }),
    );
  }

  private query<Row>(statement: string, parameters: unknown[] = []): Promise<Row[]> {
    return this.unitOfWork.manager.query(statement, parameters);
  }
}

function found<Row extends { total: number }, T>(rows: readonly Row[], entry: (row: Row) => T): Found<T> {
  return { total: rows[0]?.total ?? 0, entries: rows.map(entry) };
}

function daysOf(
  tallies: readonly Tally[],
  redeliveries: readonly { day: string; mailbox: string; times: number }[],
): DayAccount[] {
  const days = new Map<string, DayAccount>();
  const change = (day: string, mailbox: string, changed: (account: DayAccount) => Partial<DayAccount>): void => {
    const key = `${day} ${mailbox}`;
    const account = days.get(key) ?? {
      day,
      mailbox,
      received: 0,
      redelivered: 0,
      byOutcome: {},
      pending: 0,
      unaccounted: 0,
    };
    days.set(key, { ...account, ...changed(account) });
  };
  for (const { day, mailbox, outcome, accounted, pending, unaccounted } of tallies) {
    change(day, mailbox, (account) => ({
      received: account.received + accounted + pending + unaccounted,
      pending: account.pending + pending,
      unaccounted: account.unaccounted + unaccounted,
      byOutcome: outcome !== null && accounted > 0 ? { ...account.byOutcome, [outcome]: accounted } : account.byOutcome,
    }));
  }
  for (const { day, mailbox, times } of redeliveries) change(day, mailbox, () => ({ redelivered: times }));
  return [...days.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, account]) => account);
}
