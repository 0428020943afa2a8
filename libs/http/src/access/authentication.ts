import { Injectable } from '@nestjs/common';
import { Sessions, Tokens, type TokenIdentity } from '@app/access';
import type { FastifyRequest } from 'fastify';
import { sessionCookieOf } from './session-cookie';

/** What a page needs to know of the session that a request came with. */
export interface RequestSession {
  readonly personName: string;
  readonly csrfToken: string;
}

/** Who sent a request. Without `session` they showed a token, which no browser sends by itself. */
export interface RequestIdentity extends TokenIdentity {
  readonly session?: RequestSession;
}

/** Finds out who sent a request. */
export abstract class Authentication {
  /** Null when the request says nothing of it, or nothing that holds. */
  abstract identify(request: FastifyRequest): Promise<RequestIdentity | null>;
}

/** Bearer tokens in the Authorization header (RFC 6750); never in the address, which ends up in logs. */
@Injectable()
export class BearerAuthentication extends Authentication {
  constructor(private readonly tokens: Tokens) {
    super();
  }

  identify(request: FastifyRequest): Promise<TokenIdentity | null> {
    const token = /^Bearer +(\S+) *$/i.exec(request.headers.authorization ?? '')?.[1];
    return token === undefined ? Promise.resolve(null) : this.tokens.verify(token);
  }
}

/** A token where one is sent, else the session of the cookie. */
@Injectable()
export class CallerAuthentication extends Authentication {
  readonly #bearer: BearerAuthentication;

  constructor(
    tokens: Tokens,
    private readonly sessions: Sessions,
  ) {
    super();
    this.#bearer = new BearerAuthentication(tokens);
  }

  async identify(request: FastifyRequest): Promise<RequestIdentity | null> {
    if (request.headers.authorization !== undefined) return this.#bearer.identify(request);
    const cookie = sessionCookieOf(request);
    if (cookie === null) return null;
    const found = await this.sessions.verify(cookie, { isActivity: isActivity(request) });
    if (!found) return null;
    const { sessionId, personName, csrfToken, ...identity } = found;
    return { ...identity, tokenId: sessionId, session: { personName, csrfToken } };
  }
}

/** A page that asks by itself whether something is new must not keep a session alive for ever. */
function isActivity({ method, headers }: FastifyRequest): boolean {
  return method !== 'GET' || headers['sec-fetch-dest'] !== 'empty';
}
