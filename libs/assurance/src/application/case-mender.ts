import type { OverlookedCase } from '../domain/reconciliation';

/** An open case that could be overlooked, and why. */
export interface CaseFinding {
  readonly fault: 'ownerless' | 'clockless';
  readonly case: OverlookedCase;
}

/**
 * Mends what the sweep finds: gives a case without owner a queue, starts the clocks of a case without one. The context
 * that owns the cases provides it; each call is a transaction of its own.
 */
export abstract class CaseMender {
  /** True when the case is in order now. */
  abstract mend(finding: CaseFinding): Promise<boolean>;
}
