import { RunningApi, type Body, type Client } from './setup/running-api';

describe('A bank holiday that is proclaimed', () => {
  let api: RunningApi;
  let clerk: Client;
  let administrator: Client;

  beforeAll(async () => {
    api = await RunningApi.start();
    clerk = await api.client('caseworker', 'west-mercia');
    administrator = await api.client('administrator', 'west-mercia');
  }, 60_000);

  afterAll(() => api.stop());

  const reply = async (reference: string): Promise<Body | undefined> => {
    const { body } = await clerk.get(`/api/v1/cases/${reference}/deadlines`);
    return (body.items as Body[]).find(({ clock }) => clock === 'reply');
  };

  async function log(receivedAt: string): Promise<string> {
    const { body } = await clerk.post('/api/v1/correspondence', {
      channel: 'letter',
      receivedAt,
      subject: 'Thank you',
      body: 'Something that nobody could sort.',
      correspondent: { name: 'Asha Ferris' },
    });
    return String(body.reference);
  }

  it('moves open deadlines and says so; closed ones never move', async () => {
    // Received on Thursday 2 April 2026: twenty working days end on Tuesday 5 May (domain.md, section 11).
    const open = await log('2026-04-02T09:00:00Z');
    const closed = await log('2026-04-02T09:00:00Z');
    await api.settled();
    await clerk.post(`/api/v1/cases/${closed}/close`, { reason: 'no-reply-needed' });
    expect(await reply(open)).toMatchObject({ dueOn: '2026-05-05', calendarVersion: 1 });

    const path = '/api/v1/holiday-calendar/holidays';
    const holiday = { divisions: ['england-and-wales'], date: '2026-04-20', title: 'One-off day' };
    expect((await clerk.post(path, holiday)).status).toBe(403);
    expect(await administrator.post(path, holiday)).toMatchObject({ status: 201, body: { version: 2 } });
    await api.settled();

    expect(await reply(open)).toMatchObject({ dueOn: '2026-05-06', movedFrom: '2026-05-05', calendarVersion: 2 });
    const steps = (await reply(open))?.steps as string[];
    expect(steps.join(' ')).toContain('One-off day');
    expect(steps.at(-1)).toContain('Moved from Tuesday 5 May 2026');
    expect(await reply(closed)).toMatchObject({ dueOn: '2026-05-05', status: 'stopped', calendarVersion: 1 });
    const { body } = await clerk.get(`/api/v1/cases/${open}/events`);
    expect((body.items as Body[]).map(({ type }) => type)).toContain('casework.deadline-moved');
  });

  it('is refused when it is one already, or no day', async () => {
    const path = '/api/v1/holiday-calendar/holidays';
    const again = { divisions: ['england-and-wales'], date: '2026-12-25', title: 'Christmas' };
    expect(await administrator.post(path, again)).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/date' }] },
    });
    const noDay = { ...again, date: '2026-02-30' };
    expect(await administrator.post(path, noDay)).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/date' }] },
    });
  });
});
