import type { FastifyRequest } from 'fastify';

const OF_MACHINES = /^\/(api|health|metrics)(\/|\?|$)/;
const NOWHERE = 'http://postbag.invalid';

/**
 * Where a browser that is not signed in is sent; null for a program, which gets its 401. Only a page that was asked for
 * is come back to: what a form sent is not sent again unseen.
 */
export function signInAddress({ method, url, headers }: FastifyRequest): string | null {
  if (OF_MACHINES.test(url) || headers.accept?.includes('text/html') !== true) return null;
  const next = method === 'GET' ? safeNext(url) : pathOf(headers.referer, headers.host);
  return next === null ? '/sign-in' : `/sign-in?next=${encodeURIComponent(next)}`;
}

/** A path of our own to go on to after sign-in; null for anything else, so that no link can lead elsewhere. */
export function safeNext(text: unknown): string | null {
  if (typeof text !== 'string' || text.length > 2000 || !/^\/(?![/\\])[^\\\u0000-\u0020\u007f]*$/.test(text))
    return null;
  if (!URL.canParse(text, NOWHERE)) return null;
  const { origin, pathname, search } = new URL(text, NOWHERE);
  if (origin !== NOWHERE || pathname.startsWith('//') || /^\/sign-(in|out)(\/|$)/.test(pathname)) return null;
  return `${pathname}${search}`;
}

function pathOf(referer: string | undefined, host: string | undefined): string | null {
  if (referer === undefined || !URL.canParse(referer)) return null;
  const { host: own, pathname, search } = new URL(referer);
  return own === host ? safeNext(`${pathname}${search}`) : null;
}
