import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { barriers, BuiltService, tabTo, unexpected, type OpenPage } from '../setup/built-service';

const CASEY = '0de70000-0000-4000-8000-000000000001';
const MORGAN = '0de70000-0000-4000-8000-000000000002';

jest.setTimeout(180_000);

describe('who may see a case', () => {
  let service: BuiltService;

  beforeAll(async () => {
    service = await BuiltService.startDemonstration();
  }, 300_000);
  afterAll(() => service?.stop());

  /** A case that nobody changes any more by itself. */
  async function opened(): Promise<string> {
    const { reference } = await service.api('caseworker', 'POST', '/correspondence', {
      channel: 'letter',
      subject: 'About a member of your staff',
      body: 'I wish to complain about somebody who works in your office.',
      correspondent: { name: 'Asha Ferris', email: `asha.${randomUUID()}@post.example` },
    });
    let last: unknown = -1;
    for (let same = 0; same < 5;) {
      const found = await service.api('caseworker', 'GET', `/cases/${String(reference)}`);
      same = found.version === last && found.category !== null ? same + 1 : 0;
      last = found.version;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    return String(reference);
  }

  /** Somebody of the demonstration, signed in as a person. */
  async function signedIn(name: string, width = 1280): Promise<OpenPage> {
    const open = await service.open('/sign-in', { viewport: { width, height: 900 } });
    await click(open.page, `button:has-text("${name}")`);
    return open;
  }

  async function click(page: Page, selector: string): Promise<void> {
    await Promise.all([page.waitForEvent('load'), page.click(selector)]);
  }

  async function press(page: Page, selector: string): Promise<void> {
    await tabTo(page, selector);
    await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
  }

  const statusFor = async ({ page }: OpenPage, reference: string): Promise<number> =>
    (await page.request.get(`${service.url}/staff/cases/${reference}`)).status();

  it.each([320, 1280])('is restricted, changed and lifted by keyboard at %d px', async (width) => {
    const reference = await opened();
    const casey = await signedIn('Casey Inkwell', width);
    const maya = await signedIn('Maya Blotter');
    const morgan = await signedIn('Morgan Letterby');
    const { page } = casey;
    const main = (): Promise<string | null> => page.textContent('main');
    await service.api('caseworker', 'POST', `/cases/${reference}/allocate`, { assignee: MORGAN });
    await page.goto(`${service.url}/staff/cases/${reference}`);
    expect(await main()).not.toContain('Lift the restriction');
    await press(page, 'a[href$="/restrict"]');
    expect(await main()).toContain('You, Casey Inkwell, always see a case that you restrict.');
    const names = await page.locator('.govuk-checkboxes__label').allTextContents();
    expect(names.map((name) => name.trim())).toEqual(
      expect.arrayContaining(['Maya Blotter', 'Morgan Letterby', 'Commissioner Vellum']),
    );
    // Not the caller, nobody whose role sees no restricted case, nobody of another office.
    expect(names.join()).not.toMatch(/Casey|Audrey|Ada|Beatrice/);
    expect(await page.getByLabel('Morgan Letterby').isChecked()).toBe(true);
    expect(await barriers(page)).toEqual([]);

    await press(page, 'main button');
    expect(await page.title()).toMatch(/^Error: /);
    expect(await page.textContent('#reason-error')).toContain('Say why it must be restricted');
    await page.getByLabel('Morgan Letterby').uncheck();
    await page.getByLabel('Maya Blotter').check();
    await page.fill('#reason', 'It names a colleague.');
    await click(page, 'main button');
    expect(await page.textContent('#people-error')).toContain('Must name the person whom the case is allocated to');
    expect(await page.locator(String(await page.getAttribute('.govuk-error-summary a', 'href'))).count()).toBe(1);
    expect(await page.getByLabel('Maya Blotter').isChecked()).toBe(true);
    expect(await page.inputValue('#reason')).toBe('It names a colleague.');
    expect(await barriers(page)).toEqual([]);

    await page.getByLabel('Maya Blotter').uncheck();
    await page.getByLabel('Morgan Letterby').check();
    await press(page, 'main button');
    expect(await main()).toContain('Restricted: only Casey Inkwell and Morgan Letterby may see this case');
    expect(await barriers(page)).toEqual([]);
    expect(await statusFor(maya, reference)).toBe(404);
    expect(await statusFor(morgan, reference)).toBe(200);

    await click(page, 'text=Change who may see it');
    expect(await page.getByLabel('Morgan Letterby').isChecked()).toBe(true);
    await page.getByLabel('Maya Blotter').check();
    await page.fill('#reason', 'The manager takes part.');
    await click(page, 'main button');
    expect(await main()).toContain('only Casey Inkwell, Maya Blotter and Morgan Letterby may see this case');
    expect(await statusFor(maya, reference)).toBe(200);

    await press(page, 'a[href$="/unrestrict"]');
    expect(await barriers(page)).toEqual([]);
    await press(page, 'main button');
    expect(await page.textContent('#reason-error')).toContain('Say why everybody can see it again');
    await page.fill('#reason', 'It was about another office.');
    await press(page, 'main button');
    expect(await main()).not.toContain('Restricted:');
    expect(await main()).toContain('It was about another office.');
    expect(unexpected(casey.complaints)).toEqual([]);
    await Promise.all([casey, maya, morgan].map(({ close }) => close()));
  });

  it('hides a case from somebody in conflict at once, and leaves them on their list', async () => {
    const reference = await opened();
    const casey = await signedIn('Casey Inkwell', 320);
    const maya = await signedIn('Maya Blotter');
    const { page } = casey;
    await page.goto(`${service.url}/staff/cases/${reference}`);
    await press(page, 'a[href$="/declare-conflict"]');
    expect(await page.textContent('.govuk-warning-text')).toContain('will not see this case any more');
    expect(await page.inputValue('#person')).toBe(CASEY);
    expect(await barriers(page)).toEqual([]);
    await press(page, 'main button');
    expect(await page.textContent('#reason-error')).toContain('Say what the conflict is');
    expect(await barriers(page)).toEqual([]);
    // Somebody else was quicker: asked again, and nothing typed is lost.
    await service.api('manager', 'POST', `/cases/${reference}/note`, { text: 'Seen.' });
    await page.fill('#reason', 'A neighbour of mine.');
    await click(page, 'main button');
    expect(await page.textContent('.postbag-changed')).toContain('changed this case');
    expect(await page.inputValue('#reason')).toBe('A neighbour of mine.');
    await press(page, 'main form button');
    expect(new URL(page.url()).pathname).toBe('/staff/cases');
    expect(await page.textContent('.govuk-notification-banner')).toContain('The conflict of interest is declared');
    expect(await statusFor(casey, reference)).toBe(404);
    expect(await page.locator(`a[href="/staff/cases/${reference}"]`).count()).toBe(0);
    await page.goto(`${service.url}/staff/cases/${reference}`);
    expect(await page.textContent('h1')).toContain('not found');

    // For another person one stays on the case.
    await maya.page.goto(`${service.url}/staff/cases/${reference}/declare-conflict`);
    await maya.page.selectOption('#person', MORGAN);
    await maya.page.fill('#reason', 'He told me that they are related.');
    await click(maya.page, 'main button');
    expect(new URL(maya.page.url()).pathname).toBe(`/staff/cases/${reference}`);
    expect(await maya.page.textContent('main')).toContain('He told me that they are related.');
    const morgan = await signedIn('Morgan Letterby');
    expect(await statusFor(morgan, reference)).toBe(404);
    await Promise.all([casey, maya, morgan].map(({ close }) => close()));
  });

  it('never leaves a restricted case to nobody', async () => {
    const reference = await opened();
    const { page, close } = await signedIn('Casey Inkwell');
    const go = (action: string): Promise<unknown> => page.goto(`${service.url}/staff/cases/${reference}/${action}`);
    await go('restrict');
    await page.getByLabel('Morgan Letterby').check();
    await page.fill('#reason', 'It names a colleague.');
    await click(page, 'main button');
    await go('declare-conflict');
    await page.selectOption('#person', MORGAN);
    await page.fill('#reason', 'They are related.');
    await click(page, 'main button');
    // Named, but in conflict: to say that Morgan sees it would be untrue.
    expect(await page.textContent('main')).toContain('Restricted: only Casey Inkwell may see this case');
    await go('declare-conflict');
    await page.fill('#reason', 'A neighbour of mine.');
    await click(page, 'main button');
    expect(await page.textContent('.govuk-error-summary')).toContain('Nobody else may see this restricted case');
    expect(await page.inputValue('#reason')).toBe('A neighbour of mine.');
    expect(await barriers(page)).toEqual([]);
    await close();
  });
});
