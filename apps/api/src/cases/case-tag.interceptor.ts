import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { etagOf } from '@app/http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Observable } from 'rxjs';
import { map } from 'rxjs/operators';

/** Gives a case its entity tag, and spares the answer to a caller who has this version already. */
@Injectable()
export class CaseTag implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler<{ version: number }>): Observable<unknown> {
    const http = context.switchToHttp();
    const { method, headers } = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    return next.handle().pipe(
      map((shown) => {
        const tag = etagOf(shown.version);
        void reply.header('etag', tag).header('cache-control', 'private, no-cache');
        if (method !== 'GET' || !isKnown(headers['if-none-match'], tag)) return shown;
        void reply.status(304);
        return undefined;
      }),
    );
  }
}

/** RFC 9110, 13.1.2: any of the listed tags, compared weakly. */
export function isKnown(header: string | undefined, tag: string): boolean {
  if (header === undefined) return false;
  return header.split(',').some((each) => each.trim() === '*' || each.trim().replace(/^W\//, '') === tag);
}
