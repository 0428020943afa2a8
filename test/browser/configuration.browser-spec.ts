import type { Page } from 'playwright-core';
import { barriers, BuiltService, unexpected } from '../setup/built-service';

const HOME = '/staff/configuration';
const SHOTS = process.env.POSTBAG_SHOTS;
const WIDTHS = [320, 1280];
const view = (width: number): { viewport: { width: number; height: number } } => ({ viewport: { width, height: 900 } });

jest.setTimeout(180_000);

describe('configuration in the product', () => {
  let service: BuiltService;

  beforeAll(async () => {
    service = await BuiltService.startDemonstration();
  }, 300_000);
  afterAll(() => service.stop());

  /** What the page shows is kept where somebody wants to look at it. */
  async function hasNoBarrier(page: Page, name: string): Promise<void> {
    if (SHOTS !== undefined) {
      const width = page.viewportSize()?.width ?? 0;
      await page.screenshot({ path: `${SHOTS}/configuration-${name}-${String(width)}.png`, fullPage: true });
    }
    expect(await barriers(page)).toEqual([]);
  }

  it.each(WIDTHS)('has no barrier at %d px on any kind of page', async (width) => {
    const { page, complaints, close } = await service.openAs('administrator', HOME, view(width));
    await hasNoBarrier(page, 'index');
    const entries = {
      list: `${HOME}/triage-rule`,
      entry: `${HOME}/category/compliment?office=shared`,
      long: `${HOME}/risk-phrase/self-harm?office=shared`,
      standard: `${HOME}/standard/channel-email/change?office=west-mercia`,
      rule: `${HOME}/triage-rule/new`,
      template: `${HOME}/template/acknowledgement/change?office=west-mercia`,
      office: `${HOME}/office/west-mercia/change?office=west-mercia`,
      end: `${HOME}/queue/casework/end?office=west-mercia`,
      retire: `${HOME}/queue/casework/retire?office=west-mercia`,
      calendar: `${HOME}/calendar`,
    };
    for (const [name, path] of Object.entries(entries)) {
      await page.goto(`${service.url}${path}`);
      await hasNoBarrier(page, name);
    }
    await page.goto(`${service.url}${HOME}/triage-rule/new`);
    await page.click('button[value=save]');
    expect(await page.title()).toMatch(/^Error: /);
    await hasNoBarrier(page, 'errors');
    expect(unexpected(complaints)).toEqual([]);
    await close();
  });

  it('is changed without JavaScript, keeps its history and goes back', async () => {
    const path = `${HOME}/destination/victim-support?office=west-mercia`;
    const { items } = await service.api('administrator', 'GET', '/configuration/destination?office=west-mercia');
    const key = String((items as { key: string }[])[0]?.key);
    const { page, close } = await service.openAs('administrator', path.replace('victim-support', key), {
      ...view(1280),
      javaScriptEnabled: false,
    });
    await page.click('text=Change');
    const before = await page.inputValue('#telephone');
    await page.fill('#telephone', '01632 960 555');
    await page.click('button[value=save]');
    expect(await page.title()).toMatch(/^Error: /);
    expect(await page.textContent('#reason-error')).toContain('Reason must say why');
    expect(await page.inputValue('#telephone')).toBe('01632 960 555');
    await page.fill('#reason', 'They have moved');
    await page.click('button[value=save]');
    expect(await page.textContent('.govuk-notification-banner')).toContain('Saved');
    expect(await page.textContent('main')).toContain('01632 960 555');
    expect(await page.textContent('.postbag-config-history')).toContain('They have moved');
    // axe itself needs scripts.
    const seen = await service.openAs('administrator', new URL(page.url()).pathname + '?office=west-mercia', view(320));
    await hasNoBarrier(seen.page, 'history');
    await seen.close();
    await page.click('text=Go back to version 1');
    await page.fill('#reason', 'They have not');
    await page.click('main form button[type=submit]');
    await page.click('text=Change');
    expect(await page.inputValue('#telephone')).toBe(before);
    await close();
  });

  it('shows what somebody else changed meanwhile, and loses nothing', async () => {
    const path = `${HOME}/queue/casework/change?office=west-mercia`;
    const first = await service.openAs('administrator', path, view(1280));
    const second = await service.openAs('administrator', path, view(1280));
    for (const [{ page }, name] of [
      [first, 'Letters'],
      [second, 'Post'],
    ] as const) {
      await page.fill('#name', name);
      await page.fill('#reason', `Call it ${name}`);
      await page.click('button[value=save]');
    }
    expect(await second.page.textContent('#conflict')).toContain('Call it Letters');
    expect(await second.page.inputValue('#name')).toBe('Post');
    await hasNoBarrier(second.page, 'conflict');
    await second.page.click('button[value=save]');
    expect(await second.page.textContent('h1')).toBe('Post');
    await first.close();
    await second.close();
  });

  it('tries a rule on recent cases, hides subjects from administrators, and previews a template', async () => {
    const { page, close } = await service.openAs('administrator', `${HOME}/triage-rule/new`, view(1280));
    await page.selectOption('#then-category', 'compliment');
    await page.selectOption('#then-priority', 'low');
    await page.fill('#reason', 'For a trial');
    await page.fill('#order', '1');
    await page.fill('#when-anyWords', 'the\na');
    await page.click('button[value=try]');
    expect(await page.textContent('#main')).not.toContain('There is a problem');
    await hasNoBarrier(page, 'trial');
    expect(await page.textContent('#trial')).toMatch(
      /Of the last \d+ cases of West Mercia, \d+ would be sorted differently/,
    );
    expect(await page.inputValue('#when-anyWords')).toBe('the\na');
    await page.goto(`${service.url}${HOME}/template/acknowledgement/change?office=west-mercia`);
    await page.click('button[value=preview]');
    expect(await page.textContent('#letter')).toContain('WM-2026-000123-K');
    await hasNoBarrier(page, 'preview');
    await page.fill('#body', 'Dear you,\n\n{{ correspondantName }}');
    await page.click('button[value=preview]');
    expect(await page.textContent('#body-error')).toContain('line 3: there is no merge field “correspondantName”');
    await close();
  });

  it('adds a queue by keyboard alone', async () => {
    const { page, close } = await service.openAs('administrator', `${HOME}/queue`, view(1280));
    await page.focus('text=Add one');
    await page.keyboard.press('Enter');
    await page.waitForURL(/new$/);
    await page.focus('#name');
    await page.keyboard.type('Rural crime');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Letters about farms');
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.focus('#isRestricted-2');
    await page.keyboard.press('Space');
    await page.focus('#reason');
    await page.keyboard.type('Agreed with the team');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForURL(/rural-crime\?office=west-mercia/);
    expect(await page.textContent('h1')).toBe('Rural crime');
    await close();
  });

  it('takes in a calendar only after showing what it moves', async () => {
    const [row] = await service.sql(`SELECT holidays FROM holiday_calendar ORDER BY version DESC LIMIT 1`);
    const known = row?.holidays as { division: string; date: string; title: string }[];
    const feed = Object.fromEntries(
      ['england-and-wales', 'scotland', 'northern-ireland'].map((division) => {
        const events = known.filter((each) => each.division === division).map(({ date, title }) => ({ date, title }));
        const extra = division === 'england-and-wales' ? [{ date: '2027-06-11', title: 'Jubilee' }] : [];
        return [division, { division, events: [...events, ...extra] }];
      }),
    );
    const { page, close } = await service.openAs('administrator', `${HOME}/calendar`, view(1280));
    const file = {
      name: 'bank-holidays.json',
      mimeType: 'application/json',
      buffer: Buffer.from(JSON.stringify(feed)),
    };
    await page.setInputFiles('#file', file);
    await page.click('text=Compare');
    await hasNoBarrier(page, 'proposal');
    expect(await page.textContent('main')).toMatch(/Jubilee.*running deadlines in your offices/s);
    await page.fill('#reason', 'Proclaimed');
    await page.click('text=Put in force');
    expect(await page.textContent('main')).toContain('Version 2');
    await page.setInputFiles('#file', { ...file, buffer: Buffer.from('no json') });
    await page.click('text=Compare');
    expect(await page.title()).toMatch(/^Error: /);
    await hasNoBarrier(page, 'calendar-errors');
    await close();
  });

  it('is closed to caseworkers for writing and shows them what holds', async () => {
    const { page, close } = await service.openAs('caseworker', `${HOME}/category/compliment?office=shared`, view(1280));
    expect(await page.locator('text=Make a version').count()).toBe(0);
    expect(await page.locator('main .govuk-button').count()).toBe(0);
    const answer = await page.goto(`${service.url}${HOME}/queue/reviews/change?office=west-mercia`);
    expect(answer?.status()).toBe(403);
    await close();
  });
});
