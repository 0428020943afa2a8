import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';

export interface FreshAnswer {
  readonly type: string;
  readonly body: string | Buffer;
  /** When it last changed: for data that is the same whatever shows it. */
  readonly changedAt?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Sends what everybody may keep and has to ask about: 304 without a body where they have it already. */
export function sendFresh(request: FastifyRequest, reply: FastifyReply, answer: FreshAnswer): void {
  const { type, body, changedAt, headers = {} } = answer;
  const etag = `W/"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`;
  void reply.headers({ ...headers, etag, 'cache-control': 'public, no-cache' });
  if (changedAt !== undefined) void reply.header('last-modified', new Date(changedAt).toUTCString());
  if (hasIt(request, etag, changedAt)) {
    void reply.status(304).send();
    return;
  }
  void reply.type(type).send(body);
}

/** RFC 9110: a tag decides; the day is asked only where no tag was sent. */
function hasIt({ headers }: FastifyRequest, etag: string, changedAt: string | undefined): boolean {
  const tags = headers['if-none-match'];
  if (tags !== undefined) return tags.split(',').some((tag) => tag.trim() === etag || tag.trim() === '*');
  const since = Date.parse(headers['if-modified-since'] ?? '');
  return changedAt !== undefined && since >= Math.floor(Date.parse(changedAt) / 1000) * 1000;
}
