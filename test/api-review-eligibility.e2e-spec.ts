import { RunningApi, type Answer, type Body, type Client } from './setup/running-api';

const PATH = '/api/v1/reviews/eligibility';
const APPLICATION = {
  force: 'West Mercia Police',
  complaintMadeOn: '2025-01-15',
  recordedUnderSchedule3: true,
  handling: 'otherwise-than-by-investigation',
  finalised: true,
  reviewRightsNotifiedOn: '2025-04-01',
  receivedOn: '2025-04-25',
  applicant: 'complainant',
  bodyTests: {
    authorityIsLocalPolicingBody: 'no',
    seniorOfficer: 'no',
    cannotExcludeSeriousMatter: 'no',
    referredOrMustBe: 'no',
    treatedAsReferred: 'no',
    sameIncident: 'no',
    anyPart: 'no',
  },
};

describe('The dry run of the statutory tests', () => {
  let api: RunningApi;
  let manager: Client;

  beforeAll(async () => {
    api = await RunningApi.start();
    manager = await api.client('review-manager', 'west-mercia', 'staffordshire');
  }, 60_000);

  afterAll(() => api.stop());

  const check = (changes: object = {}): Promise<Answer> => manager.post(PATH, { ...APPLICATION, ...changes });
  const pointersOf = ({ body }: Answer): unknown[] => (body.errors as Body[]).map(({ pointer }) => pointer);

  it('answers with everything the contract names', async () => {
    const { status, body } = await check();
    expect(status).toBe(200);
    expect(body).toMatchObject({
      relevantBody: 'local-policing-body',
      clock: 'running',
      lastDay: '2025-04-29',
      madeOn: '2025-04-25',
      inTime: true,
      validity: 'valid',
      reasons: expect.arrayContaining([{ rule: 'R1.20', text: expect.any(String) }]),
      discretion: [],
      rulesVersion: 'reviews-2020',
    });
  });

  it('leaves out the days at another body (R1.24), and leaves what is late to people (R1.25)', async () => {
    const hop = { forwardedOn: '2025-05-12', receivedOn: '2025-05-12' };
    const inTime = await check({ ...hop, receivedByWrongBodyOn: '2025-04-25' });
    expect(inTime.body).toMatchObject({ validity: 'valid', madeOn: '2025-05-12', lastDay: '2025-04-29' });
    const late = await check({ ...hop, receivedByWrongBodyOn: '2025-04-30' });
    expect(late.body).toMatchObject({ validity: 'out-of-time', inTime: false, clock: 'expired' });
    expect(late.body.discretion).toMatchObject([{ rule: 'R1.25' }]);
  });

  it('warns of a last day that the bank holidays of the office make non-working (R1.23)', async () => {
    const { body } = await check({ reviewRightsNotifiedOn: '2025-12-04', receivedOn: '2026-01-02' });
    expect(body).toMatchObject({ lastDay: '2026-01-01', validity: 'out-of-time', warnings: [{ rule: 'R1.23' }] });
  });

  it('takes what is not stated for missing, and not for wrong', async () => {
    const { force, complaintMadeOn, reviewRightsNotifiedOn, ...rest } = APPLICATION;
    expect([force, complaintMadeOn, reviewRightsNotifiedOn]).not.toContain(undefined);
    for (const application of [rest, { ...rest, force: null, complaintMadeOn: null, reviewRightsNotifiedOn: null }]) {
      const { status, body } = await manager.post(PATH, application);
      expect([status, body.validity, body.clock, body.inTime]).toEqual([
        200,
        'insufficient-information',
        'not-started',
        null,
      ]);
    }
  });

  it('names every wrong part of the request', async () => {
    const malformed = await check({
      receivedOn: '2025-02-30',
      applicant: 'friend',
      bodyTests: { seniorOfficer: 'maybe' },
    });
    expect(malformed.status).toBe(422);
    expect(pointersOf(malformed)).toEqual(
      expect.arrayContaining(['/receivedOn', '/applicant', '/bodyTests/seniorOfficer', '/bodyTests/anyPart']),
    );
    const contradictory = await check({ receivedByWrongBodyOn: '2025-05-12', forwardedOn: '2025-05-11' });
    expect([contradictory.status, pointersOf(contradictory)]).toEqual([422, ['/forwardedOn']]);
  });

  it('stores nothing', async () => {
    const count = async (): Promise<unknown> =>
      api.sql('SELECT (SELECT count(*)::int FROM event_log) AS events, (SELECT count(*)::int FROM case_file) AS cases');
    const before = await count();
    await check();
    expect(await count()).toEqual(before);
  });

  it('is in the description of the interface', async () => {
    const { body } = await manager.get('/api/openapi.json');
    const paths = body.paths as Record<string, Body>;
    expect(paths[PATH]?.post).toMatchObject({ tags: ['Reviews'], requestBody: expect.any(Object) });
  });
});
