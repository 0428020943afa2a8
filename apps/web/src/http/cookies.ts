import type { FastifyReply, FastifyRequest } from 'fastify';

export interface CookieOptions {
  /** Sent only below this path. */
  readonly path: string;
  /** Without it the cookie ends with the browser. */
  readonly maxAgeSeconds?: number;
  readonly secure: boolean;
}

/** A cookie of the request; null when it is not there. */
export function readCookie(request: FastifyRequest, name: string): string | null {
  for (const pair of (request.headers.cookie ?? '').split(';')) {
    const at = pair.indexOf('=');
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim();
  }
  return null;
}

/** Values are tokens and codes of ours. Lax: another site cannot post with it, and a link in a mail still works. */
export function setCookie(reply: FastifyReply, name: string, value: string, options: CookieOptions): void {
  const parts = [`${name}=${value}`, `Path=${options.path}`, 'HttpOnly', 'SameSite=Lax'];
  if (options.maxAgeSeconds !== undefined) parts.push(`Max-Age=${String(options.maxAgeSeconds)}`);
  if (options.secure) parts.push('Secure');
  void reply.header('set-cookie', parts.join('; '));
}

export function clearCookie(reply: FastifyReply, name: string, options: CookieOptions): void {
  setCookie(reply, name, '', { ...options, maxAgeSeconds: 0 });
}
