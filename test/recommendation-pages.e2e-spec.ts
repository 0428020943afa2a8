import { Tokens } from '@app/access';
import { freePort, RunningPages } from './setup/running-pages';

const CSV = 'Our ref,Received,Complainant,Status\nA/1,02/03/2026,Asha Ferris,Received\nA/2,02/03/2026,Bo Lind,Closed\n';

describe('The pages of recommendations and of taking reviews over', () => {
  let pages: RunningPages;
  let authorization: string;

  beforeAll(async () => {
    pages = await RunningPages.start(await freePort(), { POSTBAG_DEMO: '0' });
    const holder = { role: 'review-manager' as const, offices: ['west-mercia'], label: 'reviews', expiresInDays: 1 };
    authorization = `Bearer ${await pages.app.get(Tokens).mint(holder, 'command:token')}`;
  }, 60_000);
  afterAll(() => pages?.stop());

  const get = (path: string): Promise<Response> =>
    fetch(`${pages.url}${path}`, { headers: { authorization, accept: 'text/html' } });

  function give(file: Blob | null): Promise<Response> {
    const body = new FormData();
    body.set('office', 'west-mercia');
    if (file) body.set('file', file, 'open.csv');
    const headers = { authorization, accept: 'text/html' };
    return fetch(`${pages.url}/staff/reviews/import`, { method: 'POST', headers, body, redirect: 'manual' });
  }

  it('show line by line what would become of a list, and then how far it has come', async () => {
    expect((await give(null)).status).toBe(422);
    const given = await give(new Blob([CSV]));
    expect(given.status).toBe(303);
    const path = given.headers.get('location') ?? '';
    const tried = await (await get(path)).text();
    expect(tried).toContain('1 can be taken over');
    expect(tried).toContain('only open reviews are taken over');
    const started = await fetch(`${pages.url}${path}/start`, {
      ...{ method: 'POST', redirect: 'manual' as const, body: new URLSearchParams() },
      headers: { authorization, accept: 'text/html' },
    });
    expect(started.status).toBe(303);
    expect(await (await get(path)).text()).toContain('0 of 2 lines looked at');
  });

  it.each([
    ['csv', 'text/csv', 'Figures,Recommendations made'],
    ['docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'PK'],
    ['pdf', 'application/pdf', '%PDF-'],
  ])('give the pack for the meeting as %s', async (format, type, start) => {
    const answer = await get(`/staff/recommendations/pack/download/${format}?office=west-mercia&quarter=2026-Q1`);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, expect.stringContaining(type)]);
    expect(
      Buffer.from(await answer.arrayBuffer())
        .toString('latin1')
        .replace(/^ï»¿/, '')
        .startsWith(start),
    ).toBe(true);
  });
});
