import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { Reconcile } from '@app/assurance';
import { AddNote } from '@app/casework';
import { CorrespondenceLog } from '@app/intake';
import { formatReference, londonDate } from '@app/kernel';
import { runAs, systemCaller, UnitOfWork } from '@app/platform';
import { FollowPagesModule } from '../apps/web/src/follow/follow-pages.module';
import { PublicLimits } from '../apps/web/src/http/public-limits';
import { eventually } from './setup/eventually';
import { RunningPublicPages, type Visitor } from './setup/running-public-pages';

/** Of each letter: an address gets three automatic messages a day at most. */
const addresses = new Map<string, string>();
const addressOf = (reference: string): string => addresses.get(reference) ?? '';
let people = 0;

describe('Follow my case', () => {
  let pages: RunningPublicPages;

  beforeAll(async () => {
    pages = await RunningPublicPages.start();
    limitLinks(1000);
  }, 60_000);
  afterAll(() => pages?.stop());

  function limitLinks(number: number): void {
    Object.assign(pages.app.select(FollowPagesModule).get(PublicLimits), { followLinks: number });
  }

  async function letter(changes: { body?: string; email?: string; name?: string } = {}): Promise<string> {
    const { body = 'The lights by the bridge have been out for a month.', name = 'Asha Ferris' } = changes;
    const { email = `asha.ferris-${String(++people)}@post.example` } = changes;
    const caller = systemCaller('test');
    const { response } = await runAs(caller, () =>
      pages.app.get(CorrespondenceLog).log({
        source: 'web-form',
        channel: 'web-form',
        receivedAt: null,
        subject: 'Street lights',
        body,
        correspondent: { name, email, phone: null, postcode: null, organisation: null, capacity: null },
        attachments: [],
        office: 'west-mercia',
        caller,
        idempotency: null,
      }),
    );
    const reference = response.reference as string;
    addresses.set(reference, email);
    await eventually(async () => {
      const [row] = await pages.sql<{ status: string }>(`SELECT status FROM case_file WHERE reference = $1`, [
        reference,
      ]);
      expect(row?.status).not.toBe('received');
    });
    return reference;
  }

  const links = (reference: string): Promise<{ body: string; to_address: string }[]> =>
    pages.sql(
      `SELECT o.body, o.to_address FROM outgoing_message o JOIN case_file c ON c.id = o.case_id
        WHERE c.reference = $1 AND o.kind = 'follow-link' ORDER BY o.queued_at`,
      [reference],
    );

  /** Nothing that was asked waits to be considered any more. */
  const considered = (): Promise<void> =>
    eventually(async () => {
      expect(await pages.sql(`SELECT 1 FROM follow_request`)).toEqual([]);
      expect(await pages.sql(`SELECT 1 FROM outbox WHERE consumer = 'follow.consider-request'`)).toEqual([]);
    });

  async function linkFor(reference: string, email = addressOf(reference)): Promise<string> {
    const before = (await links(reference)).length;
    expect((await pages.visitor().post('/follow', { reference, email })).location).toBe('/follow/asked');
    return eventually(async () => {
      const sent = await links(reference);
      expect(sent.length).toBe(before + 1);
      return /\/follow\/open\/([\w-]{43})/.exec(sent.at(-1)?.body ?? '')?.[1] ?? '';
    });
  }

  async function follower(reference: string): Promise<Visitor> {
    const visitor = pages.visitor();
    const link = await linkFor(reference);
    expect((await visitor.post('/follow/open', { link })).location).toBe('/follow/case');
    return visitor;
  }

  async function say(
    visitor: Visitor,
    what: string,
    fields: Record<string, string>,
    files: File[] = [],
  ): Promise<string> {
    const form = await visitor.get(`/follow/case/${what}`);
    const hidden = (name: string): string => new RegExp(`name="${name}" value="([^"]+)"`).exec(form.text)?.[1] ?? '';
    const all = { token: hidden('token'), once: hidden('once'), ...fields };
    const answer = await visitor.post(`/follow/case/${what}`, all, files);
    // The same page sent twice is one message.
    expect((await visitor.post(`/follow/case/${what}`, all, files)).location).toBe(answer.location);
    return answer.location;
  }

  const state = async (
    reference: string,
  ): Promise<{ status: string; close_reason: string | null; events: string[] }> => {
    const [row] = await pages.sql<{ status: string; close_reason: string | null; events: string[] }>(
      `SELECT status, close_reason, (SELECT array_agg(type ORDER BY version) FROM event_log WHERE stream = 'case-' || c.id) AS events
         FROM case_file c WHERE reference = $1`,
      [reference],
    );
    if (!row) throw new Error('No such case');
    return row;
  };

  it('answers the same whether the case, the address or neither exists', async () => {
    const reference = await letter();
    const unknown = formatReference({ officeCode: 'WM', year: 2026, number: 999_999 });
    const asked = [
      { reference, email: addressOf(reference) },
      { reference, email: 'somebody.else@post.example' },
      { reference: unknown, email: addressOf(reference) },
    ];
    const statements = async (fields: Record<string, string>): Promise<object> => {
      const answer = await pages.visitor().post('/follow', fields);
      const { status, location, text } = answer;
      const names = [...answer.headers.keys()].filter((name) => name !== 'set-cookie').sort();
      return { status, location, text, names };
    };
    const answers = [];
    for (const fields of asked) answers.push(await statements(fields));
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toEqual(answers[0]);
    await considered();
    expect((await links(reference)).map(({ to_address }) => to_address)).toEqual([addressOf(reference)]);
    // What was asked holds no address, and nothing of it is left.
    expect(JSON.stringify(await pages.sql(`SELECT data, subject FROM scheduled_action`))).not.toContain('post.example');
  });

  it('looks nothing up while it answers: not even with every case locked does it wait', async () => {
    const reference = await letter();
    await runAs(systemCaller('test'), () =>
      pages.app.get(UnitOfWork).run(async (manager) => {
        await manager.query(`LOCK TABLE case_file, correspondent, case_message, follow_link IN ACCESS EXCLUSIVE MODE`);
        const answer = await pages.visitor().post('/follow', { reference, email: addressOf(reference) });
        expect(answer.location).toBe('/follow/asked');
      }),
    );
    await considered();
    expect(await links(reference)).toHaveLength(1);
  });

  it('names a slip in the form without looking at any case', async () => {
    const { status, text } = await pages.visitor().post('/follow', { reference: 'WM-2026-000001-0', email: 'no' });
    expect(status).toBe(422);
    expect(text).toContain('href="#reference"');
    expect(text).toContain('href="#email"');
  });

  it('opens by a button and once: looking at the link, as a mail scanner does, uses nothing up', async () => {
    const reference = await letter();
    const link = await linkFor(reference);
    for (let look = 0; look < 3; look++) expect((await pages.visitor().get(`/follow/open/${link}`)).status).toBe(200);
    const made = await pages.visitor().get(`/follow/open/${'a'.repeat(43)}`);
    expect(made.text.replaceAll('a'.repeat(43), '')).toBe(
      (await pages.visitor().get(`/follow/open/${link}`)).text.replaceAll(link, ''),
    );
    const visitor = pages.visitor();
    const opened = await visitor.post('/follow/open', { link });
    expect(opened.headers.get('set-cookie')).toMatch(/HttpOnly; SameSite=Lax/);
    expect((await visitor.get('/follow/case')).text).toContain(reference);
    expect((await pages.visitor().post('/follow/open', { link })).location).toBe('/follow/dead');
    expect((await pages.visitor().get('/follow/case')).location).toBe('/follow/ended');
    const secrets = await pages.sql<{ token_hash: Buffer }>(`SELECT token_hash FROM follow_link`);
    expect(secrets.some(({ token_hash }) => token_hash.toString('base64url') === link)).toBe(false);
    expect((await visitor.post('/follow/leave', {})).location).toBe('/follow/left');
    expect((await visitor.get('/follow/case')).location).toBe('/follow/ended');
  });

  it('closes a link after half an hour and a case that is not used for an hour', async () => {
    const reference = await letter();
    const link = await linkFor(reference);
    await pages.sql(`UPDATE follow_link SET expires_at = clock_timestamp() - interval '1 second'`);
    expect((await pages.visitor().post('/follow/open', { link })).location).toBe('/follow/dead');
    const visitor = await follower(reference);
    await visitor.get('/follow/case');
    const [left] = await pages.sql<{ minutes: number }>(
      `SELECT round(extract(epoch FROM max(expires_at) - clock_timestamp()) / 60)::int AS minutes FROM follow_session`,
    );
    expect(left?.minutes).toBe(60);
    await pages.sql(`UPDATE follow_session SET expires_at = clock_timestamp() - interval '1 second'`);
    const late = await visitor.post('/follow/case/add', { text: 'What I typed for an hour' });
    expect(late.status).toBe(410);
    expect(late.text).toContain('What I typed for an hour');
  });

  it('shows the stage, the promise and the own letters, and nothing that is not the sender’s', async () => {
    const reference = await letter();
    const [row] = await pages.sql<{ id: string }>(`SELECT id FROM case_file WHERE reference = $1`, [reference]);
    await runAs(systemCaller('test'), () =>
      pages.app.get(CommandBus).execute(new AddNote({ reference, ifVersion: null }, 'Secret thoughts of staff')),
    );
    await pages.sql(
      `INSERT INTO case_message (id, case_id, office, direction, channel, at, from_address, subject, text, sender_on_case)
       VALUES (gen_random_uuid(), $1, 'west-mercia', 'inbound', 'email', now(), 'neighbour@post.example', 'x', 'A neighbour writes', true)`,
      [row?.id],
    );
    await eventually(async () => {
      const sent = await pages.sql(`SELECT 1 FROM outgoing_message WHERE case_id = $1 AND sent_at IS NOT NULL`, [
        row?.id,
      ]);
      expect(sent).toHaveLength(1);
    });
    const { text } = await (await follower(reference)).get('/follow/case');
    expect(text).toContain('We have your message. Somebody will decide');
    expect(text).toMatch(/You should have our answer by \w+day \d+ \w+ \d{4}\./);
    expect(text).toContain('The lights by the bridge');
    expect(text).toContain('Thank you for getting in touch');
    for (const hidden of ['Secret thoughts', 'A neighbour writes', 'triage', 'in-progress', 'risk', 'priority']) {
      expect([hidden, text.includes(hidden)]).toEqual([hidden, false]);
    }
    const reads = await pages.sql(
      `SELECT 1 FROM access_record WHERE case_id = $1 AND actor LIKE 'public:correspondent-%'`,
      [row?.id],
    );
    expect(reads.length).toBeGreaterThan(0);
  });

  it('takes a message with a file through the ledger, once', async () => {
    const reference = await letter();
    const visitor = await follower(reference);
    const file = new File(['picture'], 'lamp.png', { type: 'image/png' });
    expect(await say(visitor, 'add', { text: 'Here is a photograph.' }, [file])).toBe('/follow/case?done=message');
    const rows = await pages.sql(
      `SELECT m.text, m.from_address, a.filename, i.outcome, i.source FROM case_message m
         JOIN intake_item i ON i.id = m.intake_item_id JOIN message_attachment a ON a.message_id = m.id
         JOIN case_file c ON c.id = m.case_id WHERE c.reference = $1`,
      [reference],
    );
    expect(rows).toEqual([
      {
        text: 'Here is a photograph.',
        from_address: addressOf(reference),
        filename: 'lamp.png',
        outcome: 'filed-on-case',
        source: 'web-form',
      },
    ]);
    const { text } = await visitor.get('/follow/case?done=message');
    expect(text).toContain('lamp.png');
    expect(text).toContain('It is with your case');
    const today = londonDate(new Date());
    const certificate = await runAs(systemCaller('test'), () =>
      pages.app.get(QueryBus).execute(new Reconcile({ from: today, to: today, offices: null })),
    );
    expect(certificate).toMatchObject({ ok: true, unaccounted: [] });
    expect(certificate.byOutcome['filed-on-case']).toBeGreaterThan(0);
  });

  it('takes up again what was closed without an answer, with that reason', async () => {
    const reference = await letter();
    const visitor = await follower(reference);
    await pages.sql(`UPDATE case_file SET status = 'sent', answered_at = now() WHERE reference = $1`, [reference]);
    expect((await visitor.get('/follow/case')).text).toContain('We have answered you.');
    expect(await say(visitor, 'not-answered', { text: 'You wrote of patrols, not of the lights.' })).toBe(
      '/follow/case?done=not-answered',
    );
    const { status, events } = await state(reference);
    expect(status).toBe('reopened');
    expect(events.slice(-3)).toEqual([
      'casework.sender-not-satisfied',
      'casework.case-reopened',
      'casework.message-filed',
    ]);
    expect((await visitor.get('/follow/case')).text).toContain('We are looking at it again.');
  });

  it('closes what is withdrawn, but leaves a flagged letter to a person', async () => {
    const reference = await letter();
    const visitor = await follower(reference);
    expect(await say(visitor, 'withdraw', {})).toBe('/follow/case?done=withdraw');
    expect(await state(reference)).toMatchObject({ status: 'closed', close_reason: 'withdrawn' });
    const { text } = await visitor.get('/follow/case');
    expect(text).toContain('You withdrew it');
    expect(text).not.toContain('/follow/case/withdraw');
    const flagged = await letter({ email: 'flagged@post.example' });
    const link = await linkFor(flagged, 'flagged@post.example');
    const other = pages.visitor();
    await other.post('/follow/open', { link });
    await pages.sql(`UPDATE case_file SET risk_level = 'medium' WHERE reference = $1`, [flagged]);
    await say(other, 'withdraw', { text: 'He made me.' });
    const after = await state(flagged);
    expect(after.status).not.toBe('closed');
    expect(after.events).toContain('casework.sender-withdrew');
  });

  it('keeps how somebody would like to be answered with the person', async () => {
    const reference = await letter({ email: 'large@post.example' });
    const visitor = pages.visitor();
    await visitor.post('/follow/open', { link: await linkFor(reference, 'large@post.example') });
    expect(await say(visitor, 'format', { 'format-large-print': 'yes', text: '' })).toBe('/follow/case?done=format');
    const person = await pages.sql(`SELECT adjustments FROM correspondent WHERE email = 'large@post.example'`);
    expect(person).toEqual([{ adjustments: 'In large print' }]);
  });

  it.each<[string, string]>([
    ['is held in quarantine', `UPDATE case_file SET status = 'quarantined' WHERE reference = $1`],
    [
      'has a note on safe contact',
      `UPDATE correspondent SET safe_contact_note = 'Never by e-mail' WHERE id = (SELECT correspondent_id FROM case_file WHERE reference = $1)`,
    ],
    [
      'has a sender whom nobody has confirmed',
      `UPDATE case_message SET sender_on_case = false WHERE case_id = (SELECT id FROM case_file WHERE reference = $1)`,
    ],
    ['has a risk that nobody has looked at', `UPDATE case_file SET risk_level = 'critical' WHERE reference = $1`],
    [
      'is restricted',
      `INSERT INTO case_restriction (case_id, office, restricted_by, restricted_at)
       SELECT id, office, 'x', now() FROM case_file WHERE reference = $1`,
    ],
  ])('sends nothing on a case that %s, and shows it no longer', async (_what, statement) => {
    const email = `case-${String(Math.random()).slice(2)}@post.example`;
    const reference = await letter({ email });
    const visitor = pages.visitor();
    await visitor.post('/follow/open', { link: await linkFor(reference, email) });
    expect((await visitor.get('/follow/case')).status).toBe(200);
    await pages.sql(statement, [reference]);
    expect((await pages.visitor().post('/follow', { reference, email })).location).toBe('/follow/asked');
    await considered();
    expect(await links(reference)).toHaveLength(1);
    expect((await visitor.get('/follow/case')).location).toBe('/follow/ended');
    expect((await visitor.post('/follow/case/add', { text: 'x' })).status).toBe(410);
  });

  it('sends three links an hour at most, and asks an address that asks too much to wait', async () => {
    const email = 'often@post.example';
    const reference = await letter({ email });
    for (let time = 0; time < 4; time++) await pages.visitor().post('/follow', { reference, email });
    await considered();
    expect(await links(reference)).toHaveLength(3);
    limitLinks(5);
    const answers: number[] = [];
    for (let time = 0; time < 7; time++)
      answers.push((await pages.visitor().post('/follow', { reference, email })).status);
    expect(answers.at(-1)).toBe(429);
  });
});
