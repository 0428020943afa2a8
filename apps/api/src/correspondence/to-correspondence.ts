import { InvalidRequest } from '@app/http';
import type { Correspondence } from '@app/intake';
import { OfficeNotFound } from '@app/offices';
import type { Caller, IdempotentRequest } from '@app/platform';
import { instantOf } from '../input/field-checks';
import type { LogCorrespondenceBody } from './log-correspondence.body';

/** Clocks of other systems go a little fast. */
const MOST_MS_AHEAD = 5 * 60_000;
const EARLIEST = new Date('2000-01-01T00:00:00Z');

export interface LoggingContext {
  readonly caller: Caller;
  readonly now: Date;
  readonly idempotency: IdempotentRequest | null;
}

/**
 * The item to log, from a body whose fields are each well formed.
 * @throws InvalidRequest, OfficeNotFound
 */
export function toCorrespondence(body: LogCorrespondenceBody, context: LoggingContext): Correspondence {
  const { caller, now, idempotency } = context;
  const { name, email, phone, postcode, organisation, capacity } = body.correspondent;
  return {
    source: 'api',
    channel: body.channel,
    receivedAt: receivedAtOf(body.receivedAt, now),
    subject: body.subject,
    body: body.body,
    correspondent: {
      name: name ?? null,
      email: email ?? null,
      phone: phone ?? null,
      postcode: postcode ?? null,
      organisation: organisation ?? null,
      capacity: capacity ?? null,
    },
    attachments: (body.attachments ?? []).map(({ filename, contentType, contentBase64 }) => ({
      filename,
      contentType,
      content: Buffer.from(contentBase64, 'base64'),
    })),
    office: officeOf(body.office ?? null, caller.offices),
    caller,
    idempotency,
  };
}

function receivedAtOf(text: string | null | undefined, now: Date): Date | null {
  const at = instantOf(text);
  if (at === null) return null;
  const refuse = (message: string): never => {
    throw new InvalidRequest([{ pointer: '/receivedAt', message }]);
  };
  if (at < EARLIEST) refuse('must not be before the year 2000');
  if (at.getTime() > now.getTime() + MOST_MS_AHEAD) refuse('must not be in the future');
  return at;
}

/** Without one it is the caller's home office: the first of theirs. */
function officeOf(asked: string | null, offices: readonly string[]): string {
  const office = asked ?? offices[0] ?? '';
  if (!offices.includes(office)) throw new OfficeNotFound(office);
  return office;
}
