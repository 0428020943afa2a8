import { randomUUID } from 'node:crypto';
import { MailStore } from '@app/intake';
import { Offices } from '@app/offices';
import { letterMail } from './heavy/support/raw-mail';
import { RunningApi, type Body, type Client } from './setup/running-api';

const OURS = 'opcc@west-mercia.example';
const LETTER = 'Cars come down Orchard Lane at forty every morning. Could somebody look at it?';

describe('Mail that arrives in whatever order', () => {
  let api: RunningApi;
  let clerk: Client;

  beforeAll(async () => {
    api = await RunningApi.start();
    clerk = await api.client('caseworker', 'west-mercia');
  }, 60_000);

  afterAll(() => api.stop());

  interface Mail {
    readonly id: string;
    readonly from?: string;
    readonly answers?: string | null;
    readonly subject?: string;
    readonly text?: string;
  }

  /** Files the mail and answers its case. */
  async function filed({
    id,
    from = 'asha@post.example',
    answers = null,
    subject = '',
    text = LETTER,
  }: Mail): Promise<Body> {
    const raw = letterMail({
      from,
      subject: subject || `The lane, ${id}`,
      messageId: id,
      inReplyTo: answers,
      text: `${text}\n\n${randomUUID()}`,
    });
    const office = await api.app.get(Offices).get('west-mercia');
    const stored = await api.app
      .get(MailStore)
      .accept(office, { mailbox: OURS, envelopeFrom: from, envelopeTo: [OURS], raw });
    await api.settled();
    const [row] = await api.sql(
      `SELECT c.reference FROM intake_item i JOIN case_file c ON c.id = i.case_id WHERE i.id = $1`,
      [stored.itemId],
    );
    return caseOf(String(row?.reference));
  }

  async function caseOf(reference: string): Promise<Body> {
    const { status, body } = await clerk.get(`/api/v1/cases/${reference}`);
    expect(status).toBe(200);
    return body;
  }

  async function partOf(reference: unknown, part: string): Promise<Body[]> {
    const { status, body } = await clerk.get(`/api/v1/cases/${String(reference)}/${part}`);
    expect(status).toBe(200);
    return body.items as Body[];
  }

  const newId = (): string => `${randomUUID()}@post.example`;

  it('joins the case of the reply, when the mail that it answers comes last', async () => {
    const [parent, reply] = [newId(), newId()];
    const first = await filed({ id: reply, answers: parent });
    const late = await filed({ id: parent });
    expect(late.reference).toBe(first.reference);
  });

  it('brings two cases together, when it answers the one and is answered in the other', async () => {
    const [root, middle, leaf] = [newId(), newId(), newId()];
    const older = await filed({ id: root });
    const younger = await filed({ id: leaf, from: 'bob@post.example', answers: middle });
    expect(younger.reference).not.toBe(older.reference);
    const joined = await filed({ id: middle, answers: root });
    expect(joined.reference).toBe(older.reference);
    expect(await caseOf(String(younger.reference))).toMatchObject({
      status: 'closed',
      closeReason: 'joined',
      nextDeadline: null,
      linked: [older.reference],
    });
    expect(await caseOf(String(older.reference))).toMatchObject({ linked: [younger.reference] });
    const inbound = (await partOf(older.reference, 'messages')).filter(({ direction }) => direction === 'inbound');
    expect(inbound.map(({ from, senderOnCase }) => [from, senderOnCase])).toEqual([
      ['asha@post.example', true],
      // Nobody becomes known on a case by way of another one.
      ['bob@post.example', false],
      ['asha@post.example', true],
    ]);
    expect((await clerk.get('/api/v1/assurance/reconciliation?from=2020-01-01&to=2100-01-01')).body).toMatchObject({
      ok: true,
    });
  });

  it('brings together all that answer it, when it comes last of all', async () => {
    const [root, other, parent] = [newId(), newId(), newId()];
    const older = await filed({ id: root });
    const younger = await filed({ id: other });
    // Each is on its case by an address of ours, and answers the mail that is still to come.
    await filed({ id: newId(), answers: parent, subject: `Re: ${String(older.reference)}` });
    await filed({ id: newId(), answers: parent, subject: `Re: ${String(younger.reference)}` });
    expect((await filed({ id: parent })).reference).toBe(older.reference);
    expect(await caseOf(String(younger.reference))).toMatchObject({ closeReason: 'joined' });
  });

  it('leads on from the case that was joined, by its number and by its letters', async () => {
    const [root, middle, leaf] = [newId(), newId(), newId()];
    const older = await filed({ id: root });
    const younger = await filed({ id: leaf, answers: middle });
    await filed({ id: middle, answers: root });
    const byNumber = await filed({ id: newId(), subject: `Re: ${String(younger.reference)}` });
    const byLetter = await filed({ id: newId(), answers: leaf });
    expect([byNumber.reference, byLetter.reference]).toEqual([older.reference, older.reference]);
    const reopened = await clerk.post(`/api/v1/cases/${String(younger.reference)}/reopen`, { reason: 'Again.' });
    expect(reopened.status).toBe(409);
  });

  it('only links a case that a person has worked on', async () => {
    const [root, middle, leaf] = [newId(), newId(), newId()];
    const older = await filed({ id: root });
    const younger = await filed({ id: leaf, answers: middle });
    expect((await clerk.post(`/api/v1/cases/${String(younger.reference)}/take`)).status).toBe(200);
    const joined = await filed({ id: middle, answers: root });
    expect(joined.reference).toBe(older.reference);
    expect(await caseOf(String(younger.reference))).toMatchObject({ status: 'in-progress', linked: [older.reference] });
  });

  it('never hides a letter that waits behind one that nobody waits for', async () => {
    const [root, middle, leaf] = [newId(), newId(), newId()];
    const machine = await filed({ id: root, subject: 'Out of office: away until Monday', text: 'I am away.' });
    expect(machine.status).toBe('no-reply-needed');
    const waiting = await filed({ id: leaf, answers: middle });
    const joined = await filed({
      id: middle,
      answers: root,
      subject: 'Out of office: still away',
      text: 'Still away.',
    });
    expect(joined).toMatchObject({ reference: waiting.reference, nextDeadline: expect.any(String) });
    expect(await caseOf(String(machine.reference))).toMatchObject({ closeReason: 'joined' });
  });

  it('brings no cases together by a number, which anybody can guess', async () => {
    const [middle, leaf] = [newId(), newId()];
    const victim = await filed({ id: newId() });
    const waiting = await filed({ id: leaf, from: 'mallory@post.example', answers: middle });
    const guess = await filed({ id: middle, from: 'mallory@post.example', subject: `Re: ${String(victim.reference)}` });
    expect(guess.reference).toBe(victim.reference);
    for (const each of [victim, waiting]) {
      expect(await caseOf(String(each.reference))).toMatchObject({ closedAt: null, linked: [] });
    }
  });

  it('keeps the clock of a letter that reads like marketing, until a person says what it is', async () => {
    const letter = await filed({
      id: newId(),
      subject: 'Guest post',
      text: 'We offer backlinks and a guest post on the first page of google. Limited time offer!',
    });
    expect(letter).toMatchObject({ category: 'spam', status: 'triaged', nextDeadline: expect.any(String) });
    const released = async (action: string): Promise<Body> =>
      (await clerk.post(`/api/v1/cases/${String(letter.reference)}/${action}`)).body;
    expect(await released('mark-spam')).toMatchObject({ status: 'quarantined', nextDeadline: null });
    expect(await released('release')).toMatchObject({ status: 'received', nextDeadline: expect.any(String) });
  });
});
