import { QueryBus } from '@nestjs/cqrs';
import { Tokens } from '@app/access';
import { ThrottleLimits } from '@app/http';
import { addDays, londonDate } from '@app/kernel';
import { runAs, systemCaller } from '@app/platform';
import { CountEqualityAnswers } from '@app/reviews';
import { RunningPublicPages, type PageAnswer, type Visitor } from './setup/running-public-pages';

const PATH = '/apply-for-a-review';
const day = (name: string, text: string): Record<string, string> => {
  const [year = '', month = '', date = ''] = text.split('-');
  return { [`${name}-day`]: date, [`${name}-month`]: month, [`${name}-year`]: year };
};
const daysAgo = (days: number): string => addDays(londonDate(new Date()), -days);

/** What a complainant answers, page by page. */
const ANSWERS: Readonly<Record<string, Record<string, string>>> = {
  force: { force: 'west-mercia' },
  who: { who: 'complainant' },
  outcome: { outcome: 'yes' },
  recorded: { recorded: 'yes' },
  handling: { handling: 'unsure' },
  letter: day('letterOn', daysAgo(10)),
  rights: { told: 'letter' },
  body: { named: 'office' },
  made: day('madeOn', daysAgo(90)),
  sent: { sentTo: 'no' },
  late: { 'lateReasons-health': 'yes', lateBecause: 'I was in hospital.' },
  result: {},
  complaint: { complaint: 'I was stopped on the A49 and not told why.' },
  grounds: { grounds: 'Nobody watched the recording.' },
  wanted: { wanted: 'Somebody should watch it.' },
  files: { action: 'continue' },
  complainant: { complainantName: 'Bram Tarn' },
  reply: { replyBy: 'email' },
  details: { name: 'Asha Ferris', email: 'asha.ferris@post.example' },
  adjustments: {},
  safe: { safeContact: '' },
  equality: { 'equality-age': '35-44', 'equality-sex': 'female', 'equality-religion': 'no-answer' },
};

