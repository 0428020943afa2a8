import { isEmail } from 'class-validator';

/** What is wrong with an address at which an office receives; null for a good one. */
export function mailboxProblem(line: string): string | null {
  if (!isEmail(line, { allow_utf8_local_part: false })) return 'must be an e-mail address such as name@example.org';
  return line.includes('+') ? 'must not contain a plus sign: what follows one is read as our reference' : null;
}
