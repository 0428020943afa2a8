import type { AccessAction, AccessRecords } from '@app/access';
import type { Actor } from '@app/kernel';
import { runAs, type Caller } from '@app/platform';
import type { FastifyInstance } from 'fastify';

declare module 'fastify' {
  interface FastifyRequest {
    caller: RequestCaller;
    /** The token that was used, for the log; null on public routes. */
    tokenId: string | null;
    /** What is recorded as read when the answer goes out. */
    audit: AccessAction | null;
    /** The name of the person who is signed in, for the page's head; null for tokens and the public. */
    personName: string | null;
    /** What a form of this session must send back; null without a session. */
    csrfToken: string | null;
  }
}

/** Entered before anybody is known, as somebody without rights; the guard says who it is. */
export class RequestCaller implements Caller {
  actor: Actor = { kind: 'public', id: 'unknown' };
  role = 'none';
  offices: readonly string[] = [];
  readonly system = false;
  readonly causationId = null;

  constructor(readonly correlationId: string) {}

  become({ actor, role, offices }: Pick<Caller, 'actor' | 'role' | 'offices'>): void {
    this.actor = actor;
    this.role = role;
    this.offices = offices;
  }
}

/**
 * Runs every route as its caller. A hook, not an interceptor: Nest's chain of observables around each handler costs
 * as much as validating a letter.
 */
export function enterCallers(server: FastifyInstance): void {
  server.decorateRequest('caller');
  server.decorateRequest('tokenId', null);
  server.decorateRequest('audit', null);
  server.decorateRequest('personName', null);
  server.decorateRequest('csrfToken', null);
  server.addHook('onRequest', (request, _reply, done) => {
    request.caller = new RequestCaller(request.id);
    done();
  });
  // After the body is read: what reads it runs in a context of its own.
  server.addHook('preHandler', (request, _reply, done) => runAs(request.caller, done));
}

/** Records reading before the answer leaves: what cannot be recorded is not shown. */
export function recordReading(server: FastifyInstance, records: AccessRecords): void {
  server.addHook('onSend', (request, reply, payload, done) => {
    const { audit, caller } = request;
    if (audit === null || reply.statusCode >= 300 || records.hasRecorded(caller)) {
      done(null, payload);
      return;
    }
    const recorded = runAs(caller, () => records.record(audit, [{ office: null, caseId: null }]));
    recorded.then(
      () => done(null, payload),
      (error: unknown) => done(error as Error),
    );
  });
}
