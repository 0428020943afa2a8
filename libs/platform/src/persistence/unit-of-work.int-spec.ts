import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { clerk, LendingDatabase, LendingProcess } from '../testing/boot-lending.fixture';
import { runAs } from './caller';
import { Database } from './database';
import { isUnavailable } from './unavailable';
import { UnitOfWork } from './unit-of-work';

interface Session {
  role: string;
  actor: string;
  offices: string;
  pid: number;
}

describe('UnitOfWork', () => {
  let database: LendingDatabase;
  let lending: LendingProcess;
  let unitOfWork: UnitOfWork;

  beforeAll(async () => {
    database = await LendingDatabase.create();
    // One connection for each pool, so that the next user is sure to get the one that was used before.
    lending = await LendingProcess.boot(database.url, { pools: { system: 1, requests: 1 } });
    unitOfWork = lending.get(UnitOfWork);
  });
  afterAll(async () => {
    await lending.stop();
    await database.drop();
  });

  async function session(): Promise<Session> {
    const [row]: Session[] = await unitOfWork.manager.query(
      `SELECT current_user AS role, pg_backend_pid() AS pid, current_setting('postbag.actor', true) AS actor,
              current_setting('postbag.offices', true) AS offices`,
    );
    if (!row) throw new Error('no row');
    return row;
  }

  const insert = (consumer: string): Promise<unknown> =>
    unitOfWork.manager.query(
      `INSERT INTO effect (consumer, message_id, stream, version, note, actor) VALUES ($1, gen_random_uuid(), '', 0, '', '')`,
      [consumer],
    );
  const effects = (consumer: string): Promise<object[]> =>
    database.rows(`SELECT consumer FROM effect WHERE consumer = $1`, [consumer]);

  it('runs a request as the role that may not bypass row-level security, and tells the database who asks', async () => {
    expect(await lending.asClerk(() => unitOfWork.run(session))).toMatchObject({
      role: 'postbag_app',
      actor: 'person:clerk-1',
      offices: 'west-mercia',
    });
    const [role] = await database.rows(`SELECT rolbypassrls, rolsuper FROM pg_roles WHERE rolname = 'postbag_app'`);
    expect(role).toEqual({ rolbypassrls: false, rolsuper: false });
  });

  it('runs what nobody asked for as the owner', async () => {
    expect((await lending.inTransaction(session)).role).not.toBe('postbag_app');
  });

  it('leaves neither role nor caller on the connection for its next user', async () => {
    const used = await lending.asClerk(() => unitOfWork.run(session));
    await lending.asClerk(() => unitOfWork.run(() => Promise.reject(new Error('no')))).catch(() => undefined);
    const other = { ...clerk, offices: ['staffordshire'], actor: { kind: 'person', id: 'clerk-2' } } as const;
    const next = await runAs(other, () => unitOfWork.run(session));
    expect(next).toMatchObject({ pid: used.pid, actor: 'person:clerk-2', offices: 'staffordshire' });

    const [idle]: Session[] = await lending
      .get(Database)
      .requests.query(
        `SELECT current_user AS role, pg_backend_pid() AS pid, current_setting('postbag.actor', true) AS actor, current_setting('postbag.offices', true) AS offices`,
      );
    expect(idle).toMatchObject({ pid: used.pid, actor: '', offices: '' });
    expect(idle?.role).not.toBe('postbag_app');
  });

  it('refuses to work for nobody and outside a transaction', async () => {
    await expect(unitOfWork.run(session)).rejects.toThrow('No caller');
    expect(() => unitOfWork.manager).toThrow('outside UnitOfWork.run()');
    expect(() => unitOfWork.afterCommit(() => undefined)).toThrow('outside UnitOfWork.run()');
  });

  it('joins the outer transaction when nested, and both roll back together', async () => {
    const failed = lending.asClerk(() =>
      unitOfWork.run(async () => {
        await insert('outer');
        await unitOfWork.run(() => insert('inner'));
        throw new Error('afterwards');
      }),
    );
    await expect(failed).rejects.toThrow('afterwards');
    expect([...(await effects('outer')), ...(await effects('inner'))]).toEqual([]);
  });

  it('calls back after the commit, in order, and the rows are there by then', async () => {
    const seen: unknown[] = [];
    await lending.asClerk(() =>
      unitOfWork.run(async () => {
        unitOfWork.afterCommit(() => seen.push('first'));
        await unitOfWork.run(() => Promise.resolve(unitOfWork.afterCommit(() => seen.push('nested'))));
        await insert('callback');
        expect(seen).toEqual([]);
      }),
    );
    expect(seen).toEqual(['first', 'nested']);
    expect(await effects('callback')).toHaveLength(1);
  });

  it('does not call back when it rolls back', async () => {
    const seen: unknown[] = [];
    const failed = lending.asClerk(() =>
      unitOfWork.run(() => {
        unitOfWork.afterCommit(() => seen.push('called'));
        return Promise.reject(new Error('no'));
      }),
    );
    await expect(failed).rejects.toThrow('no');
    expect(seen).toEqual([]);
  });

  it('does not let a failing call-back make a committed request look like a failed one', async () => {
    const seen: unknown[] = [];
    const logged = jest.spyOn(Logger.prototype, 'error').mockReturnValue();
    const done = lending.asClerk(() =>
      unitOfWork.run(async () => {
        unitOfWork.afterCommit(() => {
          throw new Error('a listener failed');
        });
        unitOfWork.afterCommit(() => seen.push('still called'));
        await insert('committed');
        return 'done';
      }),
    );
    await expect(done).resolves.toBe('done');
    expect(await effects('committed')).toHaveLength(1);
    expect(seen).toEqual(['still called']);
    expect(logged).toHaveBeenCalledWith(
      'A call-back after a commit failed',
      expect.stringContaining('a listener failed'),
    );
    logged.mockRestore();
  });

  it('does not report a commit when a statement failed and nobody passed it on', async () => {
    const seen: unknown[] = [];
    // Often, because the answer to the statement and the end of it may come apart.
    for (let time = 0; time < 30; time += 1) {
      const done = lending.asClerk(() =>
        unitOfWork.run(async () => {
          unitOfWork.afterCommit(() => seen.push('called'));
          await insert('swallowed');
          await unitOfWork.manager.query(`SELECT 1 / 0`).catch(() => undefined);
          return 'done';
        }),
      );
      await expect(done).rejects.toThrow('rolled back');
    }
    expect(await effects('swallowed')).toEqual([]);
    expect(seen).toEqual([]);
  });

  it('goes on after a statement that failed inside a savepoint', async () => {
    await lending.asClerk(() =>
      unitOfWork.run(async (manager) => {
        await insert('savepoint');
        await manager.transaction((inner) => inner.query(`SELECT 1 / 0`)).catch(() => undefined);
      }),
    );
    expect(await effects('savepoint')).toHaveLength(1);
  });

  it.each([
    ['at the next statement', 0],
    ['in between', 50],
  ])(
    'rejects when the connection is killed and we notice %s, and the next request gets another',
    async (_when, pauseMs) => {
      let killed = 0;
      const broken = lending.asClerk(() =>
        unitOfWork.run(async () => {
          await insert('killed');
          killed = (await session()).pid;
          await database.rows(`SELECT pg_terminate_backend($1)`, [killed]);
          await sleep(pauseMs);
          await insert('killed');
        }),
      );
      const error: unknown = await broken.catch((reason: unknown) => reason);
      expect(isUnavailable(error)).toBe(true);
      const next = await lending.asClerk(() => unitOfWork.run(session));
      expect(next.pid).not.toBe(killed);
      expect(next.role).toBe('postbag_app');
      expect(await effects('killed')).toEqual([]);
    },
  );

  it('survives the death of a connection that nobody was using', async () => {
    const { pid } = await lending.asClerk(() => unitOfWork.run(session));
    await database.rows(`SELECT pg_terminate_backend($1)`, [pid]);
    await sleep(50);
    expect((await lending.asClerk(() => unitOfWork.run(session))).pid).not.toBe(pid);
  });

  it('gives the connection back even when the commit itself fails', async () => {
    await database.rows(
      `CREATE TABLE late (id integer PRIMARY KEY, other integer, CONSTRAINT late_other FOREIGN KEY (other) REFERENCES late DEFERRABLE INITIALLY DEFERRED)`,
    );
    const failed = lending.inTransaction(() => unitOfWork.manager.query(`INSERT INTO late VALUES (1, 99)`));
    await expect(failed).rejects.toThrow('late_other');
    expect(await lending.inTransaction(session)).toMatchObject({ actor: null });
  });
});
