import { Readable } from 'node:stream';
import { timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { Refusal } from '../problems/refusal';

const SAFE = ['GET', 'HEAD', 'OPTIONS'];
const MOST_BYTES = 40 * 1024 * 1024;

type Part = Awaited<ReturnType<ReturnType<FastifyRequest['parts']>['next']>>['value'];

/**
 * Refuses what another site made the browser of somebody signed in send: a change must bring the text that only our own
 * pages know, as field `_csrf` or as header `x-csrf-token`.
 * @throws Refusal 403
 */
export async function requireCsrfToken(request: FastifyRequest, expected: string): Promise<void> {
  if (SAFE.includes(request.method)) return;
  const header = request.headers['x-csrf-token'];
  const given = typeof header === 'string' ? header : await fieldOf(request);
  if (given === null || !isSame(given, expected)) throw new Refusal(403, {}, CSRF_SENTENCE);
}

export const CSRF_SENTENCE =
  'This form was open for too long or did not come from Postbag. Load the page and try again.';

/** Whether another site's page sent this: browsers say so, and forms before sign-in have no session to ask. */
export function isFromAnotherSite({ headers, host }: FastifyRequest): boolean {
  const site = headers['sec-fetch-site'];
  if (site === 'cross-site' || site === 'same-site') return true;
  const { origin } = headers;
  if (origin === undefined || site === 'same-origin') return false;
  return !URL.canParse(origin) || new URL(origin).host !== host;
}

async function fieldOf(request: FastifyRequest): Promise<string | null> {
  if (request.isMultipart()) return multipartField(request);
  const { body } = request;
  const field = typeof body === 'object' && body !== null ? (body as Record<string, unknown>)._csrf : undefined;
  return typeof field === 'string' ? field : null;
}

/** A form with files is read here, before its handler; the handler then reads the same parts again from memory. */
async function multipartField(request: FastifyRequest): Promise<string | null> {
  const parts: Part[] = [];
  let given: string | null = null;
  let bytes = 0;
  for await (const part of request.parts()) {
    if (part.type === 'field') {
      if (part.fieldname === '_csrf' && typeof part.value === 'string') given = part.value;
      parts.push(part);
      continue;
    }
    const content = await part.toBuffer();
    bytes += content.length;
    if (bytes > MOST_BYTES) throw new Refusal(413);
    parts.push({ ...part, file: Readable.from(content) as typeof part.file, toBuffer: () => Promise.resolve(content) });
  }
  const again = Readable.from(parts) as unknown as ReturnType<FastifyRequest['parts']>;
  request.parts = () => again;
  return given;
}

/** In the same time wherever the difference is. */
function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
