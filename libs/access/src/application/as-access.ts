import { currentCaller, runAs } from '@app/platform';

/**
 * Runs as the same caller on the owner's connection. The role that serves requests may read people, roles, sessions and
 * tokens but not write them, so that a fault in a request can make nobody an administrator. Only this library uses it,
 * and only for these tables.
 */
export function asAccess<T>(work: () => Promise<T>): Promise<T> {
  const { actor, role, offices, correlationId, causationId } = currentCaller();
  return runAs({ actor, role, offices, correlationId, causationId, system: true }, work);
}
