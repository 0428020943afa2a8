import { Injectable } from '@nestjs/common';
import { Sessions, type SignInMethod } from '@app/access';
import { SESSION_COOKIE, sessionCookieOf, setCookie } from '@app/http';
import { Config } from '@app/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Begins and ends sessions together with the cookie that carries them. */
@Injectable()
export class SessionCookies {
  constructor(
    private readonly sessions: Sessions,
    private readonly config: Config,
  ) {}

  async begin(
    request: FastifyRequest,
    reply: FastifyReply,
    personId: string,
    method: SignInMethod,
    externalToken: string | null = null,
  ): Promise<void> {
    const replaces = sessionCookieOf(request);
    const { cookie } = await this.sessions.begin(personId, method, { replaces, externalToken });
    // Gone with the browser, and ended by the server before that.
    setCookie(reply, SESSION_COOKIE, cookie, { expires: null, secure: this.isSecure });
  }

  /** Answers what the identity provider wants to see at sign-out, if it was one. */
  async end(request: FastifyRequest, reply: FastifyReply): Promise<string | null> {
    const cookie = sessionCookieOf(request);
    setCookie(reply, SESSION_COOKIE, '', { expires: new Date(0), secure: this.isSecure });
    return cookie === null ? null : this.sessions.end(cookie);
  }

  get isSecure(): boolean {
    return this.config.publicUrl.startsWith('https://');
  }
}
