import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { currentCaller, requestHash, type IdempotentRequest } from '@app/platform';
import type { FastifyRequest } from 'fastify';
import { InvalidRequest } from './invalid-request';

const LONGEST = 200;

/** The key from the Idempotency-Key header, or null. @throws InvalidRequest at `/headers/idempotency-key` */
export const IdempotencyKey = createParamDecorator((_: unknown, context: ExecutionContext): string | null =>
  parseIdempotencyKey(context.switchToHttp().getRequest<FastifyRequest>().headers['idempotency-key']),
);

export function parseIdempotencyKey(header: string | readonly string[] | undefined): string | null {
  if (header === undefined) return null;
  if (typeof header === 'string' && header.length <= LONGEST && /^[\x21-\x7e]+$/.test(header)) return header;
  const message = `must be 1 to ${String(LONGEST)} visible ASCII characters`;
  throw new InvalidRequest([{ pointer: '/headers/idempotency-key', message }]);
}

/** What makes a repeat of this request known; null without a key. Keys of different callers or routes never meet. */
export function idempotentRequest(route: string, key: string | null, body: unknown): IdempotentRequest | null {
  if (key === null) return null;
  const { actor } = currentCaller();
  return { scope: `${actor.kind}:${actor.id} ${route}`, key, requestHash: requestHash(body) };
}
