import { Tokens } from '@app/access';
import { RunningPages, freePort } from './setup/running-pages';
import { Visitor, type Shown } from './setup/visitor';

describe('The application of a review, on its pages', () => {
  let pages: RunningPages;
  let manager: Visitor;
  let headers: Record<string, string>;

  beforeAll(async () => {
    pages = await RunningPages.start(await freePort());
    const role = { role: 'review-manager', offices: ['west-mercia'], label: 'Wren', expiresInDays: 1 } as const;
    headers = { authorization: `Bearer ${await pages.app.get(Tokens).mint(role, 'command:token')}` };
    manager = new Visitor(pages.url);
  }, 60_000);

  afterAll(() => pages.stop());

  const get = (path: string): Promise<Shown> => manager.get(path, { headers });
  const post = (path: string, fields: Record<string, string>): Promise<Shown> =>
    manager.post(path, fields, { headers });
  const read = ({ text }: Shown): string => text.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');

  async function logged(fields: Record<string, string>): Promise<Shown> {
    return post('/staff/log', {
      office: 'west-mercia',
      channel: 'letter',
      name: 'Asha Ferris',
      subject: 'My complaint',
      body: 'Please look at how it was dealt with.',
      once: `once-${String(Math.random()).slice(2)}`,
      do: 'save',
      ...fields,
    });
  }

  const TESTS = Object.fromEntries(
    [
      'authorityIsLocalPolicingBody',
      'seniorOfficer',
      'cannotExcludeSeriousMatter',
      'referredOrMustBe',
      'treatedAsReferred',
      'sameIncident',
      'anyPart',
    ].map((test) => [test, 'no']),
  );

  it('is entered by staff, tested, put right and decided', async () => {
    const opened = await logged({ review: 'yes' });
    expect(opened.url).toMatch(/\/staff\/reviews\/WM-/);
    const path = new URL(opened.url).pathname;
    expect(read(await get(`${path}/eligibility`))).toContain('The law’s tests say: Another body must decide it');

    const contradictory = await post(`${path}/do/record-particulars`, {
      ...TESTS,
      receivedByWrongBodyOn: '2026-03-09',
      forwardedOn: '2026-03-02',
    });
    expect(contradictory.status).toBe(422);
    expect(contradictory.text).toContain('href="#forwardedOn"');

    const facts = {
      ...TESTS,
      force: 'west-mercia',
      complaintMadeOn: '2025-01-15',
      reviewRightsNotifiedOn: '2025-04-01',
      recordedUnderSchedule3: 'yes',
      handling: 'otherwise-than-by-investigation',
      finalised: 'yes',
      applicant: 'complainant',
    };
    const late = await post(`${path}/do/record-particulars`, facts);
    expect(read(late)).toContain('The law’s tests say: Out of time');
    expect(read(late)).toContain('the last day was Tuesday 29 April 2025');
    expect(read(late)).toContain('The 28 days from');
    const refused = await post(`${path}/do/decide-validity`, { validity: 'valid' });
    expect({ status: refused.status, text: read(refused) }).toEqual({
      status: 409,
      text: expect.stringContaining('extend the time for special circumstances first (R1.25)'),
    });
    await post(`${path}/do/extend-time`, { reason: 'The letter named the wrong body.' });
    const decided = await post(`${path}/do/decide-validity`, { validity: 'valid' });
    expect(read(decided)).toMatch(/Decided Valid, /);
  });

  it('begins with a case that asks for it, and ends where it does not', async () => {
    const opened = await logged({});
    const path = new URL(opened.url).pathname;
    expect(path).toMatch(/^\/staff\/cases\/WM-/);
    expect(read(opened)).toContain('It asks for a review of a complaint');
    const bare = await post(`${path}/to-review`, { reason: ' ' });
    expect({ status: bare.status, text: read(bare) }).toEqual({
      status: 422,
      text: expect.stringContaining('Say why it is an application'),
    });
    const review = await post(`${path}/to-review`, { reason: 'It challenges the outcome.' });
    expect(new URL(review.url).pathname).toBe(`${path.replace('cases', 'reviews')}/eligibility`);
    const back = await post(`${path.replace('cases', 'reviews')}/do/return-to-correspondence`, {
      category: 'operational-issue',
      reason: 'It is about patrols.',
    });
    expect(read(back)).toContain('Back to correspondence');
    const again = await post(`${path}/to-review`, { reason: 'It was one after all.' });
    expect(read(again)).toContain('Record what it states');
  });
});
