import { Injectable } from '@nestjs/common';
import { Tokens, type TokenIdentity } from '@app/access';
import type { FastifyRequest } from 'fastify';

/** Finds out who sent a request. */
export abstract class Authentication {
  /** Null when the request says nothing of it, or nothing that holds. */
  abstract identify(request: FastifyRequest): Promise<TokenIdentity | null>;
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
