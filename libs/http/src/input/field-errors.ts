import type { FieldError } from '@app/kernel';
import type { ValidationError } from 'class-validator';
import { plainMessage } from './plain-message';
import { escapePointer } from './storable';

/** What is said when several things are wrong with one part: the most basic of them. */
const MOST_BASIC = [
  'whitelistValidation',
  'isDefined',
  'unknownValue',
  'isArray',
  'nestedValidation',
  'isObject',
  'isString',
  'isNumber',
  'isInt',
  'isBoolean',
  'isNotEmpty',
  'isIn',
];

/** One error for each wrong part, in the order of the fields, entries of nested lists too. */
export function fieldErrors(found: readonly ValidationError[], pointer = ''): FieldError[] {
  return found.flatMap((error) => {
    const at = `${pointer}/${escapePointer(error.property)}`;
    const own = ownMessage(error);
    return [...(own === null ? [] : [{ pointer: at, message: own }]), ...fieldErrors(error.children ?? [], at)];
  });
}

function ownMessage({ constraints = {}, value, property }: ValidationError): string | null {
  const failed = Object.keys(constraints);
  const constraint = MOST_BASIC.find((each) => failed.includes(each)) ?? failed[0];
  if (constraint === undefined) return null;
  if (value === undefined && constraint !== 'whitelistValidation') return 'is required';
  return plainMessage(constraint, constraints[constraint] ?? '', property);
}
