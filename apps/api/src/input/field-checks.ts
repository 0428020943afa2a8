import { Transform } from 'class-transformer';
import { ValidateBy } from 'class-validator';
import { isDay } from '@app/kernel';
import { isMailAddress } from '@app/notifications';

/** Nothing here is older, and PostgreSQL has no year 0. */
const EARLIEST_DAY = '1900-01-01';
const INSTANT = /^\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;
const CONTENT_TYPE = /^[\w!#$&^.+-]{1,100}\/[\w!#$&^.+-]{1,100}(\s*;[\x20-\x7e]{0,200})?$/;

function check(name: string, validate: (value: unknown) => boolean, message: string): PropertyDecorator {
  return ValidateBy({ name, validator: { validate, defaultMessage: () => message } });
}

/** The instant that an RFC 3339 text names; null for any other text, and for days that do not exist. */
export function instantOf(text: unknown): Date | null {
  if (typeof text !== 'string') return null;
  const written = text.toUpperCase();
  if (!INSTANT.test(written) || !isDay(written.slice(0, 10))) return null;
  return new Date(written);
}

/** A day such as 2026-04-07. */
export function IsCalendarDay(): PropertyDecorator {
  return check('isCalendarDay', (value) => isDay(value) && value >= EARLIEST_DAY, 'must be a day such as 2026-04-07');
}

/** An instant of RFC 3339. */
export function IsInstant(): PropertyDecorator {
  const message = 'must be a date and time with its offset, such as 2026-04-07T09:30:00Z';
  return check('isInstant', (value) => instantOf(value) !== null, message);
}

/** One bare address that mail can be sent to. */
export function IsMailAddress(): PropertyDecorator {
  const message = 'must be an e-mail address such as name@example.org';
  return check('isMailAddress', (value) => typeof value === 'string' && isMailAddress(value), message);
}

export function IsContentType(): PropertyDecorator {
  const message = 'must be a content type such as application/pdf';
  return check('isContentType', (value) => typeof value === 'string' && CONTENT_TYPE.test(value), message);
}

/** RFC 4648, section 4, padded. A validator's own pattern takes seconds on files of megabytes. */
export function IsBase64Content(): PropertyDecorator {
  const isBase64 = (value: unknown): boolean =>
    typeof value === 'string' && value.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(value);
  return check('isBase64Content', isBase64, 'must be Base64');
}

/** At most so many octets as UTF-8. */
export function MaxBytes(most: number): PropertyDecorator {
  const message = `must have at most ${most.toLocaleString('en-GB')} bytes`;
  return check('maxBytes', (value) => typeof value !== 'string' || Buffer.byteLength(value) <= most, message);
}

/** A query parameter that may be repeated, or hold several values with commas between them. */
export function ListParameter(): PropertyDecorator {
  return Transform(({ value }: { value: unknown }) =>
    value === undefined
      ? undefined
      : (Array.isArray(value) ? value : [value]).flatMap((each: unknown) =>
          typeof each === 'string' ? each.split(',').filter((part) => part !== '') : [each],
        ),
  );
}
