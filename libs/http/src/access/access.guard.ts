import { randomUUID } from 'node:crypto';
import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { can } from '@app/access';
import type { Actor } from '@app/kernel';
import type { FastifyRequest } from 'fastify';
import { Refusal } from '../problems/refusal';
import { Authentication, type RequestIdentity } from './authentication';
import { requireCsrfToken } from './csrf';
import { PublicOffices } from './public-offices';
import { RouteRules } from './route-rules';
import { sessionCookieOf } from './session-cookie';
import { signInAddress } from './sign-in-address';
import { Throttle } from './throttle';

const ANYBODY: Actor = { kind: 'public', id: 'anonymous' };

/** Lets a request in as somebody, or refuses it: 401 nobody, 403 not allowed, 429 too often. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly rules: RouteRules,
    private readonly authentication: Authentication,
    private readonly throttle: Throttle,
    private readonly modules: ModuleRef,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const rule = this.rules.of(context.getHandler(), context.getClass());
    // The start refuses routes without a rule; a route added later is closed.
    if (!rule) throw new Refusal(403);
    if (rule.access === 'public') {
      await this.throttle.public(request.method, request.ip);
      const offices = rule.offices === 'all' ? await this.modules.get(PublicOffices, { strict: false }).all() : [];
      request.caller.become({ actor: ANYBODY, role: 'public', offices });
      request.audit = rule.audit;
      return true;
    }
    const identity = await this.identify(request);
    request.tokenId = identity.tokenId;
    await this.throttle.token(identity.tokenId);
    if (identity.session) {
      request.personName = identity.session.personName;
      request.csrfToken = identity.session.csrfToken;
    }
    const isWithin = identity.permissions?.includes(rule.permission) ?? true;
    if (!isWithin || !can(identity.role, rule.permission)) throw new Refusal(403);
    if (identity.session) await requireCsrfToken(request, identity.session.csrfToken);
    request.caller.become(identity);
    request.audit = rule.audit;
    return true;
  }

  private async identify(request: FastifyRequest): Promise<RequestIdentity> {
    const identity = await this.authentication.identify(request);
    if (identity) return identity;
    const sentOne = request.headers.authorization !== undefined;
    if (sentOne || sessionCookieOf(request) !== null) await this.throttle.failedSignIn(request.ip);
    const signIn = sentOne ? null : signInAddress(request);
    if (signIn !== null) throw new Refusal(303, { location: signIn });
    const challenge = sentOne ? 'Bearer realm="Postbag", error="invalid_token"' : 'Bearer realm="Postbag"';
    throw new Refusal(401, { 'www-authenticate': challenge });
  }
}

/** The caller's own name for the request when it is a sane one, so that logs on both sides meet; else a new one. */
export function requestIdOf(header: string | readonly string[] | undefined): string {
  return typeof header === 'string' && /^[A-Za-z0-9][A-Za-z0-9._-]{7,99}$/.test(header) ? header : randomUUID();
}
