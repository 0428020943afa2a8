import type { FieldError } from '@app/kernel';
import { PersonRefused } from './person.errors';

const EMAIL = /^[^\s@<>()",;]{1,64}@[^\s@<>()",;]{1,189}$/;

/** Name and address as they are kept. @throws PersonRefused naming the field */
export function requireGoodDetails(name: string, email: string): { readonly name: string; readonly email: string } {
  const details = { name: name.replace(/\s+/g, ' ').trim(), email: email.trim() };
  const errors: FieldError[] = [];
  if (details.name === '') errors.push({ pointer: '/name', message: 'must not be empty' });
  else if (details.name.length > 200) errors.push({ pointer: '/name', message: 'must have at most 200 characters' });
  if (!EMAIL.test(details.email)) errors.push({ pointer: '/email', message: 'must be an e-mail address' });
  if (errors.length > 0) throw new PersonRefused(errors);
  return details;
}
