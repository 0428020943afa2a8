import { QueryFailedError } from 'typeorm';
import { safeError } from './safe-error';

describe('safeError', () => {
  it('leaves out what a database quotes and keeps what finds the defect', () => {
    const driver = Object.assign(new Error('duplicate key: (email)=(pat@example.org)'), {
      severity: 'ERROR',
      code: '23505',
      detail: 'Key (email)=(pat@example.org) already exists.',
      table: 'correspondent',
      constraint: 'correspondent_match',
    });
    const safe = safeError(new QueryFailedError('INSERT … VALUES ($1)', ['pat@example.org'], driver));
    expect(JSON.stringify(safe)).not.toContain('pat@');
    expect(safe).toMatchObject({
      type: 'QueryFailedError',
      code: '23505',
      table: 'correspondent',
      constraint: 'correspondent_match',
      cause: { code: '23505' },
    });
    expect(safe.stack).toMatch(/safe-error\.spec/);
  });

  it('leaves out what a parser quotes', () => {
    let thrown: unknown;
    try {
      JSON.parse('Dear Pat Example');
    } catch (error) {
      thrown = error;
    }
    expect(JSON.stringify(safeError(thrown))).not.toContain('Dear');
  });

  it('keeps the message of our own errors, and of their causes', () => {
    const safe = safeError(new Error('Relay stopped', { cause: new Error('Queue is away') }));
    expect(safe).toMatchObject({ message: 'Relay stopped', cause: { message: 'Queue is away' } });
  });

  it('ends with causes that go round, and takes what is no error', () => {
    const error = new Error('round');
    error.cause = new Error('and round', { cause: error });
    expect(JSON.stringify(safeError(error)).length).toBeLessThan(20_000);
    expect(safeError('Pat Example')).toEqual({ type: 'string' });
    expect(safeError(undefined)).toEqual({ type: 'undefined' });
  });
});
