import { Injectable } from '@nestjs/common';
import { FollowSessions, type FollowSession } from '@app/follow';
import { Config } from '@app/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { clearCookie, readCookie, setCookie, type CookieOptions } from '../http/cookies';

const COOKIE = 'postbag-follow';

/** The session of somebody who follows a case, as their browser keeps it: until it is closed, and for this part only. */
@Injectable()
export class FollowBrowser {
  readonly #cookie: CookieOptions;

  constructor(
    private readonly sessions: FollowSessions,
    config: Config,
  ) {
    this.#cookie = { path: '/follow', secure: config.publicUrl.startsWith('https://') };
  }

  async open(reply: FastifyReply, link: string): Promise<boolean> {
    const secret = await this.sessions.open(link);
    if (secret === null) return false;
    setCookie(reply, COOKIE, secret, this.#cookie);
    return true;
  }

  async session(request: FastifyRequest): Promise<FollowSession | null> {
    const secret = readCookie(request, COOKIE);
    return secret === null ? null : this.sessions.find(secret);
  }

  async leave(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const secret = readCookie(request, COOKIE);
    if (secret !== null) await this.sessions.end(secret);
    clearCookie(reply, COOKIE, this.#cookie);
  }
}
