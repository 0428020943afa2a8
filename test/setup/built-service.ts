import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { Client } from 'pg';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { chromiumPath } from './chromium';
import { createTestDatabase, type TestDatabase } from './database';

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

/** A page and what the browser complained of on it. */
export interface OpenPage {
  readonly page: Page;
  readonly complaints: string[];
}

/** The service as it is built, with a database of its own, and a browser to look at it. */
export class BuiltService {
  private constructor(
    readonly url: string,
    private readonly database: TestDatabase,
    private readonly folder: string,
    private readonly service: ChildProcess,
    private readonly browser: Browser,
    /** What the service printed. */
    readonly output: () => string,
  ) {}

  /** In demonstration mode with the invented people but without their two years of work. */
  static async start(environment: NodeJS.ProcessEnv = {}): Promise<BuiltService> {
    const database = await createTestDatabase();
    const folder = await mkdtemp(join(tmpdir(), 'postbag-browser-'));
    await pretendDemonstrationIsLoaded(database.url);
    const env = {
      ...process.env,
      DATABASE_URL: database.url,
      POSTBAG_DATA: folder,
      PORT: '0',
      SMTP_PORT: '0',
      POSTBAG_DEMO: '0',
      ...environment,
    };
    const service = spawn(process.execPath, [MAIN], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    const url = await new Promise<string>((resolve, reject) => {
      service.once('exit', () => reject(new Error(output)));
      service.stdout.on('data', (chunk: Buffer) => {
        output += chunk.toString();
        const found = /(http:\/\/localhost:\d+)\//.exec(output)?.[1];
        if (found !== undefined) resolve(found);
      });
    });
    const browser = await chromium.launch({ executablePath: chromiumPath(), args: FLAGS });
    return new BuiltService(url, database, folder, service, browser, () => output);
  }

  async stop(): Promise<void> {
    await this.browser.close();
    this.service.kill('SIGTERM');
    await once(this.service, 'exit');
    await this.database.drop();
    await rm(this.folder, { recursive: true, force: true });
  }

  async open(path: string, options: BrowserContextOptions = {}): Promise<OpenPage> {
    const context = await this.browser.newContext(options);
    const page = await context.newPage();
    const complaints: string[] = [];
    // Chromium itself reports a page that is answered with an error status.
    page.on('console', (message) => {
      if (message.type() === 'error' && !/status of (422|404|410)/.test(message.text()))
        complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(`${this.url}${path}`);
    return { page, complaints };
  }

  async sql<T extends object>(statement: string, values: unknown[] = []): Promise<T[]> {
    const client = new Client({ connectionString: this.database.url });
    await client.connect();
    try {
      return (await client.query<T>(statement, values)).rows;
    } finally {
      await client.end();
    }
  }
}

async function pretendDemonstrationIsLoaded(url: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(`INSERT INTO instance_setting (key, value) VALUES ('demonstration', '{"stage": "complete"}')`);
  await client.end();
}

/** What would keep somebody out: faults against WCAG 2.2 A and AA, and a page wider than the screen. */
export async function barriers(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(WCAG).analyze();
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  return [
    ...violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`),
    ...(overflow > 0 ? [`${page.url()} is ${String(overflow)} px too wide`] : []),
  ];
}

/** Walks with Tab until the control has the focus, as somebody without a mouse does. */
export async function tabTo(page: Page, selector: string, most = 60): Promise<void> {
  for (let presses = 0; presses < most; presses++) {
    await page.keyboard.press('Tab');
    const isThere = await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector);
    if (isThere) return;
  }
  throw new Error(`Tab does not reach ${selector}`);
}
