import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { parseIdempotencyKey, parseIfMatch } from '@app/http';
import type { FastifyRequest } from 'fastify';

/** What a request for an action says beside its body. */
export interface ActionCall {
  readonly reference: string;
  /** The version that the caller saw, from If-Match; null: whichever there is. */
  readonly ifVersion: number | null;
  readonly key: string | null;
  readonly body: unknown;
}

/** The action that the request asks for. */
export const Call = createParamDecorator((_: unknown, context: ExecutionContext): ActionCall => {
  const { params, headers, body } = context.switchToHttp().getRequest<FastifyRequest>();
  const { reference = '' } = params as Record<string, string>;
  return {
    reference,
    ifVersion: parseIfMatch(headers['if-match']),
    key: parseIdempotencyKey(headers['idempotency-key']),
    body,
  };
});
