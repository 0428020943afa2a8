import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import type { Actor } from '@app/kernel';

/** On whose behalf code runs: decides the database role, the offices it may touch and what events are attributed to. */
export interface Caller {
  readonly actor: Actor;
  readonly role: string;
  /** Offices whose cases the caller may touch. System callers are not limited by this. */
  readonly offices: readonly string[];
  readonly system: boolean;
  readonly correlationId: string;
  /** The event or timer that caused this work, if any. */
  readonly causationId: string | null;
}

const current = new AsyncLocalStorage<Caller>();

export function runAs<T>(caller: Caller, work: () => T): T {
  return current.run(caller, work);
}

/** Runs the rest of the current asynchronous context as `caller` (for framework hooks that cannot wrap what follows). */
export function enterAs(caller: Caller): void {
  current.enterWith(caller);
}

/** @throws Error outside `runAs`: work that nobody answers for is a defect. */
export function currentCaller(): Caller {
  const caller = current.getStore();
  if (!caller) throw new Error('No caller: work must run inside runAs()');
  return caller;
}

export function systemCaller(
  name: string,
  correlationId: string = randomUUID(),
  causationId: string | null = null,
): Caller {
  return { actor: { kind: 'system', id: name }, role: 'system', offices: [], system: true, correlationId, causationId };
}
