import type { TestingModule } from '@nestjs/testing';
import { LogVerifier, UnitOfWork, runAs, systemCaller } from '@app/platform';
import { DEMONSTRATION_PEOPLE, LoadDemonstrationPeople, People, Sessions, Tokens } from '../index';
import { AccessUnderTest, caller, STRANGER } from '../testing/access.fixture';

describe('Sessions', () => {
  let access: AccessUnderTest;
  let module: TestingModule;
  let sessions: Sessions;
  const [casey, morgan] = DEMONSTRATION_PEOPLE.map(({ id }) => id);
  const begin = (person = casey ?? '', replaces: string | null = null): Promise<string> =>
    runAs(STRANGER, async () => (await sessions.begin(person, 'demonstration', { replaces })).cookie);

  beforeAll(async () => {
    access = await AccessUnderTest.start();
    module = await access.module();
    sessions = module.get(Sessions);
    await module.get(LoadDemonstrationPeople).run();
    await module.get(LoadDemonstrationPeople).run();
  });
  afterAll(() => access.stop());

  it('knows whom a cookie stands for, keeps no copy of it, and gives each its own form token', async () => {
    const [cookie, other] = [await begin(), await begin()];
    const found = await sessions.verify(cookie);
    expect(found).toMatchObject({
      actor: { kind: 'person', id: casey },
      role: 'caseworker',
      offices: ['west-mercia'],
      personName: 'Casey Inkwell',
    });
    expect((await sessions.verify(other))?.csrfToken).not.toBe(found?.csrfToken);
    const [row] = await access.sql<{ kept: string }>(module, `SELECT jsonb_agg(s)::text AS kept FROM session s`);
    expect(row?.kept).not.toContain(cookie);
    expect(row?.kept).not.toContain(found?.csrfToken);
  });

  it('refuses a cookie that is unknown, ended here or ended in another process', async () => {
    await expect(sessions.verify('x'.repeat(43))).resolves.toBeNull();
    await expect(sessions.verify(`' OR 1=1 --`)).resolves.toBeNull();
    const cookie = await begin();
    await runAs(STRANGER, () => sessions.end(cookie));
    await expect(sessions.verify(cookie)).resolves.toBeNull();
    const second = await begin();
    const elsewhere = (await access.module()).get(Sessions);
    await runAs(STRANGER, () => elsewhere.end(second));
    await expect(sessions.verify(second)).resolves.toBeNull();
  });

  it('ends the session that a browser had when somebody signs in there again', async () => {
    const planted = await begin(morgan);
    const own = await begin(casey, planted);
    await expect(sessions.verify(planted)).resolves.toBeNull();
    await expect(sessions.verify(own)).resolves.toMatchObject({ actor: { id: casey } });
  });

  it.each([
    ['idle for an hour', `last_seen_at = clock_timestamp() - interval '3601 seconds'`],
    ['twelve hours old', `expires_at = clock_timestamp()`],
  ])('ends a session that is %s', async (_, change) => {
    const cookie = await begin();
    await access.sql(module, `UPDATE session SET ${change} WHERE ended_at IS NULL`);
    await expect((await access.module()).get(Sessions).verify(cookie)).resolves.toBeNull();
  });

  it('is kept alive by what somebody does, not by a page that asks by itself', async () => {
    const cookie = await begin();
    const age = `extract(epoch FROM clock_timestamp() - last_seen_at)::int`;
    await access.sql(module, `UPDATE session SET last_seen_at = clock_timestamp() - interval '50 minutes'`);
    await (await access.module()).get(Sessions).verify(cookie, { isActivity: false });
    expect(await access.sql(module, `SELECT max(${age}) >= 3000 AS old FROM session`)).toEqual([{ old: true }]);
    await (await access.module()).get(Sessions).verify(cookie);
    expect(await access.sql(module, `SELECT min(${age}) < 60 AS fresh FROM session`)).toEqual([{ fresh: true }]);
  });

  it('signs out everywhere, at once, and nobody else', async () => {
    const cookies = [await begin(), await begin(), await begin(morgan)];
    await Promise.all(cookies.map((cookie) => sessions.verify(cookie)));
    await runAs(STRANGER, () => sessions.endAll(casey ?? '', 'signed-out-everywhere'));
    const left = await Promise.all(cookies.map((cookie) => sessions.verify(cookie)));
    expect(left.map((each) => each?.actor.id ?? null)).toEqual([null, null, morgan]);
  });

  it('is nobody’s once the last role is over, and outside the demonstration', async () => {
    const cookie = await begin(morgan);
    await expect((await access.module({ POSTBAG_DEMO: '0' })).get(Sessions).verify(cookie)).resolves.toBeNull();
    await access.sql(module, `UPDATE role_held SET valid_to = current_date - 1 WHERE person_id = $1`, [morgan]);
    await expect((await access.module()).get(Sessions).verify(cookie)).resolves.toBeNull();
    await access.sql(module, `UPDATE role_held SET valid_to = NULL WHERE person_id = $1`, [morgan]);
  });

  it('is in the log, without anybody’s name, in chains that verify', async () => {
    const events = await access.sql<{ type: string; stream: string }>(
      module,
      `SELECT DISTINCT type, left(stream, 7) AS stream FROM event_log WHERE type LIKE 'access.s%' ORDER BY type`,
    );
    expect(events).toEqual([
      { type: 'access.session-ended', stream: 'session' },
      { type: 'access.signed-in', stream: 'session' },
    ]);
    const [row] = await access.sql<{ log: string }>(module, `SELECT jsonb_agg(data)::text AS log FROM event_log`);
    expect(row?.log).not.toMatch(/Casey|Inkwell|@/);
    const verification = await runAs(systemCaller('test'), () => module.get(LogVerifier).verify());
    expect(verification).toMatchObject({ ok: true });
  });

  it('lets the role of requests write none of it, and read no more than it needs', async () => {
    const as = (sql: string): Promise<unknown> =>
      runAs(caller('administrator', ['west-mercia']), () =>
        module.get(UnitOfWork).run((manager): Promise<unknown> => manager.query(sql)),
      );
    for (const sql of [
      `INSERT INTO role_held SELECT person_id, 'administrator', office, valid_from FROM role_held LIMIT 1`,
      `UPDATE role_held SET role = 'administrator'`,
      `UPDATE person SET email = 'mine@post.example'`,
      `DELETE FROM person`,
      `INSERT INTO session (id, token_hash, person_id, method, expires_at, idle_seconds)
       SELECT gen_random_uuid(), '\\x00', id, 'password', now() + interval '1 day', 60 FROM person LIMIT 1`,
      `UPDATE session SET ended_at = NULL`,
      `UPDATE session SET person_id = person_id`,
      `SELECT external_token FROM session`,
      `INSERT INTO api_token SELECT * FROM api_token`,
      `UPDATE api_token SET revoked_at = NULL`,
      `DELETE FROM api_token`,
      `SELECT * FROM local_account`,
      `SELECT * FROM recovery_code`,
      `SELECT * FROM sign_in_hindrance`,
      `SELECT * FROM external_identity`,
    ]) {
      await expect(as(sql)).rejects.toThrow('permission denied');
    }
  });

  it('tells who works where, and what an id is called', async () => {
    const people = module.get(People);
    const tokens = module.get(Tokens);
    const token = await tokens.mint(
      { role: 'service', offices: ['warwickshire'], label: 'Website', expiresInDays: 1 },
      'test',
    );
    const tokenId = (await tokens.verify(token))?.tokenId ?? '';
    await runAs(caller('manager', ['warwickshire']), async () => {
      const found = await people.forOffices(['warwickshire']);
      expect(found.map(({ name, role, offices }) => [name, role, offices.length])).toEqual([
        ['Ada Keyring', 'administrator', 4],
        ['Beatrice Envelope', 'caseworker', 1],
        ['Percy Sealingwax', 'manager', 3],
        ['Wren Foolscap', 'review-manager', 4],
      ]);
      expect(await people.forOffices([])).toEqual([]);
      const names = await people.names([casey ?? '', tokenId, 'anonymous', '00000000-0000-4000-8000-000000000000']);
      expect([...names]).toEqual([
        [casey, 'Casey Inkwell'],
        [tokenId, 'Website'],
      ]);
    });
  });
});
