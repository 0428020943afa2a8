import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import type { FieldError } from '@app/kernel';
import { configurationKind, type ConfigurationKind } from './configuration-kinds';
import { KEY } from './field-rules';

/** What is said when several things are wrong with one field. */
const MOST_BASIC = ['whitelistValidation', 'isArray', 'isObject', 'isString', 'nestedValidation', 'matches'];
const WORDINGS: Readonly<Record<string, string>> = {
  whitelistValidation: 'is not known here',
  nestedValidation: 'must be an object',
  unknownValue: 'must be an object',
};

/** Everything that is wrong with an entry's data by itself. */
export function checkData({ input }: ConfigurationKind, data: unknown): FieldError[] {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) {
    return [{ pointer: '/data', message: 'must be an object' }];
  }
  const instance = plainToInstance(input, data);
  const found = validateSync(instance, { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: true });
  return flatten(found, '/data');
}

/** What is wrong with an entry that is not to be stored, only tried. */
export function proposedErrors(kind: string, key: string, data: unknown): FieldError[] {
  const known = configurationKind(kind);
  if (!known) return [{ pointer: '/kind', message: 'there is no such kind' }];
  const keyErrors = KEY.test(key) ? [] : [{ pointer: '/key', message: 'must be small letters, digits and hyphens' }];
  return [...keyErrors, ...checkData(known, data)];
}

function flatten(found: readonly ValidationError[], pointer: string): FieldError[] {
  return found.flatMap(({ property, constraints = {}, children = [], value }) => {
    const at = `${pointer}/${property.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    const names = Object.keys(constraints);
    const name = MOST_BASIC.find((each) => names.includes(each)) ?? names[0];
    const message = name === undefined ? null : (WORDINGS[name] ?? constraints[name] ?? '');
    const isMissing = value === undefined && name !== 'whitelistValidation';
    const own = message === null ? [] : [{ pointer: at, message: isMissing ? 'is required' : message }];
    return [...own, ...flatten(children, at)];
  });
}
