import type { TestingModule } from '@nestjs/testing';
import { runAs } from '@app/platform';
import { Secret, TOTP } from 'otpauth';
import { FirstAdministrator, LocalSignIn, type OneTimeSignIn } from '../index';
import { AccessUnderTest, STRANGER } from '../testing/access.fixture';

const PASSWORD = 'heron lantern gravel tuesday';

describe('LocalSignIn', () => {
  let access: AccessUnderTest;
  let module: TestingModule;
  let signIn: LocalSignIn;
  let first: OneTimeSignIn;
  let secret = '';
  let recovery: readonly string[] = [];

  const asStranger = <T>(work: () => Promise<T>): Promise<T> => runAs(STRANGER, work);
  const codeAt = (ms: number): string => new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: ms });
  const begin = (password = PASSWORD, email = first.email, address = '192.0.2.1'): Promise<string> =>
    asStranger(() => signIn.begin(email, password, address));
  const unblock = (): Promise<unknown> => access.sql(module, `DELETE FROM sign_in_hindrance`);

  beforeAll(async () => {
    access = await AccessUnderTest.start();
    module = await access.module({ POSTBAG_DEMO: '0' });
    signIn = module.get(LocalSignIn);
  });
  afterAll(() => access.stop());
  afterEach(unblock);

  it('makes one administrator where there is none, and another password until the first was used', async () => {
    const maker = module.get(FirstAdministrator);
    const [one, two] = await Promise.all([maker.ensure(['west-mercia']), maker.ensure(['west-mercia'])]);
    expect(await access.sql(module, `SELECT count(*)::int AS people FROM person`)).toEqual([{ people: 1 }]);
    expect(one?.password).not.toBe(two?.password);
    first = (await maker.ensure(['west-mercia'])) as OneTimeSignIn;
    expect(first).toEqual({ email: 'administrator@localhost', password: expect.stringMatching(/^(\w{4}-){3}\w{4}$/) });
  });

  it('opens nothing with a one-time password but the page that changes it', async () => {
    const ticket = await begin(first.password);
    await expect(asStranger(() => signIn.step(ticket))).resolves.toMatchObject({ kind: 'new-password' });
    for (const work of [signIn.enrol.bind(signIn), signIn.confirm.bind(signIn)]) {
      await expect(asStranger<unknown>(() => work(ticket, '123456'))).rejects.toMatchObject({
        code: 'access.sign-in-step-over',
      });
    }
  });

  it.each([
    ['short', 'too short!!', 'too short!!', '/password'],
    ['the name', 'First Administrator!', 'First Administrator!', '/password'],
    ['common', 'Password 123456', 'Password 123456', '/password'],
    ['repeated otherwise', PASSWORD, `${PASSWORD}!`, '/repeated'],
  ])('refuses a new password that is %s', async (_, password, repeated, pointer) => {
    const ticket = await begin(first.password);
    await expect(asStranger(() => signIn.chooseFirstPassword(ticket, password, repeated))).rejects.toMatchObject({
      errors: [{ pointer }],
    });
    await expect(
      asStranger(() => signIn.chooseFirstPassword(ticket, first.password, first.password)),
    ).rejects.toMatchObject({ errors: [{ pointer: '/password', message: 'must be another one than before' }] });
  });

  it('goes on with an own password to the second step, and gives the ticket and the old password up', async () => {
    const ticket = await begin(first.password);
    const next = await asStranger(() => signIn.chooseFirstPassword(ticket, PASSWORD, PASSWORD));
    await expect(asStranger(() => signIn.step(ticket))).rejects.toMatchObject({ code: 'access.sign-in-step-over' });
    await expect(begin(first.password)).rejects.toMatchObject({ code: 'access.sign-in-refused' });
    const step = await asStranger(() => signIn.step(next));
    if (step.kind !== 'enrol') throw new Error(step.kind);
    secret = step.secret;
    expect(step.uri).toContain(`secret=${secret}`);
    await expect(asStranger(() => signIn.enrol(next, '000000'))).rejects.toMatchObject({ code: 'access.code-refused' });
    await expect(asStranger(() => signIn.step(next))).resolves.toMatchObject({ kind: 'enrol', secret });
    const { recoveryCodes } = await asStranger(() => signIn.enrol(next, codeAt(Date.now() - 30_000)));
    recovery = recoveryCodes;
    expect(new Set(recovery).size).toBe(10);
    expect(await module.get(FirstAdministrator).ensure(['west-mercia'])).toBeNull();
    expect(await module.get(FirstAdministrator).reset('nobody@post.example')).toBeNull();
  });

  it('takes each code once, also when it comes twice at the same time', async () => {
    const ticket = await begin();
    await expect(asStranger(() => signIn.confirm(ticket, codeAt(Date.now() - 30_000)))).rejects.toMatchObject({
      code: 'access.code-refused',
    });
    const code = codeAt(Date.now());
    const both = await Promise.allSettled([1, 2].map(() => asStranger(() => signIn.confirm(ticket, code))));
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('takes each recovery code once, however it is typed', async () => {
    const ticket = await begin();
    const [code = ''] = recovery;
    const typed = ` ${code.toUpperCase().replace('-', ' ')} `;
    await expect(asStranger(() => signIn.confirm(ticket, typed))).resolves.toMatchObject({ recoveryCodesLeft: 9 });
    await expect(asStranger(() => signIn.confirm(ticket, code))).rejects.toMatchObject({ code: 'access.code-refused' });
  });

  it('blocks after five failures, the same for accounts that do not exist', async () => {
    const tries = async (email: string): Promise<string[]> => {
      const told: string[] = [];
      for (let n = 0; n < 6; n++) {
        const refusal = await begin('not the password', email, `192.0.2.${String(n)}`).catch((error: unknown) => error);
        told.push((refusal as Error).message);
      }
      return told;
    };
    const known = await tries(first.email);
    expect(known.slice(0, 5)).toEqual(Array.from({ length: 5 }, () => 'The e-mail address or the password is wrong.'));
    expect(known[5]).toMatch(/too many attempts.*30 seconds/);
    expect(await tries('nobody@post.example')).toEqual(known);
    // While blocked the right password tells no more than a wrong one.
    await expect(begin(PASSWORD, ' Administrator@LOCALHOST ')).rejects.toMatchObject({
      code: 'access.too-many-attempts',
    });
  });

  it('lets no more guesses through when they come at once, and doubles the wait', async () => {
    const guesses = await Promise.allSettled(Array.from({ length: 12 }, () => begin('not the password')));
    const codes = guesses.map((each) => (each.status === 'rejected' ? (each.reason as { code: string }).code : 'in'));
    expect(codes.filter((code) => code === 'access.sign-in-refused')).toHaveLength(5);
    await access.sql(module, `UPDATE sign_in_hindrance SET blocked_until = clock_timestamp()`);
    await expect(begin('not the password')).rejects.toMatchObject({ code: 'access.sign-in-refused' });
    await expect(begin('not the password')).rejects.toMatchObject({ code: 'access.too-many-attempts', seconds: 60 });
  });

  it('blocks an address that tries many accounts, and counts codes as well', async () => {
    for (let n = 0; n < 50; n++) {
      await begin('x', `nobody-${String(n)}@post.example`, '198.51.100.7').catch(() => undefined);
    }
    await expect(begin(PASSWORD, first.email, '198.51.100.7')).rejects.toMatchObject({
      code: 'access.too-many-attempts',
    });
    await unblock();
    const ticket = await begin();
    for (let n = 0; n < 5; n++) await asStranger(() => signIn.confirm(ticket, '000000')).catch(() => undefined);
    await expect(asStranger(() => signIn.confirm(ticket, '000000'))).rejects.toMatchObject({
      code: 'access.too-many-attempts',
    });
  });

  it('takes about as long for an account that does not exist', async () => {
    const time = async (email: string): Promise<number> => {
      const times: number[] = [];
      for (let n = 0; n < 4; n++) {
        const started = performance.now();
        await begin('not the password', email, `203.0.113.${String(n)}`).catch(() => undefined);
        times.push(performance.now() - started);
      }
      await unblock();
      return times.sort((a, b) => a - b)[1] ?? 0;
    };
    await time('warm-up@post.example');
    const [known, unknown] = [await time(first.email), await time('nobody@post.example')];
    // The hash is most of it: without the hash of nobody it would be a tenth.
    expect(unknown).toBeGreaterThan(known / 3);
    expect(known).toBeGreaterThan(unknown / 3);
  });

  it('gives up a ticket that was changed, made elsewhere or is ten minutes old', async () => {
    const ticket = await begin();
    const now = jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 601_000);
    await expect(asStranger(() => signIn.step(ticket))).rejects.toMatchObject({ code: 'access.sign-in-step-over' });
    now.mockRestore();
    for (const bad of ['', 'x', `${ticket.slice(0, -4)}AAAA`]) {
      await expect(asStranger(() => signIn.step(bad))).rejects.toMatchObject({ code: 'access.sign-in-step-over' });
    }
    const other = await access.module({ POSTBAG_DEMO: '0', POSTBAG_SECRET: 'another secret of thirty-two bytes!' });
    await expect(asStranger(() => other.get(LocalSignIn).step(ticket))).rejects.toMatchObject({
      code: 'access.sign-in-step-over',
    });
  });

  it('lets in with a recovery code when the secret of the installation is gone', async () => {
    const other = await access.module({ POSTBAG_DEMO: '0', POSTBAG_SECRET: 'another secret of thirty-two bytes!' });
    const later = other.get(LocalSignIn);
    const ticket = await asStranger(() => later.begin(first.email, PASSWORD, '192.0.2.9'));
    await expect(asStranger(() => later.confirm(ticket, codeAt(Date.now())))).rejects.toMatchObject({
      code: 'access.code-refused',
    });
    await expect(asStranger(() => later.confirm(ticket, recovery[1] ?? ''))).resolves.toMatchObject({
      recoveryCodesLeft: 8,
    });
  });

  it('changes the password of somebody signed in who knows the old one', async () => {
    const [row] = await access.sql<{ id: string }>(module, `SELECT id FROM person`);
    const id = row?.id ?? '';
    const other = 'quince harbour mittens eleven';
    await expect(asStranger(() => signIn.changePassword(id, 'wrong', other, other))).rejects.toMatchObject({
      errors: [{ pointer: '/current' }],
    });
    await asStranger(() => signIn.changePassword(id, PASSWORD, other, other));
    await expect(begin()).rejects.toMatchObject({ code: 'access.sign-in-refused' });
    await expect(begin(other)).resolves.toEqual(expect.any(String));
  });

  it('keeps no password, code or secret that could be read, and no name in the log', async () => {
    const [row] = await access.sql<{ kept: string; log: string }>(
      module,
      `SELECT (SELECT jsonb_agg(a)::text FROM local_account a) || (SELECT jsonb_agg(c)::text FROM recovery_code c) AS kept,
              (SELECT jsonb_agg(e)::text FROM event_log e) AS log`,
    );
    expect(row?.kept).toMatch(/\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    for (const text of [PASSWORD, secret, Buffer.from(secret).toString('hex'), ...recovery]) {
      expect(row?.kept).not.toContain(text);
      expect(row?.log).not.toContain(text);
    }
    expect(row?.log).not.toMatch(/@localhost|@post/);
    expect(row?.log).toMatch(/access\.sign-in-failed/);
  });
});