describe('Applying for a review', () => {
  let pages: RunningPublicPages;

  beforeAll(async () => {
    pages = await RunningPublicPages.start();
    // Faster than a person types.
    Object.assign(pages.app.get(ThrottleLimits), { publicWrites: 10_000 });
  }, 60_000);
  afterAll(() => pages.stop());

  const file = (name: string): File => new File(['what was agreed'], name, { type: 'text/plain' });
  const postTo = (step: string): string => `${PATH}/${['files', 'consent'].includes(step) ? 'with-files/' : ''}${step}`;

  /** Answers page after page, wherever the form leads, until `stop`. Answers the pages that were asked. */
  async function answer(
    visitor: Visitor,
    changes: Readonly<Record<string, Record<string, string>>> = {},
    stop = 'check',
  ): Promise<string[]> {
    const asked: string[] = [];
    for (let step = 'force'; step !== stop && asked.length < 40;) {
      asked.push(step);
      const fields = changes[step] ?? ANSWERS[step];
      if (!fields) throw new Error(`No answer for ${step}`);
      const { status, location, text } = await visitor.post(postTo(step), fields);
      if (status !== 303) throw new Error(`${step} was refused: ${/<title>([^<]*)/.exec(text)?.[1] ?? ''}`);
      step = location.replace(`${PATH}/`, '').replace('?begun=1', '');
    }
    return asked;
  }

  const send = (visitor: Visitor): Promise<PageAnswer> => visitor.post(`${PATH}/check`, {});
  const referenceOf = ({ location }: PageAnswer): string => location.split('/').at(-1) ?? '';
  const count = async (table: string): Promise<number> =>
    (await pages.sql<{ count: number }>(`SELECT count(*)::int FROM ${table}`))[0]?.count ?? 0;

  async function eventually<T>(look: () => Promise<T | undefined>): Promise<T> {
    for (let tries = 0; tries < 100; tries++) {
      const found = await look();
      if (found !== undefined) return found;
      await new Promise((done) => setTimeout(done, 100));
    }
    throw new Error('It did not come about');
  }

  /** The review that the case became. */
  /** Once what follows from the letter is done: a review may stand before its case is in its queue. */
  const reviewOf = (reference: string): Promise<Record<string, unknown>> =>
    eventually(async () => {
      const [row] = await pages.sql<Record<string, unknown>>(
        `SELECT r.state, c.kind, c.category, c.queue, c.subject FROM review r JOIN case_file c ON c.id = r.case_id
          WHERE c.reference = $1
            AND NOT EXISTS (SELECT FROM outbox o WHERE o.state = 'open' AND o.consumer IN ('casework.route', 'casework.triage'))`,
        [reference],
      );
      return row;
    });

  it('becomes a review with what the applicant stated, in one piece', async () => {
    const visitor = pages.visitor();
    const asked = await answer(visitor);
    expect(asked).not.toContain('late');
    expect(asked).not.toContain('consent');
    const { text } = await visitor.get(`${PATH}/check`);
    expect(text).toContain('Nobody watched the recording.');
    expect(text).toContain('kept apart from your application');
    // What the law asks was changed: what it says is shown again before sending.
    expect((await visitor.post(`${PATH}/letter`, day('letterOn', daysAgo(11)))).location).toBe(`${PATH}/result`);
    expect((await visitor.post(`${PATH}/result`, {})).location).toBe(`${PATH}/check`);
    const reference = referenceOf(await send(visitor));
    expect(reference).toMatch(/^WM-/);
    const review = await reviewOf(reference);
    expect(review).toMatchObject({ kind: 'review', queue: 'reviews', category: 'review-application' });
    expect(review.state).toMatchObject({
      stage: 'received',
      particulars: {
        force: 'west-mercia',
        complaintMadeOn: daysAgo(90),
        recordedUnderSchedule3: true,
        handling: null,
        reviewRightsNotifiedOn: daysAgo(11),
        applicant: 'complainant',
        bodyTests: { seniorOfficer: 'no' },
      },
      groundsTextId: expect.any(String),
    });
    const [kept] = await pages.sql<Record<string, unknown>>(
      `SELECT a.statement FROM review_application a JOIN case_file c ON c.id = a.case_id WHERE c.reference = $1`,
      [reference],
    );
    expect(kept?.statement).toMatchObject({ namedBody: 'office', outcomeWanted: 'Somebody should watch it.' });
    const received = await visitor.get(`${PATH}/received/${reference}`);
    expect(received.text).toContain('We will confirm in writing');
  });

  it('R1.12 counts equality answers apart, without the case, and shows them to nobody on it', async () => {
    const before = await pages.sql<{ number: number }>(`SELECT number FROM equality_count WHERE question = 'age'`);
    const visitor = pages.visitor();
    await answer(visitor);
    const reference = referenceOf(await send(visitor));
    const rows = await pages.sql<Record<string, unknown>>(`SELECT * FROM equality_count ORDER BY question`);
    expect(rows.map(({ question, answer: given }) => [question, given])).toEqual([
      ['age', '35-44'],
      ['sex', 'female'],
    ]);
    expect(rows[0]?.number).toBe((before[0]?.number ?? 0) + 1);
    const counts = await runAs(systemCaller('test'), () =>
      pages.app.get(QueryBus).execute(new CountEqualityAnswers(['west-mercia'], '2000-01-01', '2999-12-31')),
    );
    // So few could point at somebody.
    expect(counts[0]).toEqual({ question: 'age', answer: '35-44', number: null });
    expect(Object.keys(rows[0] ?? {}).sort()).toEqual(['answer', 'number', 'office', 'quarter', 'question']);
    const [message] = await pages.sql<{ text: string; statement: string }>(
      `SELECT m.text, a.statement::text || a.particulars::text AS statement FROM case_message m
         JOIN case_file c ON c.id = m.case_id JOIN review_application a ON a.case_id = c.id WHERE c.reference = $1`,
      [reference],
    );
    for (const kept of [message?.text, message?.statement])
      expect(kept).not.toMatch(/35-44|35 to 44|[Ff]emale|equality/);
  });

  it('R1.1 keeps a representative’s consent and for whom they apply', async () => {
    const visitor = pages.visitor();
    const representative = { who: { who: 'representative' }, consent: { consent: 'yes', action: 'continue' } };
    await answer(visitor, representative, 'consent');
    await visitor.post(`${PATH}/with-files/consent`, { consent: 'yes', action: 'add' }, [file('consent.txt')]);
    expect((await visitor.get(`${PATH}/consent`)).text).toContain('consent.txt');
    await answer(visitor, representative);
    expect((await visitor.get(`${PATH}/files`)).text).not.toContain('consent.txt');
    const reference = referenceOf(await send(visitor));
    const { state } = await reviewOf(reference);
    expect(state).toMatchObject({ particulars: { applicant: 'representative', writtenConsent: true } });
    const [kept] = await pages.sql<Record<string, unknown>>(
      `SELECT a.statement, m.text, f.filename FROM review_application a JOIN case_file c ON c.id = a.case_id
         JOIN case_message m ON m.case_id = c.id JOIN message_attachment f ON f.case_id = c.id WHERE c.reference = $1`,
      [reference],
    );
    expect(kept?.statement).toMatchObject({ complainantName: 'Bram Tarn', consentFiles: ['consent.txt'] });
    expect(kept).toMatchObject({ filename: 'consent.txt', text: expect.stringContaining('Bram Tarn') });
  });

  it('R1.25 asks a late applicant why, and R1.40 takes what the IOPC must decide', async () => {
    const late = pages.visitor();
    const changes = {
      letter: day('letterOn', daysAgo(40)),
      body: { named: 'iopc' },
      grounds: { grounds: 'I cannot go on. I want to kill myself.' },
    };
    expect(await answer(late, changes)).toContain('late');
    const page = await late.get(`${PATH}/result`);
    expect(page.text).toContain('12 days late');
    expect(page.text).toContain('we must forward it to the IOPC');
    const reference = referenceOf(await send(late));
    const { state, kind } = await reviewOf(reference);
    expect(kind).toBe('review');
    expect(state).toMatchObject({ particulars: { bodyTests: { seniorOfficer: 'unknown' } } });
    const [message] = await pages.sql<{ text: string }>(
      `SELECT m.text FROM case_message m JOIN case_file c ON c.id = m.case_id WHERE c.reference = $1`,
      [reference],
    );
    const manager = { role: 'review-manager' as const, offices: ['west-mercia'], label: 'manager', expiresInDays: 1 };
    const token = await pages.app.get(Tokens).mint(manager, 'command:token');
    const staffPage = await fetch(`${await pages.app.getUrl()}/staff/reviews/${reference}/eligibility`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const shown = await staffPage.text();
    expect([staffPage.status, shown.includes('What the applicant said on the form')]).toEqual([200, true]);
    expect(shown).toContain('I was in hospital.');
    expect(shown).toContain('postbag-strip__day--late');
    // Screened like any letter.
    expect(
      await pages.sql(`SELECT FROM risk_alert r JOIN case_file c ON c.id = r.case_id WHERE c.reference = $1`, [
        reference,
      ]),
    ).toHaveLength(1);
    expect(message?.text).toContain('I was in hospital.');
    expect(message?.text).toContain('My health, or the health of somebody I care for');
  });

  it('R1.20 takes day 28 for in time and day 29 for late, and R1.34 passes on what another force decided', async () => {
    const other = {
      force: { force: 'other' },
      'other-force': { otherForce: 'Bramblewick Constabulary', office: 'staffordshire' },
    };
    expect(await answer(pages.visitor(), { ...other, letter: day('letterOn', daysAgo(28)) })).not.toContain('late');
    const visitor = pages.visitor();
    expect(await answer(visitor, { ...other, letter: day('letterOn', daysAgo(29)) })).toContain('late');
    expect((await visitor.get(`${PATH}/result`)).text).toContain('another force dealt with your complaint');
    const reference = referenceOf(await send(visitor));
    expect(reference).toMatch(/^ST-/);
    const { state, subject } = await reviewOf(reference);
    expect(state).toMatchObject({ office: 'staffordshire', particulars: { force: 'another-force' } });
    expect(subject).toContain('Bramblewick Constabulary');
  });

  it('is one application when it is sent twice, and nothing at all when storing fails', async () => {
    const visitor = pages.visitor();
    await answer(visitor);
    await pages.sql(`ALTER TABLE equality_count ADD CONSTRAINT broken CHECK (question <> 'age') NOT VALID`);
    const before = [await count('case_file'), await count('review_application'), await count('intake_item')];
    const failed = await send(visitor);
    expect(failed.status).toBeGreaterThanOrEqual(500);
    expect([await count('case_file'), await count('review_application'), await count('intake_item')]).toEqual(before);
    await pages.sql(`ALTER TABLE equality_count DROP CONSTRAINT broken`);
    const [first, second] = await Promise.all([send(visitor), send(visitor)]);
    expect(referenceOf(first)).toBe(referenceOf(second));
    expect(await count('review_application')).toBe((before[1] ?? 0) + 1);
  });

  it('goes on later by a link that works once, in another browser', async () => {
    const visitor = pages.visitor();
    await answer(visitor, {}, 'complaint');
    expect((await visitor.post(`${PATH}/save`, { email: 'nobody' })).status).toBe(422);
    expect((await visitor.post(`${PATH}/save`, { email: 'asha.ferris@post.example' })).text).toContain(
      'Look in your e-mail',
    );
    const mails = (): Promise<{ body: string }[]> =>
      pages.sql<{ body: string }>(`SELECT body FROM outgoing_message WHERE kind = 'draft-link' ORDER BY queued_at`);
    const link = (body: string | undefined): string => /go-on\/([\w-]{43})/.exec(body ?? '')?.[1] ?? '';
    const [first] = await mails();
    expect(link(first?.body)).not.toBe('');
    await visitor.post(`${PATH}/save`, { email: 'asha.ferris@post.example' });
    const newest = link((await mails()).at(-1)?.body);
    const [row] = await pages.sql<{ days: number }>(
      `SELECT round(extract(epoch FROM max(expires_at) - now()) / 86400)::int AS days FROM contact_draft`,
    );
    expect(row?.days).toBe(14);
    const elsewhere = pages.visitor();
    expect((await elsewhere.post(`${PATH}/go-on`, { link: link(first?.body) })).location).toBe(`${PATH}/dead-link`);
    expect((await elsewhere.get(`${PATH}/go-on/${newest}`)).status).toBe(200);
    await elsewhere.post(`${PATH}/go-on`, { link: newest });
    expect((await elsewhere.get(`${PATH}/check`)).location).toBe(`${PATH}/complaint`);
    expect((await pages.visitor().post(`${PATH}/go-on`, { link: newest })).location).toBe(`${PATH}/dead-link`);
    const names = await pages.sql<{ sealed: Buffer }>(`SELECT sealed FROM contact_draft`);
    expect(names.every(({ sealed }) => !sealed.includes('west-mercia'))).toBe(true);
  });

  it('refuses what cannot be right at its field, keeps what was typed, and does not turn anybody away', async () => {
    const visitor = pages.visitor();
    await answer(visitor, {}, 'letter');
    const wrong = async (step: string, fields: Record<string, string>, text: string): Promise<void> => {
      const page = await visitor.post(postTo(step), fields);
      expect([page.status, page.text.includes(text), page.text.includes('<title>Error: ')]).toEqual([422, true, true]);
    };
    await wrong('letter', day('letterOn', '2026-02-31'), 'Enter a real date');
    await wrong('letter', day('letterOn', '2999-01-01'), 'must be today or in the past');
    await wrong('letter', {}, 'Enter the date on the outcome letter');
    await visitor.post(`${PATH}/letter`, day('letterOn', daysAgo(30)));
    await wrong('rights', { told: 'later', ...day('toldOn', daysAgo(31)) }, 'must not be dated before');
    await wrong('made', day('madeOn', daysAgo(29)), 'must not be after the date of the outcome letter');
    const refused = { who: { who: 'other' }, outcome: { outcome: 'no' }, recorded: { recorded: 'no' }, made: {} };
    const asked = await answer(pages.visitor(), refused);
    expect(asked).toEqual(expect.arrayContaining(['result', 'equality']));
    expect(asked).not.toContain('letter');
  });
});
