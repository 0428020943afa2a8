import { Secret, TOTP } from 'otpauth';
import type { Page } from 'playwright-core';
import { barriers, BuiltService, tabTo } from '../setup/built-service';
import { OidcProvider } from '../setup/oidc-provider';
import { freePort } from '../setup/running-pages';

const WIDTHS = [320, 1280];
const PASSWORD = 'heron lantern gravel tuesday';
const view = (width: number): { viewport: { width: number; height: number } } => ({ viewport: { width, height: 900 } });

jest.setTimeout(120_000);

/** Presses Enter on what has the focus and waits for the page that follows. */
async function enter(page: Page): Promise<void> {
  await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
}

describe('signing in to a demonstration, by keyboard alone', () => {
  let service: BuiltService;
  let provider: OidcProvider;

  beforeAll(async () => {
    const port = await freePort();
    const url = `http://localhost:${String(port)}`;
    provider = await OidcProvider.start(url);
    await provider.order({ claims: { email: 'wren.foolscap@staff.example', email_verified: true } });
    service = await BuiltService.start({ POSTBAG_DEMO: '1', PORT: String(port), PUBLIC_URL: url, ...provider.env });
  }, 90_000);
  afterAll(async () => {
    await service?.stop();
    await provider?.stop();
  });

  it.each(WIDTHS)('chooses somebody invented, works and signs out, at %d px', async (width) => {
    const { page, complaints } = await service.open('/staff/account', view(width));
    expect(await page.title()).toContain('Sign in to Postbag');
    expect(await barriers(page)).toEqual([]);
    await tabTo(page, '.sign-in-person');
    await enter(page);
    expect(await page.textContent('h1')).toBe('Your account');
    expect(await page.textContent('.postbag-header__person')).toContain('Casey Inkwell');
    expect(await barriers(page)).toEqual([]);
    await tabTo(page, '.postbag-header__sign-out');
    await enter(page);
    expect(await page.textContent('.govuk-inset-text')).toContain('You are signed out.');
    await page.goto(`${service.url}/staff/account`);
    expect(await page.textContent('h1')).toBe('Sign in to Postbag');
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it.each(WIDTHS)('goes through the organisation and back, and out of both, at %d px', async (width) => {
    const { page, complaints } = await service.open('/staff/account', view(width));
    await tabTo(page, 'a[href^="/sign-in/oidc"]');
    await enter(page);
    expect(await page.textContent('h1')).toBe('Your organisation');
    await page.focus('button');
    await enter(page);
    await page.waitForURL('**/staff/account');
    expect(await page.textContent('.postbag-header__person')).toContain('Wren Foolscap');
    await tabTo(page, '.postbag-header__sign-out');
    await page.keyboard.press('Enter');
    await page.waitForURL(`${provider.issuer}/session/end**`);
    // The provider's own page asks for a typeface from elsewhere.
    expect(complaints.filter((text) => !text.includes('ERR_NAME_NOT_RESOLVED'))).toEqual([]);
    await page.context().close();
  });

  it('says on a plain page what the organisation’s sign-in lacks', async () => {
    await provider.order({ account: 'stranger', claims: { email: 'stranger@staff.example', email_verified: true } });
    const { page } = await service.open('/sign-in', view(320));
    await page.click('a[href^="/sign-in/oidc"]');
    await page.click('button');
    await page.waitForURL('**/sign-in/oidc/callback**');
    expect(await page.textContent('main')).toContain('Ask an administrator of your office to add you');
    expect(await barriers(page)).toEqual([]);
    await page.context().close();
  });

  it.each(WIDTHS)('keeps people and tokens on pages without a barrier, errors included, at %d px', async (width) => {
    const { page, complaints } = await service.open('/sign-in?next=/staff/configuration/people', view(width));
    await page.click('button:has-text("Ada Keyring")');
    await page.waitForURL('**/staff/configuration/people');
    expect(await barriers(page)).toEqual([]);
    await page.click('a:has-text("Add somebody")');
    await page.waitForURL('**/add');
    expect(await barriers(page)).toEqual([]);
    await page.focus('form[action$="/people/add"] button');
    await enter(page);
    expect(await page.title()).toMatch(/^Error: /);
    expect(await barriers(page)).toEqual([]);
    await page.goto(`${service.url}/staff/configuration/people`);
    await page.click('th a:has-text("Casey Inkwell")');
    await page.waitForURL(/people\/0de7/);
    expect(await barriers(page)).toEqual([]);
    for (const path of ['/staff/configuration/tokens', '/staff/configuration/tokens/add']) {
      await page.goto(`${service.url}${path}`);
      expect(await barriers(page)).toEqual([]);
    }
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});

describe('the first administrator, by keyboard alone', () => {
  let service: BuiltService;

  beforeAll(async () => {
    service = await BuiltService.start();
  }, 90_000);
  afterAll(() => service?.stop());

  it('comes in with the printed password, chooses another, sets up the second step, and comes in again', async () => {
    const printed = /One-time password +(\S+)/;
    for (let tries = 0; tries < 100 && !printed.test(service.output()); tries++) {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    const oneTime = printed.exec(service.output())?.[1] ?? '';
    const email = /E-mail address +(\S+)/.exec(service.output())?.[1] ?? '';
    const { page, complaints } = await service.open('/sign-in', view(320));
    expect(await page.locator('.sign-in-person').count()).toBe(0);
    await tabTo(page, '#email');
    await page.keyboard.type(email);
    await tabTo(page, '#password');
    await page.keyboard.type('not the password');
    await enter(page);
    expect(await page.textContent('.govuk-error-summary')).toContain('The e-mail address or the password is wrong.');
    expect(await barriers(page)).toEqual([]);
    expect(await page.inputValue('#email')).toBe(email);
    await tabTo(page, '#password');
    await page.keyboard.type(oneTime);
    await enter(page);
    expect(await page.textContent('h1')).toBe('Choose your password');
    expect(await barriers(page)).toEqual([]);
    await tabTo(page, '#password');
    await page.keyboard.type(PASSWORD);
    await tabTo(page, '#repeated');
    await page.keyboard.type(PASSWORD);
    await enter(page);
    expect(await page.textContent('h1')).toBe('Set up your second step');
    expect(
      await page.evaluate(() => document.querySelector<HTMLImageElement>('.sign-in-code')?.naturalWidth),
    ).toBeGreaterThan(0);
    expect(await barriers(page)).toEqual([]);
    await page.setViewportSize({ width: 1280, height: 900 });
    expect(await barriers(page)).toEqual([]);
    const secret = ((await page.textContent('.sign-in-key')) ?? '').replaceAll(' ', '');
    const totp = new TOTP({ secret: Secret.fromBase32(secret) });
    await tabTo(page, '#code');
    await page.keyboard.type(totp.generate({ timestamp: Date.now() - 30_000 }));
    await enter(page);
    expect(await page.locator('.sign-in-recovery li').count()).toBe(10);
    expect(await barriers(page)).toEqual([]);
    await tabTo(page, 'main .govuk-button');
    await enter(page);
    expect(await page.textContent('.postbag-header__person')).toContain('First administrator');
    await page.context().clearCookies();
    await page.goto(`${service.url}/sign-in?next=/staff/account`);
    await page.fill('#email', email);
    await page.fill('#password', PASSWORD);
    await enter(page);
    expect(await page.textContent('h1')).toBe('Enter your code');
    expect(await barriers(page)).toEqual([]);
    await tabTo(page, '#code');
    await page.keyboard.type(totp.generate());
    await enter(page);
    expect(await page.textContent('h1')).toBe('Your account');
    expect(await barriers(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});
