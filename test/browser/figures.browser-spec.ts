import type { Page } from 'playwright-core';
import { barriers, BuiltService, unexpected } from '../setup/built-service';

const WIDTHS = [320, 1280];
const PATHS = [
  '/staff/figures?period=year&by=queue',
  '/staff/figures?period=own&from=&to=2026-02-30',
  '/staff/figures/reviews?by=office',
  '/staff/figures/reviews/cases?figure=open&from=2026-01-01&to=2027-12-31',
  '/staff/figures/late',
  '/staff/figures/late/cases',
  '/staff/figures/cases?figure=open&from=2026-01-01&to=2026-01-31',
  '/staff/figures/nothing-missing?period=last-month',
  '/staff/figures/readers',
  '/staff/figures/digest',
];
const view = (width: number): { viewport: { width: number; height: number } } => ({ viewport: { width, height: 900 } });

jest.setTimeout(120_000);

describe('the pages of managers', () => {
  let service: BuiltService;

  beforeAll(async () => {
    service = await BuiltService.startDemonstration();
  }, 300_000);
  afterAll(() => service.stop());

  it.each(WIDTHS)('have no barrier and no fault, and weigh little, at %d px', async (width) => {
    const { page, complaints, close } = await service.openAs('manager', '/staff/keys', view(width));
    const network = await page.context().newCDPSession(page);
    let bytes = 0;
    network.on('Network.loadingFinished', ({ encodedDataLength }) => (bytes += encodedDataLength));
    await network.send('Network.enable');
    await network.send('Network.setCacheDisabled', { cacheDisabled: true });
    for (const path of PATHS) {
      bytes = 0;
      await page.goto(`${service.url}${path}`, { waitUntil: 'networkidle' });
      for (const summary of await page.locator('main summary').all()) await summary.click();
      expect([path, bytes > 10_000, bytes < 100_000]).toEqual([path, true, true]);
      expect([path, ...(await barriers(page))]).toEqual([path]);
    }
    expect(unexpected(complaints)).toEqual([]);
    await close();
  });

  /** Follows a list to its end. */
  async function listed(page: Page, href: string): Promise<number> {
    let rows = 0;
    for (let next: string | null = href; next !== null;) {
      await page.goto(`${service.url}${next}`);
      rows += await page.locator('[data-counted]').count();
      const more = page.locator('a[rel=next]');
      next = (await more.count()) > 0 ? await more.getAttribute('href') : null;
    }
    return rows;
  }

  it.each(['/staff/figures/late', '/staff/figures?by=channel'])('open exactly the cases counted: %s', async (path) => {
    const { page, close } = await service.openAs('manager', path);
    const numbers = await page.$$eval('main a[href*="/cases?"]', (links) =>
      links.map((link) => [link.getAttribute('href') ?? '', Number.parseInt(link.textContent ?? '', 10)] as const),
    );
    expect(numbers.length).toBeGreaterThan(2);
    for (const [href, count] of numbers.slice(0, 30)) expect([href, await listed(page, href)]).toEqual([href, count]);
    await close();
  });

  it('sort a breakdown by the keyboard alone', async () => {
    const { page, close } = await service.openAs('manager', '/staff/figures?period=year&by=channel');
    const header = page.getByRole('link', { name: 'Received', exact: true });
    await header.focus();
    await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
    expect(await page.locator('th[aria-sort=descending]').textContent()).toContain('Received');
    await close();
  });
});
