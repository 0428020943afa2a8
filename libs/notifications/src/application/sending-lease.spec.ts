import type { Clock } from '@app/kernel';
import type { UnitOfWork } from '@app/platform';
import { SendingLease } from './sending-lease';

const clock: Clock = { now: () => new Date(0) };

/** A database that fails as told, then works. */
function leaseOver(failures: Error[]): SendingLease {
  const unitOfWork = {
    run: (work: () => Promise<unknown>) => {
      const failure = failures.shift();
      return failure ? Promise.reject(failure) : work();
    },
  };
  return new SendingLease(unitOfWork as unknown as UnitOfWork, clock);
}

describe('recording what has happened outside', () => {
  it('goes on trying while the database is away', async () => {
    const failures = [
      Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }),
      new Error('Connection terminated'),
    ];
    await expect(leaseOver(failures).insist(() => Promise.resolve('recorded'))).resolves.toBe('recorded');
    expect(failures).toEqual([]);
  });

  it('does not repeat what will fail again', async () => {
    const failures = [new Error('syntax error'), new Error('another')];
    await expect(leaseOver(failures).insist(() => Promise.resolve())).rejects.toThrow('syntax error');
    expect(failures).toHaveLength(1);
  });
});
