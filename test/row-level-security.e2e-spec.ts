import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { RunningApi, type Body, type Client as ApiClient } from './setup/running-api';

/** What the database lets the application's role see, asked by SQL as that role, past every line of the application. */
interface Seat {
  readonly role: string;
  readonly offices: string;
  readonly actor: string;
}

/** Tables that show no case to anybody, each with the reason. A new table with an office is protected or stands here. */
const OPEN_TABLES: Readonly<Record<string, string>> = {
  configuration_entry: 'how an office works, no case content',
  role_held: 'who holds which role: asked before the caller is known',
  saved_view: 'which filters a list has',
};

describe('Row-level security', () => {
  let api: RunningApi;
  let clerk: ApiClient;
  let other: ApiClient;
  let restricted: Body;
  let conflicted: Body;
  let open: Body;
  let sql: Client;
  const id = {} as Record<'clerk' | 'other', string>;

  beforeAll(async () => {
    api = await RunningApi.start();
    clerk = await api.client('caseworker', 'warwickshire');
    other = await api.client('caseworker', 'warwickshire');
    sql = new Client({ connectionString: api.databaseUrl });
    await sql.connect();
    open = await opened('Open', 'open@mail.example');
    restricted = await opened('Zebra crossing', 'known-here-only@mail.example');
    conflicted = await opened('Conflict', 'neighbour@mail.example');
    await api.settled();
    id.clerk = await actorOf(clerk);
    id.other = await actorOf(other);
    const reason = 'Names a member of staff.';
    expect((await clerk.post(`${selfOf(restricted)}/restrict`, { people: [], reason })).status).toBe(200);
    expect((await other.post(`${selfOf(conflicted)}/declare-conflict`, { reason: 'My neighbour.' })).status).toBe(204);
    await api.settled();
  }, 60_000);

  afterAll(async () => {
    await sql?.end();
    await api?.stop();
  });

  async function opened(subject: string, email: string): Promise<Body> {
    const correspondent = { name: `${subject} Person`, email };
    const attachments = [{ filename: 'a.txt', contentType: 'text/plain', contentBase64: 'YQ==' }];
    const letter = { channel: 'letter', subject, body: `Orchard Lane: ${subject}.`, correspondent, attachments };
    const { status, body } = await clerk.post('/api/v1/correspondence', letter);
    expect(status).toBe(201);
    return body;
  }

  const selfOf = (logged: Body): string => String((logged.links as Body).self);

  /** The id under which the service knows a client: taking a case writes it. */
  async function actorOf(client: ApiClient): Promise<string> {
    const { status, body } = await client.post(`${selfOf(await opened('Taken', 'taken@mail.example'))}/take`);
    expect(status).toBe(200);
    return String(body.assignee);
  }

  async function as<T>(seat: Seat, statement: string, values: unknown[] = []): Promise<T[]> {
    await sql.query('BEGIN');
    try {
      await sql.query(
        `SELECT set_config('role', 'postbag_app', true), set_config('postbag.role', $1, true),
                set_config('postbag.offices', $2, true), set_config('postbag.actor', $3, true)`,
        [seat.role, seat.offices, `person:${seat.actor}`],
      );
      return (await sql.query(statement, values)).rows as T[];
    } finally {
      await sql.query('ROLLBACK');
    }
  }

  async function tables(): Promise<string[]> {
    const { rows } = await sql.query<{ name: string }>(
      `SELECT c.relname AS name FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname IN ('office', 'case_id')
        WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace AND NOT a.attisdropped GROUP BY 1 ORDER BY 1`,
    );
    return rows.map(({ name }) => name);
  }

  it('stands over every table that names an office or a case, or says why not', async () => {
    const { rows } = await sql.query<{ name: string }>(
      `SELECT relname AS name FROM pg_class WHERE relrowsecurity AND relnamespace = 'public'::regnamespace`,
    );
    const isProtected = new Set(rows.map(({ name }) => name));
    const bare = (await tables()).filter((name) => !isProtected.has(name));
    expect(bare.sort()).toEqual(Object.keys(OPEN_TABLES).sort());
  });

  it('is applied by every function that works as the owner', async () => {
    const { rows } = await sql.query<{ name: string; source: string }>(
      `SELECT proname AS name, prosrc AS source FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace`,
    );
    expect(rows.length).toBeGreaterThan(3);
    const asks = /hidden_(cases|correspondents)\(\)|caller_id\(\)/;
    const bare = rows.filter(({ source }) => !asks.test(source)).map(({ name }) => name);
    // One number, so that a queue in use is not ended: how many cases lie in it.
    expect(bare).toEqual(['open_cases_in_queue']);
  });

  it('cannot be bypassed by the role of requests', async () => {
    const { rows } = await sql.query(
      `SELECT rolsuper, rolbypassrls, rolcreaterole,
              (SELECT count(*)::int FROM pg_class c WHERE c.relowner = r.oid) AS owned
         FROM pg_roles r WHERE rolname = 'postbag_app'`,
    );
    expect(rows).toEqual([{ rolsuper: false, rolbypassrls: false, rolcreaterole: false, owned: 0 }]);
  });

  const SEES: readonly string[] = ['caseworker', 'review-manager', 'manager', 'commissioner', 'auditor', 'service'];
  const SEES_NOTHING: readonly string[] = ['administrator', 'public', 'none', '', 'postgres'];

  it.each([...SEES, ...SEES_NOTHING])('shows %s by SQL what it may see and no row more', async (role) => {
    const of = async (seat: Seat, table: string, column: string): Promise<string[]> =>
      (await as<{ id: string }>(seat, `SELECT DISTINCT ${column} AS id FROM ${table} WHERE ${column} IS NOT NULL`))
        .map((row) => row.id)
        .filter((each) => [open.id, restricted.id, conflicted.id].includes(each))
        .sort();
    const mayRead = SEES.includes(role);
    const [o, r, c] = [String(open.id), String(restricted.id), String(conflicted.id)];
    const cells: [Seat, string[]][] = [
      [{ role, offices: 'warwickshire', actor: id.clerk }, mayRead ? [o, r, c] : []],
      [{ role, offices: 'warwickshire', actor: id.other }, mayRead ? [o] : []],
      [{ role, offices: 'warwickshire,staffordshire', actor: randomUUID() }, mayRead ? [o, c] : []],
      [{ role, offices: 'staffordshire', actor: id.clerk }, []],
      [{ role, offices: '', actor: id.clerk }, []],
    ];
    const withCases = [
      ['case_file', 'id'],
      ['case_message', 'case_id'],
      ['message_attachment', 'case_id'],
      ['deadline', 'case_id'],
      ['intake_item', 'case_id'],
      ['outgoing_message', 'case_id'],
    ] as const;
    for (const [seat, expected] of cells) {
      for (const [table, column] of withCases) {
        expect([seat, table, await of(seat, table, column)]).toEqual([seat, table, [...expected].sort()]);
      }
      const search = `search_cases('orchard', ARRAY['warwickshire', 'staffordshire']) AS found (id)`;
      expect(await of(seat, search, 'found.id')).toEqual([...expected].sort());
      const streams = await as<{ stream: string }>(
        seat,
        `SELECT DISTINCT stream FROM event_log WHERE stream LIKE 'case-%'`,
      );
      if (!expected.includes(r)) expect(streams.map(({ stream }) => stream)).not.toContain(`case-${r}`);
    }
  });

  it('lets nobody change, add or remove what they may not see', async () => {
    const seat = { role: 'caseworker', offices: 'warwickshire', actor: id.other };
    const change = `WITH done AS (UPDATE case_file SET subject = 'x' WHERE id = $1 RETURNING 1) SELECT * FROM done`;
    expect(await as(seat, change, [restricted.id])).toEqual([]);
    expect(await as(seat, change, [open.id])).toHaveLength(1);
    const remove = `WITH done AS (DELETE FROM case_access WHERE case_id = $1 RETURNING 1) SELECT * FROM done`;
    expect(await as(seat, remove, [restricted.id])).toEqual([]);
    const add = `INSERT INTO case_note (id, case_id, office, text, author, at) VALUES ($1, $2, $3, 'x', 'x', now())`;
    await expect(as(seat, add, [randomUUID(), open.id, 'staffordshire'])).rejects.toThrow(/row-level security/);
    await expect(as(seat, `UPDATE access_record SET action = 'x'`)).rejects.toThrow(/permission denied/);
    await expect(as(seat, `DELETE FROM event_log`)).rejects.toThrow(/permission denied/);
    await expect(as(seat, `ALTER TABLE case_file DISABLE ROW LEVEL SECURITY`)).rejects.toThrow(/must be owner/);
  });

  it('hides somebody who is known by hidden cases only', async () => {
    const known = async (actor: string): Promise<number> => {
      const seat = { role: 'caseworker', offices: 'warwickshire', actor };
      return (await as(seat, `SELECT 1 FROM correspondent WHERE email = 'known-here-only@mail.example'`)).length;
    };
    expect([await known(id.clerk), await known(id.other)]).toEqual([1, 0]);
  });

  it('answers 404 for a restricted case and for one with a conflict, everywhere', async () => {
    for (const logged of [restricted, conflicted]) {
      for (const path of ['', '/events', '/messages', '/deadlines']) {
        expect((await other.get(`${selfOf(logged)}${path}`)).status).toBe(404);
      }
      for (const action of ['take', 'note', 'unrestrict', 'restrict', 'close']) {
        const bodies: Record<string, object> = { note: { text: 'x' }, restrict: { people: [], reason: 'x' } };
        const body = action === 'take' ? undefined : (bodies[action] ?? { reason: 'x' });
        expect([action, (await other.post(`${selfOf(logged)}/${action}`, body)).status]).toEqual([action, 404]);
      }
      for (const list of ['cases?limit=200', 'cases?q=person', 'outgoing-messages?limit=200', 'events?limit=200']) {
        const { bytes } = await other.get(`/api/v1/${list}`);
        expect([list, bytes.toString().includes(String(logged.id))]).toEqual([list, false]);
      }
      expect((await clerk.get(selfOf(logged))).status).toBe(200);
    }
  });

  it('leaves nothing out of the certificate because of who asks', async () => {
    const day = String(open.receivedAt).slice(0, 10);
    const ask = async (client: ApiClient): Promise<Body> =>
      (await client.get(`/api/v1/assurance/reconciliation?from=${day}&to=${day}`)).body;
    const [whole, part] = [await ask(clerk), await ask(other)];
    expect(part).toMatchObject({ received: 5, unaccounted: [], ok: true });
    expect(whole.received).toBe(part.received);
  });

  it('keeps a restricted case with somebody, and gives it back to all', async () => {
    expect((await clerk.get(selfOf(restricted))).body.restriction).toMatchObject({ people: [id.clerk] });
    const alone = await clerk.post(`${selfOf(restricted)}/declare-conflict`, { reason: 'A friend.' });
    expect(alone).toMatchObject({ status: 409 });
    expect((await clerk.post(`${selfOf(restricted)}/take`)).status).toBe(200);
    const without = await other.post(`${selfOf(open)}/take`);
    expect(without.status).toBe(200);
    const refused = await clerk.post(`${selfOf(open)}/restrict`, { people: [], reason: 'x' });
    expect(refused).toMatchObject({ status: 422, body: { errors: [{ pointer: '/people' }] } });
    const named = await clerk.post(`${selfOf(restricted)}/restrict`, {
      people: [id.other],
      reason: 'Both work on it.',
    });
    expect(named).toMatchObject({ status: 200, body: { restriction: { people: [id.clerk, id.other].sort() } } });
    expect((await other.get(selfOf(restricted))).status).toBe(200);
    expect((await other.post(`${selfOf(restricted)}/unrestrict`, { reason: 'Over.' })).body.restriction).toBeNull();
    expect((await other.post(`${selfOf(restricted)}/unrestrict`, { reason: 'Over.' })).status).toBe(409);
    const stranger = await api.client('caseworker', 'warwickshire');
    expect((await stranger.get(selfOf(restricted))).status).toBe(200);
  });

  it('takes a case from somebody with a conflict and gives it back to its queue', async () => {
    const logged = await opened('Handed back', 'back@mail.example');
    await api.settled();
    expect((await other.post(`${selfOf(logged)}/take`)).status).toBe(200);
    const away = await clerk.post(`${selfOf(logged)}/declare-conflict`, { person: id.other, reason: 'Related.' });
    expect(away.status).toBe(204);
    expect((await clerk.get(selfOf(logged))).body).toMatchObject({ assignee: null, queue: expect.any(String) });
    expect((await other.get(selfOf(logged))).status).toBe(404);
  });
});
