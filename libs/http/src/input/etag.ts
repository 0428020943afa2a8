import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { DomainError } from '@app/kernel';
import type { FastifyRequest } from 'fastify';

/** Somebody changed it after the caller last saw it: nothing was done. */
export class StaleVersion extends DomainError {
  readonly code = 'http.stale-version';
  readonly kind = 'stale';
  constructor() {
    super('It was changed in the meantime. Look again and repeat.');
  }
}

/** The entity tag of a version. */
export function etagOf(version: number): string {
  return `"${String(version)}"`;
}

/**
 * The version that an If-Match header asks for; null when it asks for none in particular (absent, or `*`).
 * @throws StaleVersion for a tag that is not one of ours: it can match no version there is.
 */
export function parseIfMatch(header: string | undefined): number | null {
  if (header === undefined || header.trim() === '*') return null;
  // A weak tag never matches here (RFC 9110, 13.1.1).
  const version = /^\s*"(0|[1-9]\d{0,9})"\s*$/.exec(header)?.[1];
  if (version === undefined) throw new StaleVersion();
  return Number(version);
}

/** @throws StaleVersion when the caller asked for another version than the present one. */
export function requireVersion(asked: number | null, present: number): void {
  if (asked !== null && asked !== present) throw new StaleVersion();
}

/** The version from the If-Match header of the request, or null. */
export const IfMatch = createParamDecorator((_: unknown, context: ExecutionContext): number | null =>
  parseIfMatch(context.switchToHttp().getRequest<FastifyRequest>().headers['if-match']),
);
