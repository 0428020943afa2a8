import type { Page } from 'playwright-core';
import { barriers, BuiltService, unexpected, type OpenPage } from '../setup/built-service';

const NONE = {
  authorityIsLocalPolicingBody: 'no',
  seniorOfficer: 'no',
  cannotExcludeSeriousMatter: 'no',
  referredOrMustBe: 'no',
  treatedAsReferred: 'no',
  sameIncident: 'no',
  anyPart: 'no',
};
const daysAgo = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);

describe('the staff pages of a complaint review', () => {
  let service: BuiltService;

  beforeAll(async () => {
    service = await BuiltService.start({ POSTBAG_DEMO: '1' });
  }, 120_000);
  afterAll(() => service?.stop());

  /** An application that came by letter, with what it states. */
  async function applied(email: string): Promise<string> {
    const { reference } = await service.api('review-manager', 'POST', '/reviews', {
      item: {
        channel: 'letter',
        office: 'west-mercia',
        subject: 'I ask for a review',
        body: 'The outcome of my complaint is wrong.',
        correspondent: { name: 'Asha Ferris', email },
      },
      particulars: {
        force: 'west-mercia',
        forceReference: 'CO/00321/26',
        complaintMadeOn: daysAgo(120),
        recordedUnderSchedule3: true,
        handling: 'otherwise-than-by-investigation',
        finalised: true,
        reviewRightsNotifiedOn: daysAgo(10),
        applicant: 'complainant',
        bodyTests: NONE,
      },
      grounds: 'They never spoke to my neighbour.',
    });
    return String(reference);
  }

  /** At both widths without loading the page again. */
  async function look(page: Page): Promise<void> {
    for (const width of [1280, 320]) {
      await page.setViewportSize({ width, height: 800 });
      expect(await barriers(page)).toEqual([]);
    }
  }

  const press = async ({ page }: OpenPage, button: string): Promise<void> => {
    await page.click(`main button:has-text("${button}"):not([aria-hidden])`);
  };
  const notice = ({ page }: OpenPage): Promise<string | null> =>
    page.textContent('.govuk-notification-banner__content');

  it('lead it from an application to an issued decision, each reader with a letter of their own', async () => {
    const reference = await applied('asha.ferris@post.example');
    await service.api('review-manager', 'POST', `/reviews/${reference}/decide-validity`, { validity: 'valid' });
    const window = await service.openAs('review-manager', '/staff/reviews');
    const { page } = window;
    await look(page);
    await page.click(`main a:has-text("${reference}")`);
    await look(page);
    const next = async (): Promise<void> => page.click('.postbag-next .govuk-button');

    await next();
    await page.click('label:has-text("(you)")');
    await press(window, 'Name the reviewer');
    await next();
    await page.check('#independent');
    await press(window, 'Declare');
    await page.click('text=Add somebody who must be told');
    await page.check('input[value=person-complained-against]');
    await page.fill('#name', 'Rowan Tabard');
    await press(window, 'Add them');
    expect(await page.textContent('main')).toContain('The force, as appropriate authority, Rowan Tabard');
    await next();
    await press(window, 'Notify them');
    await next();
    await press(window, 'Request the papers');
    await look(page);
    await next();
    await press(window, 'Record them');
    await next();
    await page.selectOption('#category', 'individual-behaviours');
    await page.fill('#text', 'My daughter waited at home for a call.');
    await press(window, 'Add the allegation');

    await next();
    await press(window, 'Record the finding');
    expect(await page.title()).toMatch(/^Error: /);
    expect(await page.locator('.govuk-error-summary__list a').allTextContents()).toEqual([
      'Choose what you find',
      'Give your reasons',
    ]);
    await look(page);
    await page.check('input[value=not-reasonable-and-proportionate]');
    await page.fill('#reasons', 'The log shows no call.');
    await page.selectOption('#evidence-0-paper', 'complaint-record');
    await page.fill('#evidence-0-page', '3');
    // Somebody else works on it meanwhile: what was typed stays, and is sent again on purpose.
    await service.api('manager', 'POST', `/reviews/${reference}/pause`, { because: 'waiting-on-force' });
    await press(window, 'Record the finding');
    expect(await page.textContent('[role=alert]')).toContain('changed while you were on this page');
    expect(await page.inputValue('#reasons')).toBe('The log shows no call.');
    await press(window, 'Record the finding');
    expect(await notice(window)).toContain('The finding is recorded');
    expect(await page.textContent('main')).toContain('Complaint record and log, page 3');
    await press(window, 'Resume the review');
    await next();
    for (const field of ['complaint', 'handling', 'lawAndGuidance', 'conclusion']) await page.fill(`#${field}`, field);
    await press(window, 'Keep the note');
    await next();
    await page.fill('#observations-0-text', 'Ring back when it was promised.');
    await press(window, 'Hand in');
    expect(await page.textContent('.postbag-next')).toContain('it cannot be you');

    const second = await service.openAs('manager', '/staff');
    expect(await second.page.textContent('.postbag-figure:has-text("To check for others")')).toContain('1');
    await second.page.click('text=To check for others');
    await second.page.click(`main a:has-text("${reference}")`);
    await second.page.click('.postbag-next .govuk-button');
    await press(second, 'It is sound');
    expect(unexpected(second.complaints)).toEqual([]);
    await second.close();

    await page.reload();
    await next();
    await press(window, 'Make the decision');
    await next();
    await press(window, 'Draft the letters');
    await look(page);
    const letters = await page.locator('tbody a:has-text("Read and approve")').count();
    expect(letters).toBe(3);
    await page.click('tbody tr:has-text("Rowan Tabard") a:has-text("Read and change")');
    const text = await page.inputValue('textarea[name=text]');
    expect(text).not.toMatch(/daughter|log shows|Ring back/);
    await page.fill('textarea[name=text]', text.replace(/\[\[.*\]\]/, 'The log was not read.'));
    await press(window, 'Save and finish');
    for (let left = letters; left > 0; left--) {
      await page.goto(`${service.url}/staff/reviews/${reference}/letters`);
      await page.locator('tbody a:has-text("Read and approve")').first().click();
      await press(window, 'Approve');
    }
    await page.click('text=Back to the letters');
    await press(window, 'Issue the decision');
    expect(await notice(window)).toContain('The decision is issued');
    expect(unexpected(window.complaints)).toEqual([]);
    await window.close();

    const sent = await service.sql<{ to_address: string; subject: string }>(
      `SELECT o.to_address, o.subject FROM outgoing_message o JOIN case_file c ON c.id = o.case_id
        WHERE c.reference = $1 AND o.subject LIKE 'Our decision%' ORDER BY 1`,
      [reference],
    );
    expect(sent.map(({ to_address }) => to_address)).toEqual([
      'asha.ferris@post.example',
      'psd@westmercia-force.example',
    ]);
    // The letter by post to somebody else is no message of the case, which the applicant can follow.
    const posted = await service.sql(
      `SELECT FROM case_message m JOIN case_file c ON c.id = m.case_id
        WHERE c.reference = $1 AND m.direction = 'outbound' AND m.outgoing_message_id IS NULL`,
      [reference],
    );
    expect(posted).toEqual([]);
  }, 240_000);

  it('say plainly that somebody who dealt with the complaint before cannot review it', async () => {
    const email = 'idris.vellacott@post.example';
    const complaint = await service.api('review-manager', 'POST', '/correspondence', {
      channel: 'letter',
      office: 'west-mercia',
      subject: 'A complaint',
      body: 'An officer was rude to me.',
      correspondent: { name: 'Idris Vellacott', email },
    });
    await service.api('review-manager', 'POST', `/cases/${String(complaint.reference)}/triage`, {
      category: 'police-complaint',
      reason: 'It is one.',
    });
    const reference = await applied(email);
    const window = await service.openAs('review-manager', `/staff/reviews/${reference}`);
    const { page } = window;
    expect(await page.textContent('main h2')).toBe('You cannot review this: you dealt with the complaint before');
    await look(page);
    await page.goto(`${service.url}/staff/reviews/${reference}/do/assign-reviewer`);
    const own = page.locator('.govuk-radios__item:has-text("(you)")');
    expect(await own.textContent()).toContain('Cannot review this: you dealt with the complaint before.');
    expect(await own.locator('input').isDisabled()).toBe(true);
    // Whatever the page offers: the rule holds, and says why at the field.
    await own.locator('input').evaluate((input: HTMLInputElement) => (input.disabled = false));
    await own.locator('input').check();
    await press(window, 'Name the reviewer');
    expect(await page.textContent('#reviewer-error')).toContain(
      'dealt with the complaint before, and cannot review it',
    );
    await look(page);
    expect(unexpected(window.complaints)).toEqual([]);
    await window.close();
  }, 120_000);
});
