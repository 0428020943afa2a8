import { Test, type TestingModule } from '@nestjs/testing';
import {
  LogVerifier,
  PlatformModule,
  UnitOfWork,
  readConfig,
  runAs,
  systemCaller,
  type Caller,
  type Config,
} from '@app/platform';
import { createTestDatabase } from '../../../../test/setup/database';
import { AccessModule, AccessRecords, Tokens, accessContext } from '../index';

const secret = 'a secret of at least thirty-two bytes';
const request = { role: 'caseworker', offices: ['west-mercia'], label: 'Night desk', expiresInDays: 30 } as const;

describe('Tokens', () => {
  let database: Awaited<ReturnType<typeof createTestDatabase>>;
  const open: TestingModule[] = [];

  async function start(env: NodeJS.ProcessEnv = {}): Promise<TestingModule> {
    const config: Config = readConfig(env);
    const module = await Test.createTestingModule({
      imports: [
        PlatformModule.register({
          config,
          databaseUrl: database.url,
          contexts: [accessContext],
          onError: () => undefined,
          pools: { system: 3, requests: 3 },
        }),
        AccessModule,
      ],
    }).compile();
    await module.init();
    open.push(module);
    return module;
  }

  function query<T>(module: TestingModule, sql: string, parameters: unknown[] = []): Promise<T[]> {
    return runAs(systemCaller('test'), () =>
      module.get(UnitOfWork).run((manager): Promise<T[]> => manager.query(sql, parameters)),
    );
  }

  beforeAll(async () => {
    database = await createTestDatabase();
  });

  afterAll(async () => {
    for (const module of open) await module.close();
    await database.drop();
  });

  it('knows whom a minted token stands for and keeps no copy of it', async () => {
    const module = await start();
    const token = await module.get(Tokens).mint(request, 'command:token');
    const identity = await module.get(Tokens).verify(token);
    expect(identity).toMatchObject({ role: 'caseworker', offices: ['west-mercia'], actor: { kind: 'person' } });
    expect(identity?.actor.id).toBe(identity?.tokenId);
    const [row] = await query<{ kept: string }>(module, `SELECT to_jsonb(t)::text AS kept FROM api_token t`);
    expect(row?.kept).toContain('Night desk');
    expect(row?.kept).not.toContain(token.slice(3));
  });

  it('records minting and revoking without the label, in a chain that verifies', async () => {
    const module = await start();
    const tokens = module.get(Tokens);
    const id = (await tokens.verify(await tokens.mint({ ...request, label: 'Pat Example' }, 'command:token')))?.tokenId;
    await tokens.revoke(id ?? '');
    const events = await query<{ type: string; data: object; office: string }>(
      module,
      `SELECT type, data, office FROM event_log WHERE stream = $1 ORDER BY version`,
      [`api-token-${String(id)}`],
    );
    expect(events.map((event) => event.type)).toEqual(['access.token-minted', 'access.token-revoked']);
    expect(events[0]).toMatchObject({ data: { tokenId: id, role: 'caseworker' }, office: 'west-mercia' });
    expect(JSON.stringify(events)).not.toContain('Pat');
    const verification = await runAs(systemCaller('test'), () => module.get(LogVerifier).verify());
    expect(verification).toMatchObject({ ok: true });
  });

  it('refuses a revoked token at once, and revokes it only once', async () => {
    const module = await start();
    const tokens = module.get(Tokens);
    const token = await tokens.mint(request, 'command:token');
    const id = (await tokens.verify(token))?.tokenId ?? '';
    await tokens.revoke(id);
    await expect(tokens.verify(token)).resolves.toBeNull();
    await expect(tokens.revoke(id)).rejects.toMatchObject({ code: 'access.token-not-found' });
  });

  it('refuses an expired token although it was good a moment ago', async () => {
    const module = await start();
    const tokens = module.get(Tokens);
    const token = await tokens.mint(request, 'command:token');
    const id = (await tokens.verify(token))?.tokenId;
    await query(module, `UPDATE api_token SET expires_at = clock_timestamp() WHERE id = $1`, [id]);
    const other = await start();
    await expect(other.get(Tokens).verify(token)).resolves.toBeNull();
    const now = jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 31 * 86_400_000);
    await expect(tokens.verify(token)).resolves.toBeNull();
    now.mockRestore();
  });

  it('asks the database once for many requests that arrive together', async () => {
    const module = await start();
    const token = await module.get(Tokens).mint(request, 'command:token');
    const other = (await start()).get(Tokens);
    const run = jest.spyOn(UnitOfWork.prototype, 'run');
    const identities = await Promise.all(Array.from({ length: 50 }, () => other.verify(token)));
    await other.verify(token);
    expect(identities.every((identity) => identity?.role === 'caseworker')).toBe(true);
    expect(run).toHaveBeenCalledTimes(1);
    run.mockRestore();
  });

  it('refuses what is no token without asking the database', async () => {
    const tokens = (await start()).get(Tokens);
    const run = jest.spyOn(UnitOfWork.prototype, 'run');
    for (const text of ['', 'pb_', 'pb_short', `pb_${'a'.repeat(44)}`, `${'a'.repeat(46)}`, `pb_${"'".repeat(43)}`]) {
      await expect(tokens.verify(text)).resolves.toBeNull();
    }
    expect(run).not.toHaveBeenCalled();
    run.mockRestore();
  });

  it('names every wrong part of a request for a token', async () => {
    const tokens = (await start()).get(Tokens);
    await expect(
      tokens.mint({ role: 'root' as never, offices: [], label: '', expiresInDays: 0 }, 'command:token'),
    ).rejects.toMatchObject({
      kind: 'invalid',
      errors: [{ pointer: '/role' }, { pointer: '/offices' }, { pointer: '/expiresInDays' }],
    });
  });

  it('gives the same demonstration token after a restart, and another to another role, office or secret', async () => {
    const before = (await start()).get(Tokens);
    const after = (await start()).get(Tokens);
    const token = await before.demoToken(secret, 'manager', ['west-mercia']);
    await expect(after.demoToken(secret, 'manager', ['west-mercia'])).resolves.toBe(token);
    await expect(after.verify(token)).resolves.toMatchObject({ role: 'manager' });
    const others = await Promise.all([
      after.demoToken(secret, 'auditor', ['west-mercia']),
      after.demoToken(secret, 'manager', ['warwickshire']),
      after.demoToken(`${secret}!`, 'manager', ['west-mercia']),
    ]);
    expect(new Set([token, ...others]).size).toBe(4);
  });

  it('keeps a revoked demonstration token revoked', async () => {
    const tokens = (await start()).get(Tokens);
    const token = await tokens.demoToken(secret, 'commissioner', ['staffordshire']);
    await tokens.revoke((await tokens.verify(token))?.tokenId ?? '');
    await tokens.demoToken(secret, 'commissioner', ['staffordshire']);
    await expect(tokens.verify(token)).resolves.toBeNull();
  });

  it('refuses demonstration tokens outside demonstration mode, also those made before', async () => {
    const token = await (await start()).get(Tokens).demoToken(secret, 'manager', ['west-midlands']);
    const real = (await start({ POSTBAG_DEMO: '0' })).get(Tokens);
    await expect(real.verify(token)).resolves.toBeNull();
    await expect(real.demoToken(secret, 'manager', ['west-midlands'])).rejects.toThrow('demonstration mode');
  });

  it('records reading under the role that serves requests, and lets nobody rewrite it there', async () => {
    const module = await start();
    const caller: Caller = {
      actor: { kind: 'person', id: 'p-1' },
      role: 'caseworker',
      offices: ['west-mercia'],
      system: false,
      correlationId: 'request-1',
      causationId: null,
    };
    const records = module.get(AccessRecords);
    const caseId = '0b0f6a3e-0000-4000-8000-000000000001';
    await runAs(caller, () => records.record('case-read', [{ office: 'west-mercia', caseId }]));
    expect(records.hasRecorded(caller)).toBe(true);
    const rows = await query(module, `SELECT actor, office, case_id, action, correlation_id FROM access_record`);
    expect(rows).toEqual([
      { actor: 'person:p-1', office: 'west-mercia', case_id: caseId, action: 'case-read', correlation_id: 'request-1' },
    ]);
    await expect(
      runAs(caller, () => module.get(UnitOfWork).run((manager) => manager.query(`DELETE FROM access_record`))),
    ).rejects.toThrow('permission denied');
  });
});
