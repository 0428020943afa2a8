import type { Page } from 'playwright-core';
import { barriers, BuiltService, unexpected } from '../setup/built-service';

jest.setTimeout(180_000);

type Answer = Record<string, unknown>;

const NO_TO_ALL = {
  authorityIsLocalPolicingBody: 'no',
  seniorOfficer: 'no',
  cannotExcludeSeriousMatter: 'no',
  referredOrMustBe: 'no',
  treatedAsReferred: 'no',
  sameIncident: 'no',
  anyPart: 'no',
};

describe('a recommendation to the force', () => {
  let service: BuiltService;

  beforeAll(async () => {
    // The people of the demonstration without their work: a year of reviews is not needed for one.
    service = await BuiltService.start({ POSTBAG_DEMO: '1' });
  }, 300_000);
  afterAll(() => service?.stop());

  /** A review that is upheld and whose decision has gone out. */
  async function issued(today: string): Promise<string> {
    const item = {
      ...{ office: 'west-mercia', channel: 'letter', subject: 'A review, please', body: 'I ask for a review.' },
      correspondent: { name: 'Asha Ferris' },
    };
    const particulars = {
      ...{ force: 'west-mercia', recordedUnderSchedule3: true, handling: 'otherwise-than-by-investigation' },
      ...{ finalised: true, applicant: 'complainant', bodyTests: NO_TO_ALL },
    };
    const { reference } = await service.api('review-manager', 'POST', '/reviews', { item, particulars });
    const act = (action: string, body: object = {}, role = 'review-manager'): Promise<Answer> =>
      service.api(role, 'POST', `/reviews/${String(reference)}/${action}`, body);
    await act('decide-validity', { validity: 'valid', reason: 'Enough is known.' });
    await act('assign-reviewer');
    await act('declare-independence', { independent: true });
    await act('notify-parties', { authority: true });
    await act('request-papers', { papers: ['outcome-letter'] });
    await act('record-papers', { papers: ['outcome-letter'], on: today });
    const { allegations } = await act('add-allegation', { category: 'other', text: 'Nobody came.' });
    await act('record-finding', {
      allegation: (allegations as Answer[])[0]?.id,
      ...{ finding: 'not-reasonable-and-proportionate', reasons: 'The log was not looked at.', evidence: [] },
    });
    await act('note-test', { complaint: 'a', handling: 'b', lawAndGuidance: 'c', conclusion: 'd' });
    await act('submit-for-quality-check', { outcome: 'upheld' });
    await act('pass-quality-check', {}, 'manager');
    await act('decide');
    const letters = ['applicant', 'authority'].map((party) => ({ party, channel: 'letter' }));
    await act('issue-decision', { letters });
    return String(reference);
  }

  async function click(page: Page, selector: string): Promise<void> {
    await Promise.all([page.waitForEvent('load'), page.click(selector)]);
  }

  async function shot(page: Page, name: string): Promise<void> {
    const folder = process.env.POSTBAG_SHOTS;
    if (folder !== undefined) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
  }

  it('is made, answered and implemented, and then the review is closed', async () => {
    const [row] = await service.sql<{ today: string }>(
      `SELECT (business_now() AT TIME ZONE 'Europe/London')::date::text AS today`,
    );
    const today = row?.today ?? '';
    const reference = await issued(today);
    const home = `/staff/reviews/${reference}/recommendations`;
    const { page, complaints, close } = await service.openAs('review-manager', home);
    await click(page, 'text=Make a recommendation');
    await click(page, 'button:has-text("Make the recommendation")');
    expect(await page.title()).toMatch(/^Error: /);
    expect(await page.locator('.govuk-error-summary li').count()).toBe(2);
    // What the law allows only after an investigation is not offered.
    expect(await page.locator('input[value="case-to-answer"]').count()).toBe(0);
    expect(await barriers(page)).toEqual([]);
    await page.check('input[value="remedy"]');
    await page.fill('#text', 'Explain to the complainant how the call was graded.');
    await click(page, 'button:has-text("Make the recommendation")');
    expect(await page.locator('main').innerText()).toContain('Waiting for the response');
    expect(await barriers(page)).toEqual([]);
    await shot(page, 'made');

    await expect(service.api('review-manager', 'POST', `/reviews/${reference}/close`, {})).rejects.toThrow('409');
    await click(page, 'main >> text=Record the response');
    await page.check('input[value="part"]');
    await page.fill('#on', today);
    await page.fill('#text', 'We will write to the complainant.');
    await page.fill('#sentToApplicantOn', today);
    await click(page, 'button:has-text("Record the response")');
    await click(page, 'main >> text=Record that it was implemented');
    await page.fill('#on', today);
    await page.fill('#evidence', 'The letter of the same day.');
    await click(page, 'button:has-text("Record it")');
    expect(await page.locator('main').innerText()).toContain('The letter of the same day.');
    await shot(page, 'implemented');
    await service.api('review-manager', 'POST', `/reviews/${reference}/close`, {});

    for (const width of [320, 1280]) {
      await page.setViewportSize({ width, height: 900 });
      for (const path of [
        '/staff/recommendations',
        '/staff/recommendations/pack?office=west-mercia',
        '/staff/reviews/import',
      ]) {
        await page.goto(`${service.url}${path}`);
        expect([path, width, await barriers(page)]).toEqual([path, width, []]);
        await shot(page, `${path.replaceAll(/[^a-z]+/g, '-')}${String(width)}`);
      }
    }
    expect(unexpected(complaints)).toEqual([]);
    await close();
  });
});
