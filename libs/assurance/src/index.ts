export { AssuranceTimers } from './application/assurance-timers';
export { CaseMender, type CaseFinding } from './application/case-mender';
export { type LedgerScope } from './application/ledger';
export { InvalidReconciliationPeriod, Reconcile } from './application/reconcile';
export { assuranceContext, AssuranceModule } from './assurance.module';
export {
  type DayAccount,
  type Duplicate,
  type LogSeal,
  type NumberingFault,
  type OverlookedCase,
  type Reconciliation,
  type Unaccounted,
  type UnsentMessage,
} from './domain/reconciliation';
export { renderCertificate } from './domain/render-certificate';
