import { randomUUID } from 'node:crypto';
import { RequestMethod } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants';
import { PERMISSIONS, ROLES, Tokens, type Role } from '@app/access';
import { RouteRules } from '@app/http';
import { Engine } from '@app/platform';
import { ACCESS_TABLE, HOLDERS } from './access-table';
import { eventually } from './setup/eventually';
import { freePort, RunningPages } from './setup/running-pages';

/** A seat: a role in an office, and whether the case at hand is hidden from it. */
interface Seat {
  readonly role: Role;
  readonly token: string;
}

interface Answer {
  readonly status: number;
  readonly location: string;
  readonly text: string;
}

const OFFICE = 'warwickshire';
const SECRET_WORDS = 'Zanzibar marmalade';

describe('Every endpoint and page × role × office × restriction', () => {
  let service: RunningPages;
  const own = {} as Record<Role, Seat>;
  const foreign = {} as Record<Role, Seat>;
  const open = { reference: '', id: '' };
  const restricted = { reference: '', id: '' };

  beforeAll(async () => {
    service = await RunningPages.start(await freePort());
    await service.app.get(Engine).start(() => undefined);
    for (const role of ROLES) {
      own[role] = await seat(role, OFFICE);
      foreign[role] = await seat(role, 'staffordshire');
    }
    Object.assign(open, await logged('Open'));
    Object.assign(restricted, await logged('Restricted'));
    await eventually(async () => expect(await service.sql(`SELECT FROM outbox`)).toEqual([]), 20_000);
    const body = { people: [], reason: 'Named people only.' };
    const keeper = await seat('manager', OFFICE);
    const path = `/api/v1/cases/${restricted.reference}/restrict`;
    expect((await ask(keeper, 'POST', path, JSON.stringify(body))).status).toBe(200);
  }, 120_000);

  afterAll(() => service?.stop());

  async function seat(role: Role, office: string): Promise<Seat> {
    const request = { role, offices: [office], label: role, expiresInDays: 1 };
    return { role, token: await service.app.get(Tokens).mint(request, 'command:token') };
  }

  async function logged(name: string): Promise<{ reference: string; id: string }> {
    const letter = {
      channel: 'letter',
      subject: `${SECRET_WORDS} ${name}`,
      body: 'About the market.',
      correspondent: { name: `${SECRET_WORDS} Person`, email: `${name.toLowerCase()}@mail.example` },
      office: OFFICE,
    };
    const { status, text } = await ask(own.caseworker, 'POST', '/api/v1/correspondence', JSON.stringify(letter));
    expect(status).toBe(201);
    return JSON.parse(text) as { reference: string; id: string };
  }

  async function ask(who: Seat | null, method: string, path: string, body?: string): Promise<Answer> {
    const isPage = !path.startsWith('/api/');
    const response = await fetch(`${service.url}${path}`, {
      method,
      redirect: 'manual',
      headers: {
        accept: isPage ? 'text/html' : 'application/json',
        ...(who === null ? {} : { authorization: `Bearer ${who.token}` }),
        ...(body === undefined
          ? {}
          : { 'content-type': isPage ? 'application/x-www-form-urlencoded' : 'application/json' }),
      },
      ...(body === undefined ? {} : { body }),
    });
    return { status: response.status, location: response.headers.get('location') ?? '', text: await response.text() };
  }

  /** The declared routes: `GET /staff/cases/:reference`. */
  function routes(): [string, string, string][] {
    const found: [string, string, string][] = [];
    for (const { controller, method, rule } of service.app.get(RouteRules).routes()) {
      const handler = (controller.prototype as Record<string, object>)[method] as object;
      const verb = RequestMethod[Reflect.getMetadata(METHOD_METADATA, handler) as number];
      for (const base of [Reflect.getMetadata(PATH_METADATA, controller) as string | string[]].flat()) {
        for (const part of [Reflect.getMetadata(PATH_METADATA, handler) as string | string[]].flat()) {
          const path = [base, part].map((text) => text.replace(/^\/+|\/+$/g, '')).filter((text) => text !== '');
          const permission = rule?.access === 'permission' ? rule.permission : 'public';
          found.push([`${String(verb)} /${path.join('/')}`, permission, rule?.audit ?? '-']);
        }
      }
    }
    return found;
  }

  function addressOf(route: string, reference: string): { method: string; path: string } {
    const [method = '', path = ''] = route.split(' ');
    const parts: Record<string, string> = {
      reference,
      queue: 'casework',
      kind: 'queue',
      key: 'casework',
      action: 'take',
    };
    return { method, path: path.replace(/:(\w+)/g, (_, name: string) => parts[name] ?? randomUUID()) };
  }

  it('is what the table says, route by route', () => {
    expect(
      routes()
        .map((row) => row.join(' '))
        .sort(),
    ).toEqual(ACCESS_TABLE.map((row) => row.join(' ')).sort());
    expect(Object.keys(HOLDERS).sort()).toEqual([...PERMISSIONS].sort());
  });

  it.each(ACCESS_TABLE.filter(([, permission]) => permission !== 'public'))(
    '%s lets in those who hold %s, and nobody else',
    async (route, permission) => {
      const { method, path } = addressOf(route, open.reference);
      const isPage = !path.startsWith('/api/');
      const stranger = await ask(null, method, path);
      if (isPage && method === 'GET') {
        expect(stranger).toMatchObject({
          status: 303,
          location: expect.stringMatching(/^\/sign-in\?next=/) as unknown,
        });
      } else expect([401, 303]).toContain(stranger.status);
      expect(stranger.text).not.toContain(SECRET_WORDS);
      for (const role of ROLES) {
        const { status, text } = await ask(own[role], method, path);
        const isHolder = HOLDERS[permission]?.includes(role) ?? false;
        // Who holds it is let in, and may still be told what is wrong with an empty form.
        expect([role, status === 403, status < 500]).toEqual([role, !isHolder, true]);
        if (!isHolder) expect(text).not.toContain(SECRET_WORDS);
      }
    },
  );

  it.each(ACCESS_TABLE.filter(([route, permission]) => route.includes(':reference') && permission !== 'public'))(
    '%s knows nothing of a case of another office, or one restricted to others',
    async (route, permission) => {
      for (const role of HOLDERS[permission] as readonly Role[]) {
        for (const [who, reference] of [
          [foreign[role], open.reference],
          [own[role], restricted.reference],
        ] as const) {
          const { method, path } = addressOf(route, reference);
          const { status, text } = await ask(who, method, path);
          // An empty body may be refused before the case is looked for; the answer is the same for any reference.
          if (method === 'GET') expect([role, path, status]).toEqual([role, path, 404]);
          else expect([400, 404, 415, 422]).toContain(status);
          expect(text).not.toContain(SECRET_WORDS);
        }
      }
    },
  );

  it.each(ACCESS_TABLE.filter(([route]) => route.startsWith('GET') && !route.includes(':')))(
    '%s lists nothing of them either',
    async (route, permission) => {
      const { method, path } = addressOf(route, '');
      const roles = permission === 'public' ? [] : (HOLDERS[permission] as readonly Role[]);
      for (const role of roles) {
        expect((await ask(foreign[role], method, path)).text).not.toContain(open.reference);
        // The certificate names a case that is overlooked to everybody who may ask for it, without its content.
        expect((await ask(own[role], method, path)).text).not.toContain(restricted.reference);
      }
      expect((await ask(null, method, path)).text).not.toContain(open.reference);
    },
  );

  it('leaves what was tried as it was', async () => {
    const [row] = await service.sql<{ assignee: string | null; status: string }>(
      `SELECT assignee, status FROM case_file WHERE id = $1`,
      [restricted.id],
    );
    expect(row).toMatchObject({ assignee: null });
    const events = await service.sql(
      `SELECT type FROM event_log WHERE stream = $1 AND type ~ 'taken|closed|allocated|note'`,
      [`case-${restricted.id}`],
    );
    expect(events).toEqual([]);
  });
});
