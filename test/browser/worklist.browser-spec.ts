import { randomUUID } from 'node:crypto';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { eventually } from '../setup/eventually';
import { barriers, BuiltService, unexpected } from '../setup/built-service';

const WIDTHS = [320, 1280];
const PATHS = [
  '/staff',
  '/staff/cases?tab=mine',
  '/staff/cases?tab=open',
  '/staff/cases?tab=closed',
  '/staff/cases?tab=open&queue=casework&status=triaged&due=overdue&receivedFrom=2026-01-01',
  '/staff/saved-views',
  '/staff/search',
  '/staff/correspondents',
  '/staff/risk-alerts',
  '/staff/needs-attention',
  '/staff/keys',
];
const view = (width: number): { viewport: { width: number; height: number } } => ({ viewport: { width, height: 900 } });

jest.setTimeout(60_000);

describe('the lists that staff work from', () => {
  let service: BuiltService;

  beforeAll(async () => {
    service = await BuiltService.startDemonstration();
  }, 300_000);
  afterAll(() => service.stop());

  /** Cases of one person who writes here only, sorted into a queue. */
  async function opened(count: number, word: string): Promise<string[]> {
    const references: string[] = [];
    for (let n = 0; n < count; n++) {
      const { reference } = await service.api('caseworker', 'POST', '/correspondence', {
        channel: 'letter',
        subject: `Speeding past the ${word} school ${String(n)}`,
        body: `Cars come down Orchard Lane at forty. <b>${word}</b> & everybody is afraid.`,
        correspondent: { name: `Asha ${word}`, email: `asha.${word}@post.example`, postcode: 'ZZ99 3WZ' },
      });
      references.push(String(reference));
    }
    await eventually(async () => {
      for (const reference of references) {
        const { category, queue, acknowledgedAt } = await service.api('caseworker', 'GET', `/cases/${reference}`);
        expect({ category, queue, acknowledgedAt }).not.toMatchObject({ queue: null });
        expect(acknowledgedAt).not.toBeNull();
      }
    }, 20_000);
    return references;
  }

  interface Opened {
    readonly page: Page;
    readonly complaints: readonly string[];
    readonly close: () => Promise<void>;
  }

  async function open(role: string, path: string, options: BrowserContextOptions = {}): Promise<Opened> {
    const found = await service.openAs(role, path, options);
    return { page: found.page, complaints: found.complaints, close: () => found.close() };
  }

  const aWord = (): string => `q${randomUUID().replace(/[^a-z]/g, '')}z`;
  const text = async (page: Page): Promise<string> => (await page.textContent('main')) ?? '';

  async function go(page: Page, act: () => Promise<unknown>): Promise<void> {
    await Promise.all([page.waitForEvent('load'), act()]);
  }

  async function press(page: Page, name: string | RegExp, role: 'button' | 'link' = 'button'): Promise<void> {
    await page.getByRole(role, { name }).first().focus();
    await go(page, () => page.keyboard.press('Enter'));
  }

  it.each(WIDTHS)('have no barrier and no fault at %d px', async (width) => {
    const { page, complaints, close } = await open('caseworker', '/staff/keys', view(width));
    for (const path of PATHS) {
      await page.goto(`${service.url}${path}`);
      expect([path, ...(await barriers(page))]).toEqual([path]);
    }
    expect(unexpected(complaints)).toEqual([]);
    await close();
  });

  it.each(WIDTHS)('have no barrier with everything unfolded and with an error at %d px', async (width) => {
    await opened(1, aWord());
    const { page, complaints, close } = await open('caseworker', '/staff/cases?tab=unassigned', view(width));
    for (const summary of await page.locator('main summary').all()) await summary.click();
    expect(await barriers(page)).toEqual([]);
    await press(page, 'Save view');
    expect(await page.title()).toMatch(/^Error: /);
    expect(await barriers(page)).toEqual([]);
    expect(unexpected(complaints)).toEqual([]);
    await close();
  });

  it('lead from each figure of the home page to a list of exactly so many cases', async () => {
    await opened(2, aWord());
    const { page, close } = await open('caseworker', '/staff');
    const figures = await page.$$eval('.postbag-figure__link', (links) =>
      links.map(
        (link) => [link.getAttribute('href'), link.querySelector('.postbag-figure__count')?.textContent] as const,
      ),
    );
    expect(figures.length).toBeGreaterThan(10);
    for (const [href, count] of figures.filter(([path]) => path?.startsWith('/staff/cases'))) {
      await page.goto(`${service.url}${href ?? ''}`);
      const shown = (await page.locator('.postbag-list-head__total').count())
        ? ((await page.textContent('.postbag-list-head__total')) ?? '')
        : '0 cases';
      expect([href, shown.replace(/ cases?$/, '')]).toEqual([href, count]);
    }
    await close();
  });

  it.each(WIDTHS)('are filtered, ordered, kept as a view and opened by keyboard alone at %d px', async (width) => {
    const name = `Mine ${randomUUID().slice(0, 8)}`;
    const { page, complaints, close } = await open('caseworker', '/staff/cases?tab=open', view(width));
    await page.locator('.postbag-filter summary').focus();
    await page.keyboard.press('Enter');
    await page.locator('input[name=priority][value=normal]').focus();
    await page.keyboard.press('Space');
    await press(page, 'Apply filters');
    expect(page.url()).toContain('priority=normal');
    expect(await page.textContent('.postbag-chosen')).toContain('Priority: Normal');
    const priorities = await page.$$eval('[data-row] [data-label=Priority]', (cells) =>
      cells.map((cell) => cell.textContent?.trim()),
    );
    expect(new Set(priorities)).toEqual(new Set(['Normal']));
    await press(page, 'Received', 'link');
    expect(await page.getAttribute('th:has-text("Received")', 'aria-sort')).toBe('ascending');
    await page.locator('summary', { hasText: 'Save this view' }).focus();
    await page.keyboard.press('Enter');
    await page.fill('#view-name', name);
    await page.focus('#view-name');
    await go(page, () => page.keyboard.press('Enter'));
    expect(await page.textContent('.govuk-notification-banner')).toContain('saved');
    await page.goto(`${service.url}/staff/saved-views`);
    await press(page, new RegExp(`Open my cases with it.*${name}`));
    await page.goto(`${service.url}/staff/cases`);
    expect(page.url()).toContain('priority=normal');
    expect(await barriers(page)).toEqual([]);
    await press(page, /Remove the filter.*Priority: Normal/, 'link');
    expect(page.url()).not.toContain('priority=normal');
    await page.goto(`${service.url}/staff/saved-views`);
    await press(page, new RegExp(`Delete.*${name}`));
    expect(await text(page)).not.toContain(name);
    expect(unexpected(complaints)).toEqual([]);
    await close();
  });

  it.each([
    [1280, true],
    [320, false],
  ])('have many cases closed at once, at %d px, with scripts: %s, and say what was refused', async (width, scripts) => {
    const word = aWord();
    const references = await opened(3, word);
    // Closed meanwhile by somebody else: a rule refuses this one.
    const list = await open('caseworker', '/staff/cases?tab=open&sort=-received&size=100', {
      ...view(width),
      javaScriptEnabled: scripts,
    });
    const { page } = list;
    await go(page, () => page.click('button[value=close]'));
    expect(await text(page)).toContain('Select a case first');
    if (scripts) expect(await barriers(page)).toEqual([]);
    for (const reference of references) await page.check(`input[value="${reference}"]`);
    if (scripts) expect(await page.textContent('[data-selected-count]')).toContain('3');
    await go(page, () => page.click('button[value=close]'));
    expect(await page.textContent('h1')).toBe('Close 3 cases');
    if (scripts) expect(await barriers(page)).toEqual([]);
    await go(page, () => page.click('main form button.govuk-button--warning'));
    expect(await text(page)).toContain('Choose a reason');
    await service.api('caseworker', 'POST', `/cases/${references[1] ?? ''}/close`, { reason: 'answered' });
    await page.check('input[name=argument][value=no-reply-needed]');
    await go(page, () => page.click('main form button.govuk-button--warning'));
    await eventually(async () => {
      if (!scripts) await page.reload();
      expect(await page.textContent('h1')).toBe('2 cases closed');
    });
    expect(await page.textContent('table')).toContain(references[1]);
    if (scripts) expect(await barriers(page)).toEqual([]);
    const closed = await service.api('caseworker', 'GET', `/cases/${references[0] ?? ''}`);
    expect(closed).toMatchObject({ status: 'closed', closeReason: 'no-reply-needed' });
    const [event] = await service.sql(
      `SELECT metadata->'actor'->>'kind' AS kind FROM event_log WHERE stream = 'case-' || $1 AND type = 'casework.case-closed'`,
      [closed.id],
    );
    expect(event).toEqual({ kind: 'person' });
    await list.close();
  });

  it('are searched without a name in any address, with what was found marked and nothing else', async () => {
    const word = aWord();
    const [reference = ''] = await opened(2, word);
    const { page, complaints, close } = await open('caseworker', '/staff', view(1280));
    const addresses: string[] = [];
    page.on('request', (request) => addresses.push(request.url()));
    await page.fill('#header-search', word);
    await go(page, () => page.keyboard.press('Enter'));
    expect(await page.locator('.postbag-hit').count()).toBe(2);
    expect(await page.locator('.postbag-hit mark').first().textContent()).toBe(word);
    // What a stranger wrote is text: the only marks are ours.
    expect(await page.locator('.postbag-hit b').count()).toBe(0);
    expect(await page.textContent('.postbag-hit__snippet')).toContain('&');
    expect(await page.textContent('#people-found + ul')).toContain(`Asha ${word}`);
    expect(await barriers(page)).toEqual([]);
    expect(addresses.filter((url) => url.includes(word))).toEqual([]);
    for (const typed of [reference, reference.replaceAll('-', ' ').toLowerCase(), reference.replaceAll('-', '')]) {
      await page.fill('#q', typed);
      await go(page, () => page.keyboard.press('Enter'));
      expect([typed, await page.textContent('.postbag-hit__title a')]).toEqual([typed, reference]);
    }
    const wrong = `${reference.slice(0, -1)}${reference.endsWith('A') ? 'B' : 'A'}`;
    await page.fill('#q', wrong);
    await go(page, () => page.keyboard.press('Enter'));
    expect(await page.textContent('.govuk-inset-text')).toContain(reference);
    const results = page.url();
    const other = await open('manager', new URL(results).pathname, view(1280));
    expect(await text(other.page)).not.toContain(reference);
    await other.close();
    expect(unexpected(complaints)).toEqual([]);
    await close();
  });

  it('are walked with j, k, x and Enter, never while somebody types, and not when turned off', async () => {
    const word = aWord();
    await opened(2, word);
    const { page, complaints, close } = await open('caseworker', '/staff/cases?tab=open&sort=-received');
    const focused = (): Promise<string> => page.evaluate(() => document.activeElement?.textContent ?? '');
    const references = await page.$$eval('[data-open]', (links) => links.map((link) => link.textContent ?? ''));
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    expect(await focused()).toBe(references[1]);
    await page.keyboard.press('k');
    expect(await focused()).toBe(references[0]);
    await page.keyboard.press('x');
    expect(await page.isChecked(`input[value="${references[0] ?? ''}"]`)).toBe(true);
    await page.keyboard.press('/');
    await page.keyboard.type('jx?gh');
    expect(await page.inputValue('#header-search')).toBe('jx?gh');
    await page.locator('h1').click();
    await go(page, () => page.keyboard.press('?'));
    expect(await page.title()).toContain('Keyboard shortcuts');
    await page.getByRole('button', { name: 'Turn the shortcuts off' }).focus();
    await page.keyboard.press('Enter');
    await page.goto(`${service.url}/staff/cases?tab=open`);
    await page.keyboard.press('j');
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('BODY');
    expect(unexpected(complaints)).toEqual([]);
    await close();
  });

  it('show what to know of a person before everything else, and record who read and changed it', async () => {
    const word = aWord();
    await opened(1, word);
    const { page, complaints, close } = await open('caseworker', '/staff/correspondents', view(320));
    await page.fill('#people-q', word);
    await page.focus('#people-q');
    await go(page, () => page.keyboard.press('Enter'));
    expect(page.url()).not.toContain(word);
    await press(page, `Asha ${word}`, 'link');
    const id = page.url().split('/').at(-1) ?? '';
    await press(page, 'Change this record');
    await page.fill('#safeContactNote', 'Never by telephone in the evening.');
    await page.fill('#email', 'nowhere');
    await press(page, 'Save');
    expect(await text(page)).toContain('Enter an email address like');
    expect(await page.inputValue('#safeContactNote')).toBe('Never by telephone in the evening.');
    expect(await barriers(page)).toEqual([]);
    await page.fill('#email', `asha.${word}@post.example`);
    await press(page, 'Save');
    const shown = await text(page);
    expect(shown.indexOf('Never by telephone')).toBeLessThan(shown.indexOf('@post.example'));
    expect(await barriers(page)).toEqual([]);
    const [event] = await service.sql(`SELECT data::text AS data FROM event_log WHERE stream = $1`, [
      `correspondent-${id}`,
    ]);
    expect(event?.data).toContain('safeContactNote');
    expect(event?.data).not.toContain('evening');
    const [read] = await service.sql(
      `SELECT count(*)::int AS times FROM access_record WHERE correspondent_id = $1 AND action = 'correspondent-read'`,
      [id],
    );
    expect(read?.times).toBeGreaterThan(1);
    expect(unexpected(complaints)).toEqual([]);
    await close();
  });

  it('stay under 100 KB with everything a page loads, but for the typeface', async () => {
    const { page, close } = await open('caseworker', '/staff/keys');
    let bytes = 0;
    const session = await page.context().newCDPSession(page);
    await session.send('Network.enable');
    await session.send('Network.setCacheDisabled', { cacheDisabled: true });
    const fonts = new Set<string>();
    session.on('Network.responseReceived', ({ requestId, type }) => type === 'Font' && fonts.add(requestId));
    session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      if (!fonts.has(requestId)) bytes += encodedDataLength;
    });
    await page.goto(`${service.url}/staff/cases?tab=open`, { waitUntil: 'networkidle' });
    expect(bytes).toBeGreaterThan(10_000);
    expect(bytes).toBeLessThan(100 * 1024);
    await close();
  });

  it('give administrators a home of their own and no case', async () => {
    const { page, close } = await open('administrator', '/staff');
    expect(await text(page)).toContain('Configuration');
    expect(await barriers(page)).toEqual([]);
    const refused = await page.goto(`${service.url}/staff/cases`);
    expect(refused?.status()).toBe(403);
    await close();
  });

  it('give the next case of a queue to one person only', async () => {
    await opened(2, aWord());
    const first = await open('caseworker', '/staff', view(320));
    const second = await open('manager', '/staff', view(320));
    await first.page.selectOption('#take-queue', 'casework');
    await second.page.selectOption('#take-queue', 'casework');
    await Promise.all([press(first.page, 'Take next'), press(second.page, 'Take next')]);
    const taken = [first.page, second.page].map((page) => /WM-\d{4}-\d{6}-\w/.exec(page.url())?.[0]);
    expect(new Set(taken).size).toBe(2);
    expect(taken).not.toContain(undefined);
    await Promise.all([first.close(), second.close()]);
  });
});
