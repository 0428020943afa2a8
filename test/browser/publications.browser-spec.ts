import { parse } from 'csv-parse/sync';
import type { Page } from 'playwright-core';
import { addDays, londonDate } from '@app/kernel';
import { lastCompleteQuarter, periodInWords, shortDay } from '@app/publication';
import { barriers, BuiltService } from '../setup/built-service';
import { eventually } from '../setup/eventually';

const WIDTHS = [1280, 320];
const ROOT = '/complaints-performance/west-mercia';

jest.setTimeout(180_000);

describe('a published page and its correction', () => {
  const quarter = lastCompleteQuarter(londonDate(new Date()));
  const slug = `complaints-q${String(quarter.number)}-${quarter.year.replace('/', '-')}`;
  let service: BuiltService;

  beforeAll(async () => {
    service = await BuiltService.start({ POSTBAG_DEMO: '1' });
    for (const day of [1, 2, 3]) {
      await service.api('caseworker', 'POST', '/correspondence', {
        channel: 'letter',
        receivedAt: `${addDays(quarter.from, day)}T10:00:00Z`,
        subject: 'Lights',
        body: 'The lights are out.',
        correspondent: { name: 'Asha Ferris', email: `asha-${String(day)}@post.example` },
      });
    }
    await eventually(async () => {
      const path = `/metrics/timeliness?from=${quarter.from}&to=${quarter.to}`;
      const { figures } = await service.api('manager', 'GET', path);
      expect((figures as { numerator: number }[])[0]?.numerator).toBe(3);
    }, 30_000);
  }, 90_000);
  afterAll(() => service?.stop());

  const press = (page: Page, name: string): Promise<unknown> =>
    Promise.all([page.waitForEvent('load'), page.getByRole('button', { name, exact: true }).click()]);
  const dates = (page: Page): Promise<Record<string, string>> =>
    page.$$eval('[data-date]', (found) =>
      Object.fromEntries(found.map((each) => [each.getAttribute('data-date') ?? '', each.textContent ?? ''])),
    );
  const figure = (page: Page, key: string): Promise<string | null> =>
    page.locator(`[data-figure=${key}] td`).first().textContent();

  async function look(page: Page): Promise<void> {
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 900 });
      await page.$$eval('main details', (all) => all.forEach((each) => each.setAttribute('open', '')));
      expect([page.url(), width, await barriers(page)]).toEqual([page.url(), width, []]);
    }
    await page.setViewportSize({ width: 1280, height: 900 });
  }

  async function checkAndPublish(manager: Page, commissioner: Page, address: string): Promise<void> {
    await press(manager, 'Send to be checked');
    await commissioner.goto(address);
    await press(commissioner, 'I have checked it');
    await manager.goto(address);
    await press(manager, 'Publish now');
    expect(await manager.textContent('main')).toContain('Published: the public reads it now');
  }

  it('is drafted, refused while it is silent, checked by another, published, corrected, and every version stays', async () => {
    const { page: manager } = await service.openAs('manager', '/staff/publications');
    await look(manager);
    await manager.goto(`${service.url}/staff/publications/bulletins/new`);
    await press(manager, 'Record it');
    expect(await manager.title()).toMatch(/^Error: /);
    await look(manager);
    await manager.check('input[value=quarterly-data]');
    await manager.fill('#title', 'Information bulletin');
    for (const [field, day] of [
      ['publishedOn', addDays(londonDate(new Date()), -60)],
      ['from', '2026-01-01'],
      ['to', '2026-03-31'],
    ] as const) {
      await manager.fill(`#${field}`, day);
    }
    await manager.setInputFiles('#file', {
      name: 'bulletin.pdf',
      mimeType: 'application/pdf',
      buffer: Buffer.from('%PDF-'),
    });
    await press(manager, 'Record it');
    expect(await manager.textContent('.postbag-publish-due--late')).toContain('overdue since');
    await manager.goto(`${service.url}/staff`);
    expect(await manager.textContent('main')).toContain('Bulletins overdue on our page');

    await manager.goto(`${service.url}/staff/publications/new`);
    await look(manager);
    await press(manager, 'Count the figures and begin');
    const address = manager.url().split('?')[0] ?? '';
    await press(manager, 'Send to be checked');
    expect(await manager.title()).toMatch(/^Error: /);
    expect(await manager.locator('.govuk-error-summary__list li').count()).toBe(11);
    await look(manager);
    await manager.goto(`${address}/edit`);
    for (const box of await manager.locator('main input[name^=nothing-]').all()) await box.check();
    await manager.locator('#nothing-timeliness').uncheck();
    await manager.fill('#text-timeliness', 'The force took 40 days.\n\nThat is less than before.');
    await look(manager);
    await press(manager, 'Save and see it');
    expect(await figure(manager, 'correspondence-received')).toContain('counted: 3');
    await look(manager);
    await manager.goto(address);
    const { page: commissioner } = await service.openAs('commissioner', '/staff/publications');
    await checkAndPublish(manager, commissioner, address);

    const { page, complaints } = await service.open('/');
    await page.getByRole('link', { name: 'How complaints are handled' }).click();
    await look(page);
    await page.goto(`${service.url}${ROOT}`);
    await look(page);
    await page.goto(`${service.url}${ROOT}/${slug}`);
    await look(page);
    // Each by itself, from the clock and the period: "Published November 2023", "Q1", "to 30 September" cannot meet.
    expect(await dates(page)).toMatchObject({
      published: shortDay(londonDate(new Date())),
      quarter: periodInWords(quarter),
      version: '1',
    });
    expect(await figure(page, 'correspondence-received')).toBe('fewer than 5');
    expect(await page.content()).not.toContain('counted:');
    expect(await page.textContent('main')).toContain('There is nothing to report for this period.');
    const bulletin = await page.getByRole('link', { name: 'Information bulletin' }).getAttribute('href');
    expect((await fetch(`${service.url}${bulletin ?? ''}`)).headers.get('content-type')).toBe('application/pdf');

    await manager.goto(address);
    await manager.getByText('Correct it', { exact: true }).click();
    await manager.fill('#note', 'The force took 50 days: a line had been left out.');
    await press(manager, 'Begin the correction');
    await manager.goto(`${address}/edit`);
    await manager.fill('#text-timeliness', 'The force took 50 days.');
    await press(manager, 'Save');
    await checkAndPublish(manager, commissioner, address);
    await look(manager);

    await page.goto(`${service.url}${ROOT}/${slug}`);
    expect(await page.textContent('.postbag-banner')).toContain('The force took 50 days: a line had been left out.');
    const changes = await page.locator('.postbag-changes tbody tr').allTextContents();
    expect(changes).toHaveLength(1);
    expect(changes[0]).toContain('The force took 40 days.');
    await look(page);
    await page.goto(`${service.url}${ROOT}/${slug}/v1`);
    expect(await page.textContent('.postbag-banner')).toContain('This version was superseded');
    expect(await page.textContent('main')).toContain('That is less than before.');
    await look(page);
    expect(complaints).toEqual([]);
  });

  it('has data that says what the page says, for whoever asks again', async () => {
    const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
      fetch(`${service.url}${ROOT}/${slug}${path}`, { headers });
    const answer = await get('/v2/data.csv');
    expect(answer.headers.get('content-type')).toContain('text/csv');
    const text = await answer.text();
    expect(text).toContain('\r\n');
    const rows: Record<string, string>[] = parse(text, { columns: true });
    const received = rows.find((row) => row.figure_key === 'correspondence-received' && row.scope === 'quarter');
    expect(received).toMatchObject({
      version: '2',
      published_on: londonDate(new Date()),
      data_from: quarter.from,
      data_to: quarter.to,
      quarter: `Q${String(quarter.number)} ${quarter.year}`,
      value: '',
      value_status: 'small',
      value_at_most: '4',
    });
    const json = (await (await get('/v2/data.json')).json()) as { data: object[]; dictionary: { name: string }[] };
    expect(json.data).toHaveLength(rows.length);
    const explained = json.dictionary.map(({ name }) => name);
    expect(Object.keys(rows[0] ?? {}).filter((column) => !explained.includes(column))).toEqual([]);
    for (const path of ['', '/v1', '/v2/data.csv']) {
      const etag = (await get(path)).headers.get('etag') ?? '';
      expect([path, (await get(path, { 'if-none-match': etag })).status]).toEqual([path, 304]);
    }
    for (const path of ['/v3', '/v0', '/x', '/v1/data.xml'])
      expect([path, (await get(path)).status]).toEqual([path, 404]);
  });
});
