import type { Page } from 'playwright-core';
import { barriers, BuiltService, unexpected } from '../setup/built-service';

jest.setTimeout(120_000);

describe('the oversight of the force', () => {
  let service: BuiltService;
  let page: Page;
  let complaints: readonly string[];
  let close: () => Promise<void>;

  beforeAll(async () => {
    service = await BuiltService.startDemonstration();
    ({ page, complaints, close } = await service.openAs('manager', '/staff/scrutiny'));
  }, 300_000);
  afterAll(async () => {
    await close?.();
    await service?.stop();
  });

  /** Follows a link or presses a button, and waits for the page that it leads to. */
  async function press(role: 'link' | 'button', name: string | RegExp): Promise<void> {
    await Promise.all([page.waitForEvent('load'), page.getByRole(role, { name }).first().click()]);
  }

  async function hasNoBarrier(): Promise<void> {
    for (const width of [320, 1280]) {
      await page.setViewportSize({ width, height: 900 });
      expect([page.url(), width, ...(await barriers(page))]).toEqual([page.url(), width]);
    }
  }

  it('records a notice from the case that it came with', async () => {
    const body = {
      subject: 'Investigation not finished',
      body: 'It goes on.',
      channel: 'letter',
      office: 'west-mercia',
    };
    const correspondent = { name: 'Professional Standards', email: 'psd@force.example' };
    const { reference } = await service.api('manager', 'POST', '/correspondence', { ...body, correspondent });
    const triage = { category: 'twelve-month-notice', reason: 'A notice' };
    await service.api('manager', 'POST', `/cases/${String(reference)}/triage`, triage);
    await page.goto(`${service.url}/staff/cases/${String(reference)}`);
    await press('link', 'Record the 12-month notice');
    expect(await page.getByLabel('Our case').inputValue()).toBe(reference);
    await press('button', 'Record the notice');
    expect(await page.title()).toMatch(/^Error: /);
    expect(await page.getByRole('alert').textContent()).toContain('Enter the reference of the force');
    await hasNoBarrier();
    await page.getByLabel('Reference of the force').fill('co/555/24');
    await page.getByLabel('When the investigation started').fill('2025-01-15');
    await page.getByLabel('Why it has not finished').fill('The file is with the prosecutors.');
    await press('button', 'Record the notice');
    expect(await page.locator('h1').textContent()).toContain('CO/555/24');
    expect(await page.locator('main').textContent()).toContain('The file is with the prosecutors.');
    await hasNoBarrier();
    await press('link', '12-month notices');
    await hasNoBarrier();
  });

  it('draws a sample once and scores a file of it', async () => {
    await page.goto(`${service.url}/staff/scrutiny/samples/new`);
    await hasNoBarrier();
    await page.getByLabel('What the sample is of').fill('Files closed in spring');
    const references = Array.from({ length: 30 }, (_, index) => `CO/${String(100 + index)}/25`);
    const list = {
      name: 'closed.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(`Reference,Closed\n${references.join(',x\n')},x\n`),
    };
    await page.getByLabel('Or a CSV file').setInputFiles(list);
    await page.getByLabel('How many files').fill('3');
    await press('button', 'Keep the list');
    expect(await page.locator('main').textContent()).toContain('3 of 30 files are to be drawn');
    await page.getByLabel('Seed').fill('12ab');
    await press('button', 'Draw the sample');
    expect(await page.getByRole('alert').textContent()).toContain('6 to 40 digits');
    await page.getByLabel('Seed').fill('201211221');
    await press('button', 'Draw the sample');
    await hasNoBarrier();
    // Worked out apart from the product: 1 + int(sha256("201211221,n"), 16) % 30, in a list sorted as text.
    expect(await page.locator('td[data-label="Place in the list"]').allTextContents()).toEqual(['12', '2', '23']);
    expect(await page.getByRole('button', { name: 'Draw the sample' }).count()).toBe(0);
    await press('link', /^Score CO/);
    await press('button', 'Save the score');
    expect(await page.getByRole('alert').textContent()).toContain('Choose an answer');
    await hasNoBarrier();
    for (const group of await page.getByRole('group').all()) await group.getByLabel('Meets the standard').check();
    await press('button', 'Save the score');
    expect(await page.locator('td[data-label="Scores"]').allTextContents()).toContainEqual(
      expect.stringContaining('67%'),
    );
  });

  it('has no barrier on its other pages', async () => {
    for (const path of [
      '',
      '/chief-constable',
      '/commissioner',
      '/commissioner/numbers',
      '/force',
      '/force/actions/new',
      '/force/meetings/new',
      '/figures',
      '/samples',
    ]) {
      await page.goto(`${service.url}/staff/scrutiny${path}`);
      await hasNoBarrier();
    }
    expect(unexpected(complaints)).toEqual([]);
  });
});
