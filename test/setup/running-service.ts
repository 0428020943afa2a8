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

/** A page of somebody, with what its console complained of. */
export interface OpenPage {
  readonly page: Page;
  readonly complaints: readonly string[];
  readonly close: () => Promise<void>;
}

/** The built service in a process of its own, with the demonstration sign-ins, and a browser to look at it. */
export class RunningService {
  private constructor(
    readonly url: string,
    private readonly database: TestDatabase,
    private readonly output: () => string,
    private readonly child: ChildProcess,
    private readonly folder: string,
    private readonly browser: Browser,
  ) {}

  static async start(environment: Readonly<Record<string, string>> = {}): Promise<RunningService> {
    const database = await createTestDatabase();
    const folder = await mkdtemp(join(tmpdir(), 'postbag-browser-'));
    const child = spawn(process.execPath, [MAIN], {
      env: {
        ...process.env,
        DATABASE_URL: database.url,
        POSTBAG_DATA: folder,
        PORT: '0',
        SMTP_PORT: '0',
        POSTBAG_DEMO: '1',
        ...environment,
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    const url = await new Promise<string>((resolve, reject) => {
      child.once('exit', () => reject(new Error(output)));
      child.stdout?.on('data', (chunk: Buffer) => {
        output += chunk.toString();
        const found = /Contact form\s+(\S+)\/\s/.exec(output)?.[1];
        // The welcome is written at once and ends with the sign-ins.
        if (found !== undefined && output.includes('review-manager, all')) resolve(found);
      });
    });
    const browser = await chromium.launch({ executablePath: chromiumPath(), args: FLAGS });
    return new RunningService(url, database, () => output, child, folder, browser);
  }

  async stop(): Promise<void> {
    await this.browser.close();
    this.child.kill('SIGTERM');
    await once(this.child, 'exit');
    await this.database.drop();
    await rm(this.folder, { recursive: true, force: true });
  }

  /** The bearer token of the demonstration's caseworker, manager, commissioner … of West Mercia. */
  token(role: string): string {
    const found = new RegExp(`^ +${role}, (?:west-mercia|all four offices) +(pb_\\S+)`, 'm').exec(this.output())?.[1];
    if (found === undefined) throw new Error(`No token of a ${role}: ${this.output()}`);
    return found;
  }

  async api(role: string, method: string, path: string, body?: object): Promise<Record<string, unknown>> {
    const response = await fetch(`${this.url}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.token(role)}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${String(response.status)} ${await response.text()}`);
    return (await response.json()) as Record<string, unknown>;
  }

  /** As the owner of the database. */
  async sql(query: string, parameters: readonly unknown[] = []): Promise<Record<string, unknown>[]> {
    const client = new Client({ connectionString: this.database.url });
    await client.connect();
    try {
      const { rows } = await client.query(query, [...parameters]);
      return rows as Record<string, unknown>[];
    } finally {
      await client.end();
    }
  }

  async open(role: string, path: string, options: BrowserContextOptions = {}): Promise<OpenPage> {
    const context = await this.browser.newContext({
      extraHTTPHeaders: { authorization: `Bearer ${this.token(role)}` },
      ...options,
    });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(`${this.url}${path}`);
    return { page, complaints, close: () => context.close() };
  }
}

/** What axe and the width of the page have to say; nothing when there is no barrier. */
export async function barriers(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(WCAG).analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  return overflow > 0 ? [...found, `the page is ${String(overflow)} px too wide`] : found;
}

/** Chromium itself reports every answer of 4xx: those that a test asks for are no fault. */
export function unexpected(complaints: readonly string[]): string[] {
  return complaints.filter((text) => !/status of (409|412|422)/.test(text));
}
