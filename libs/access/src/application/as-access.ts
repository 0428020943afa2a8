import { currentCaller, runAs, systemCaller } from '@app/platform';

/**
 * Runs as the same caller on the owner's connection. The role that serves requests may read people, roles, sessions and
 * tokens but not write them, so that a fault in a request can make nobody an administrator; passwords it may not even
 * read. Only this library does so, and only for these tables.
 */
export function asAccess<T>(work: () => Promise<T>): Promise<T> {
  const { actor, role, offices, correlationId, causationId } = currentCaller();
  return runAs({ actor, role, offices, correlationId, causationId, system: true }, work);
}

/** As `asAccess`, for somebody who is just proving who they are: what they do is attributed to them. */
export function asPerson<T>(personId: string, work: () => Promise<T>): Promise<T> {
  return runAs({ ...systemCaller('access'), actor: { kind: 'person', id: personId } }, work);
}

/** As `asAccess`; as the product itself where nobody asked, such as at the start or from the command line. */
export function asAccessOrSystem<T>(work: () => Promise<T>): Promise<T> {
  return isAsked() ? asAccess(work) : runAs(systemCaller('access'), work);
}

function isAsked(): boolean {
  try {
    currentCaller();
    return true;
  } catch {
    return false;
  }
}
