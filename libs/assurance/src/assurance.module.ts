import { Module } from '@nestjs/common';
import type { ContextDeclaration } from '@app/platform';
import { AssuranceSweep } from './application/assurance-sweep';
import { AssuranceTimers } from './application/assurance-timers';
import { Ledger } from './application/ledger';
import { Reconcile, ReconcileHandler } from './application/reconcile';
import { SealLog } from './application/seal-log';
import { SqlLedger } from './infrastructure/sql-ledger';

export const assuranceContext: ContextDeclaration = { events: {}, messages: [Reconcile], entities: [] };

/** Proves that nothing is lost or overlooked. Needs the platform and the CQRS module. */
@Module({
  providers: [{ provide: Ledger, useClass: SqlLedger }, ReconcileHandler, AssuranceTimers, AssuranceSweep, SealLog],
  exports: [AssuranceTimers],
})
export class AssuranceModule {}
