import { applyDecorators } from '@nestjs/common';
import { isDay } from '@app/kernel';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsEmail,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateBy,
  ValidateIf,
} from 'class-validator';

/** Keys name entries in addresses, rules and events: they never change. */
export const KEY = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** A text that says something. */
export function Text(most: number): PropertyDecorator {
  return applyDecorators(
    IsString({ message: 'must be text' }),
    Matches(/\S/, { message: 'must not be empty' }),
    MaxLength(most, { message: `must have at most ${String(most)} characters` }),
  );
}

/** A text in one line. */
export function Line(most: number): PropertyDecorator {
  return applyDecorators(Text(most), Matches(/^[^\r\n]*$/, { message: 'must be one line' }));
}

/** Null where it says nothing. */
export function Nullable(rule: PropertyDecorator): PropertyDecorator {
  return applyDecorators(
    ValidateIf((_object, value) => value !== null),
    rule,
  );
}

/** May be left out altogether, or be null. */
export function Optional(rule: PropertyDecorator): PropertyDecorator {
  return applyDecorators(IsOptional(), rule);
}

export function Choice(values: readonly string[]): PropertyDecorator {
  return IsIn(values, { message: `must be one of ${values.join(', ')}` });
}

export function Choices(values: readonly string[]): PropertyDecorator {
  return applyDecorators(
    IsArray({ message: 'must be a list' }),
    ArrayUnique({ message: 'must not repeat an entry' }),
    IsIn(values, { each: true, message: `must be some of ${values.join(', ')}` }),
  );
}

export function Whole(least: number, most: number): PropertyDecorator {
  const message = `must be a whole number from ${String(least)} to ${String(most)}`;
  return applyDecorators(IsInt({ message }), Min(least, { message }), Max(most, { message }));
}

export function YesOrNo(): PropertyDecorator {
  return IsBoolean({ message: 'must be yes or no' });
}

export function MailAddress(): PropertyDecorator {
  return IsEmail({ allow_utf8_local_part: false }, { message: 'must be an e-mail address such as name@example.org' });
}

/** The key of another entry; whether there is one is checked against the configuration. */
export function Key(): PropertyDecorator {
  return applyDecorators(
    IsString({ message: 'must be a key' }),
    Matches(KEY, { message: 'must be a key such as force-contact: small letters, digits and hyphens' }),
    MaxLength(80, { message: 'must have at most 80 characters' }),
  );
}

export function Day(): PropertyDecorator {
  return ValidateBy({
    name: 'day',
    validator: { validate: isDay, defaultMessage: () => 'must be a day that exists, as YYYY-MM-DD' },
  });
}

/** A list of texts, each checked by `check`; which of them is wrong is said by its number. */
export function Lines(
  { least = 0, most = 500, longest = 300 }: { least?: number; most?: number; longest?: number },
  check: (line: string) => string | null = () => null,
): PropertyDecorator {
  const problem = (value: unknown): string | null => {
    if (!Array.isArray(value)) return 'must be a list';
    for (const [index, each] of value.entries()) {
      const at = `line ${String(index + 1)} `;
      if (typeof each !== 'string' || each.trim() === '') return `${at}must be text`;
      if (each.length > longest) return `${at}must have at most ${String(longest)} characters`;
      const own = check(each);
      if (own !== null) return at + own;
    }
    return new Set(value).size < value.length ? 'must not repeat an entry' : null;
  };
  return applyDecorators(
    ValidateBy({
      name: 'lines',
      validator: {
        validate: (value) => problem(value) === null,
        defaultMessage: (context) => problem(context?.value) ?? '',
      },
    }),
    ArrayMinSize(least, { message: `must have at least ${least === 1 ? 'one entry' : `${String(least)} entries`}` }),
    ArrayMaxSize(most, { message: `must have at most ${String(most)} entries` }),
  );
}
