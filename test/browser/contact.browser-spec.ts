import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { Client } from 'pg';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { chromiumPath } from '../setup/chromium';
import { createTestDatabase, type TestDatabase } from '../setup/database';

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const MAIN = join(__dirname, '../../dist/apps/postbag/src/main.js');

describe('the public contact form', () => {
  let database: TestDatabase;
  let folder: string;
  let service: ChildProcess;
  let url: string;
  let browser: Browser;

  beforeAll(async () => {
    database = await createTestDatabase();
    folder = await mkdtemp(join(tmpdir(), 'postbag-browser-'));
    service = spawn(process.execPath, [MAIN], {
      env: {
        ...process.env,
        DATABASE_URL: database.url,
        POSTBAG_DATA: folder,
        PORT: '0',
        SMTP_PORT: '0',
        POSTBAG_DEMO: '0',
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    url = await new Promise<string>((resolve, reject) => {
      let output = '';
      service.once('exit', () => reject(new Error(output)));
      service.stdout?.on('data', (chunk: Buffer) => {
        output += chunk.toString();
        const found = /Contact form\s+(\S+)/.exec(output)?.[1];
        if (found !== undefined) resolve(found);
      });
    });
    browser = await chromium.launch({ executablePath: chromiumPath(), args: FLAGS });
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    service.kill('SIGTERM');
    await once(service, 'exit');
    await database.drop();
    await rm(folder, { recursive: true, force: true });
  });

  async function open(options: BrowserContextOptions = {}): Promise<{ page: Page; complaints: string[] }> {
    const context = await browser.newContext({ javaScriptEnabled: true, ...options });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(url);
    return { page, complaints };
  }

  async function violations(page: Page): Promise<string[]> {
    const { violations: found } = await new AxeBuilder({ page }).withTags(WCAG).analyze();
    return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
  }

  async function fill(page: Page): Promise<void> {
    await page.selectOption('#office', 'west-mercia');
    await page.fill('#subject', 'Street lights in Ludlow');
    await page.fill('#message', 'The lights by the bridge have been out for a month.');
    await page.check('input[value=email]');
    await page.fill('#email', 'asha.ferris@post.example');
  }

  it.each([320, 1280])('has no barrier at %d px, empty, with errors and when sent', async (width) => {
    const { page, complaints } = await open({ viewport: { width, height: 800 } });
    expect(await violations(page)).toEqual([]);
    await page.click('button[type=submit]');
    expect(await page.title()).toMatch(/^Error: /);
    expect(await page.locator('.govuk-error-summary__list a').count()).toBe(4);
    expect(await violations(page)).toEqual([]);
    await fill(page);
    await page.click('button[type=submit]');
    await page.waitForURL(/received/);
    expect(await violations(page)).toEqual([]);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
    // Chromium itself reports the 422 of the page with errors.
    expect(complaints.filter((text) => !text.includes('422'))).toEqual([]);
    await page.context().close();
  });

  it('is sent without JavaScript, by keyboard alone, with a file, and once when sent twice', async () => {
    const { page } = await open({ javaScriptEnabled: false });
    await page.focus('#office');
    await page.keyboard.type('Office of the Police and Crime Commissioner for West Mercia');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Dark path');
    await page.keyboard.press('Tab');
    await page.keyboard.type('The path to the school is dark. A photograph is attached.');
    await page.focus('input[value=phone]');
    await page.keyboard.press('Space');
    await page.fill('#phone', '01632 960 123');
    await page.setInputFiles('#files', { name: 'path.png', mimeType: 'image/png', buffer: Buffer.from('picture') });
    await page.focus('button[type=submit]');
    await page.keyboard.press('Enter');
    await page.waitForURL(/received/);
    const reference = /WM-\d{4}-\d{6}-[0-9A-Z]/.exec((await page.textContent('main')) ?? '')?.[0];
    expect(reference).toBeDefined();
    const client = new Client({ connectionString: database.url });
    await client.connect();
    const { rows } = await client.query(
      `SELECT c.channel, p.phone, p.preferred_channel, a.filename, a.size_bytes::int
         FROM case_file c JOIN correspondent p ON p.id = c.correspondent_id
         JOIN message_attachment a ON a.case_id = c.id WHERE c.reference = $1`,
      [reference],
    );
    await client.end();
    expect(rows).toEqual([
      { channel: 'web-form', phone: '01632 960 123', preferred_channel: 'phone', filename: 'path.png', size_bytes: 7 },
    ]);
    await page.context().close();
  });

  it('keeps what was typed when something is missing', async () => {
    const { page } = await open();
    await fill(page);
    await page.fill('#email', 'no address');
    await page.click('button[type=submit]');
    expect(await page.inputValue('#message')).toBe('The lights by the bridge have been out for a month.');
    expect(await page.textContent('#email-error')).toContain('Enter an e-mail address');
    await page.context().close();
  });

  it('is one message when the same page is sent twice', async () => {
    const { page } = await open();
    const once = await page.inputValue('input[name=once]');
    const send = async (): Promise<string | undefined> => {
      const multipart = {
        once,
        office: 'west-mercia',
        subject: 'Twice',
        message: 'Hello',
        replyBy: 'phone',
        phone: '01632 960 124',
      };
      const response = await page.request.post(`${url}contact`, { multipart, maxRedirects: 0 });
      expect(response.status()).toBe(303);
      return response.headers().location;
    };
    const [first, second] = await Promise.all([send(), send()]);
    expect(first).toMatch(/received\/WM-/);
    expect(second).toBe(first);
    expect(await send()).toBe(first);
    await page.context().close();
  });

  it('says nothing about which references exist, and is a page under 100 KB', async () => {
    const page = await (await browser.newContext()).newPage();
    const network = await page.context().newCDPSession(page);
    let bytes = 0;
    network.on('Network.loadingFinished', ({ encodedDataLength }) => (bytes += encodedDataLength));
    await network.send('Network.enable');
    await page.goto(url, { waitUntil: 'networkidle' });
    await network.detach();
    expect(bytes).toBeGreaterThan(10_000);
    expect(bytes).toBeLessThan(100_000);
    const unknown = await page.goto(`${url}contact/received/WM-2026-999999-2`);
    expect([200, 303]).toContain(unknown?.status());
    expect((await page.goto(`${url}nowhere`))?.status()).toBe(404);
    expect(await page.textContent('h1')).toBe('Page not found');
    await page.context().close();
  });
});
