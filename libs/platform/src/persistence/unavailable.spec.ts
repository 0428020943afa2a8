import { QueryFailedError } from 'typeorm';
import { ConnectionLost, isUnavailable } from './unavailable';

const failed = (code: string): Error =>
  new QueryFailedError('SELECT 1', [], Object.assign(new Error('as PostgreSQL says'), { code }));

describe('isUnavailable', () => {
  it.each([
    ['a refused connection', Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })],
    ['a connection that was reset', Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' })],
    ['a full disk', failed('53100')],
    ['too many connections', failed('53300')],
    ['a server that is shutting down', failed('57P01')],
    ['a server that is starting up', failed('57P03')],
    ['a statement that took too long', failed('57014')],
    ['a lock that was not had in time', failed('55P03')],
    ['a dead-lock', failed('40P01')],
    ['a connection that broke in a transaction', new ConnectionLost()],
    ['a pool without a free connection', new Error('timeout exceeded when trying to connect')],
    ['such an error inside another', new Error('could not save', { cause: failed('08006') })],
  ])('says so of %s', (_what, error) => {
    expect(isUnavailable(error)).toBe(true);
  });

  it.each([
    ['a violated constraint', failed('23505')],
    ['bad input', failed('22P02')],
    ['a missing right', failed('42501')],
    ['a defect', new TypeError('x is not a function')],
    ['what is no error', 'ECONNREFUSED'],
    ['nothing', undefined],
  ])('does not say so of %s', (_what, error) => {
    expect(isUnavailable(error)).toBe(false);
  });

  it('ends when errors cause each other', () => {
    const one: Error & { cause?: unknown } = new Error('one');
    one.cause = new Error('other', { cause: one });
    expect(isUnavailable(one)).toBe(false);
  });
});
