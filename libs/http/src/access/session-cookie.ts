import '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';

export const SESSION_COOKIE = 'postbag_session';

/** The value of one of our cookies; null without it. */
export function cookieOf(request: FastifyRequest, name: string): string | null {
  return request.cookies?.[name] ?? null;
}

export function sessionCookieOf(request: FastifyRequest): string | null {
  return cookieOf(request, SESSION_COOKIE);
}

/**
 * Sets a cookie that scripts cannot read and that other sites send with links to us only. `expires` null: with the
 * browser; a day in the past: it is removed.
 */
export function setCookie(
  reply: FastifyReply,
  name: string,
  value: string,
  { expires, secure }: { readonly expires: Date | null; readonly secure: boolean },
): void {
  void reply.setCookie(name, value, {
    httpOnly: true,
    sameSite: 'lax',
    secure,
    path: '/',
    ...(expires ? { expires } : {}),
  });
}
