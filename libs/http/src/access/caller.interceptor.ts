import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { AccessRecords } from '@app/access';
import { runAs, type Caller } from '@app/platform';
import type { FastifyRequest } from 'fastify';
import { concatMap, from, type Observable } from 'rxjs';
import { map } from 'rxjs/operators';
import { RouteRules } from './route-rules';

/** Runs the handler as the caller that the guard let in, and records its reading where the route asks for that. */
@Injectable()
export class CallerInterceptor implements NestInterceptor {
  constructor(
    private readonly rules: RouteRules,
    private readonly records: AccessRecords,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const { caller } = context.switchToHttp().getRequest<FastifyRequest>();
    if (!caller) throw new Error('A request reached its handler without a caller');
    const audit = this.rules.of(context.getHandler(), context.getClass())?.audit ?? null;
    // Nest binds what follows to the context in which handle() is called, not to that of the subscription.
    const answer: Observable<unknown> = runAs(caller, () => next.handle());
    if (audit === null) return answer;
    // Before the answer leaves: what cannot be recorded is not shown.
    return answer.pipe(concatMap((body) => from(this.record(audit, caller)).pipe(map(() => body))));
  }

  private async record(audit: Parameters<AccessRecords['record']>[0], caller: Caller): Promise<void> {
    if (this.records.hasRecorded(caller)) return;
    await runAs(caller, () => this.records.record(audit, [{ office: null, caseId: null }]));
  }
}
