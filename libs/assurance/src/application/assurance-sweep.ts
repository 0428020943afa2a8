import { Injectable, Logger } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { QueryBus } from '@nestjs/cqrs';
import { addDays, Clock, londonDate } from '@app/kernel';
import { Consumer, Consumes, isUnavailable } from '@app/platform';
import { FAULTS, type Reconciliation } from '../domain/reconciliation';
import { AssuranceTimers, SWEEP_TIMER } from './assurance-timers';
import { CaseMender, type CaseFinding } from './case-mender';
import { Reconcile } from './reconcile';

/** Older items are looked through whenever a certificate is asked for. */
const SWEPT_DAYS = 31;

/**
 * Every five minutes: looks for what is missing, overlooked or doubled and has mended what can be. The rest stays on
 * the certificate, which says it until it is put right.
 */
@Injectable()
@Consumes({ name: SWEEP_TIMER, queue: 'deadlines', timers: [SWEEP_TIMER], attempts: 1000 })
export class AssuranceSweep extends Consumer<void> {
  readonly #logger = new Logger(AssuranceSweep.name);

  constructor(
    private readonly queries: QueryBus,
    private readonly timers: AssuranceTimers,
    private readonly clock: Clock,
    private readonly modules: ModuleRef,
  ) {
    super();
  }

  /** Outside the transaction: each mended case is a transaction of its own, and mending twice changes nothing. */
  override async prepare(): Promise<void> {
    try {
      await this.sweep();
    } catch (error) {
      if (isUnavailable(error)) throw error;
      // A fault of the sweep must not end the sweeping.
      this.#logger.error(`The sweep failed: ${error instanceof Error ? error.message : 'unknown failure'}`);
    }
  }

  override handle(): Promise<void> {
    return this.timers.sweepAgain();
  }

  /** Returns how many cases were mended. */
  async sweep(): Promise<number> {
    const found = await this.reconcile();
    if (found.ok) return 0;
    const mended = await this.mend([
      ...found.ownerless.map((each): CaseFinding => ({ fault: 'ownerless', case: each })),
      ...found.clockless.map((each): CaseFinding => ({ fault: 'clockless', case: each })),
    ]);
    const faults = FAULTS.map((fault) => `${String(found.counts[fault])} ${fault}`).join(', ');
    this.#logger.warn(`The sweep found ${faults}; ${String(mended)} mended`);
    return mended;
  }

  private reconcile(): Promise<Reconciliation> {
    const to = londonDate(this.clock.now());
    return this.queries.execute(new Reconcile({ from: addDays(to, -SWEPT_DAYS), to, offices: null }));
  }

  private async mend(findings: readonly CaseFinding[]): Promise<number> {
    const mender = this.mender();
    let mended = 0;
    if (!mender) return mended;
    for (const finding of findings) {
      try {
        if (await mender.mend(finding)) mended++;
      } catch (error) {
        if (isUnavailable(error)) throw error;
        this.#logger.warn(`Case ${finding.case.id} could not be mended: ${finding.fault}`);
      }
    }
    return mended;
  }

  /** Looked up late: the context that provides it knows this one, not the other way round. */
  private mender(): CaseMender | null {
    try {
      return this.modules.get<CaseMender>(CaseMender, { strict: false });
    } catch {
      return null;
    }
  }
}
