import { IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { DomainError, isDay, type FieldError } from '@app/kernel';
import { currentCaller, runAs, UnitOfWork } from '@app/platform';
import { isOk, LONGEST_LIST, type Reconciliation } from '../domain/reconciliation';
import { Ledger, type LedgerScope } from './ledger';

/** A certificate was asked for of days that do not exist; `errors` names each. */
export class InvalidReconciliationPeriod extends DomainError {
  readonly code = 'assurance.invalid-period';
  readonly kind = 'invalid';

  constructor(errors: readonly FieldError[]) {
    super('The reconciliation cannot be made.', { errors });
  }
}

/** The reconciliation certificate: everything received in the period is accounted for, or named. */
export class Reconcile extends Query<Reconciliation> {
  /** `offices` null: all that the caller may see. */
  constructor(readonly scope: LedgerScope) {
    super();
  }
}

@QueryHandler(Reconcile)
export class ReconcileHandler implements IQueryHandler<Reconcile> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly ledger: Ledger,
  ) {}

  async execute({ scope: asked }: Reconcile): Promise<Reconciliation> {
    checkPeriod(asked);
    const scope = { from: asked.from, to: asked.to, offices: visibleOffices(asked.offices) };
    // Nothing may be left out because the caller may not see it: the certificate names references and shows no content.
    const caller = currentCaller();
    const asCertifier = caller.system ? caller : { ...caller, role: 'assurance' };
    return runAs(asCertifier, () => this.unitOfWork.run(() => this.reconcile(scope)));
  }

  private async reconcile(scope: LedgerScope): Promise<Reconciliation> {
    const { ledger } = this;
    const checkedAt = await ledger.now();
    const { days, unaccounted: items } = await ledger.items(scope);
    const cases = await ledger.casesWithoutOpening(scope);
    const ownerless = await ledger.ownerless(scope);
    const clockless = await ledger.clockless(scope);
    const gaps = await ledger.numberingFaults(scope);
    const duplicates = await ledger.duplicates(scope);
    const unsent = await ledger.unsent(scope);
    const counts = {
      unaccounted: items.total + cases.total,
      ownerless: ownerless.total,
      clockless: clockless.total,
      gaps: gaps.total,
      duplicates: duplicates.total,
      unsent: unsent.total,
    };
    const byOutcome: Record<string, number> = {};
    for (const [outcome, number] of days.flatMap((day) => Object.entries(day.byOutcome))) {
      byOutcome[outcome] = (byOutcome[outcome] ?? 0) + number;
    }
    return {
      ...scope,
      checkedAt: checkedAt.toISOString(),
      ok: isOk(counts),
      received: days.reduce((sum, day) => sum + day.received, 0),
      redelivered: days.reduce((sum, day) => sum + day.redelivered, 0),
      pending: days.reduce((sum, day) => sum + day.pending, 0),
      byOutcome,
      unaccounted: [...items.entries, ...cases.entries].slice(0, LONGEST_LIST),
      ownerless: ownerless.entries,
      clockless: clockless.entries,
      gaps: gaps.entries,
      duplicates: duplicates.entries,
      counts,
      byDay: days,
      needsAttention: await ledger.needsAttention(scope),
      unsent: unsent.entries,
      seal: await ledger.lastSeal(),
    };
  }
}

function checkPeriod({ from, to }: LedgerScope): void {
  const message = 'Must be a real day written as YYYY-MM-DD, for example 2026-04-07';
  const errors: FieldError[] = [];
  if (!isDay(from)) errors.push({ pointer: '/from', message });
  if (!isDay(to)) errors.push({ pointer: '/to', message });
  else if (isDay(from) && to < from) errors.push({ pointer: '/to', message: 'Must not be before the first day' });
  if (errors.length > 0) throw new InvalidReconciliationPeriod(errors);
}

function visibleOffices(asked: readonly string[] | null): readonly string[] | null {
  const { offices, system } = currentCaller();
  if (system) return asked;
  return asked === null ? offices : asked.filter((office) => offices.includes(office));
}
