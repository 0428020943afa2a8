import type { ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { chromiumPath } from './chromium';
import { createTestDatabase, type TestDatabase } from './database';
import { createDemonstrationDatabase, DEMONSTRATION, pretendDemonstrationIsLoaded } from './demonstration';
import { eventually } from './eventually';
import { endBuilt, launchBuilt } from './launch-built';

export { barriers, tabTo, unexpected } from './barriers';

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A page and what the browser complained of on it. */
export interface OpenPage {
  readonly page: Page;
  readonly complaints: readonly string[];
  readonly close: () => Promise<void>;
}

/** The service as it is built, in a process and with a database of its own, and a browser to look at it. */
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

  /** An empty office. With `POSTBAG_DEMO: '1'` the people of the demonstration are there, without their work. */
  static async start(environment: NodeJS.ProcessEnv = {}): Promise<BuiltService> {
    const database = await createTestDatabase();
    await pretendDemonstrationIsLoaded(database.url);
    return this.startOn(database, { POSTBAG_DEMO: '0', ...environment });
  }

  /** The demonstration, with its two years of invented work: something to see in every list. */
  static async startDemonstration(environment: NodeJS.ProcessEnv = {}): Promise<BuiltService> {
    const database = await createDemonstrationDatabase();
    const service = await this.startOn(database, { ...DEMONSTRATION, ...environment });
    await service.stopWatch();
    return service;
  }

  private static async startOn(database: TestDatabase, environment: NodeJS.ProcessEnv): Promise<BuiltService> {
    const folder = await mkdtemp(join(tmpdir(), 'postbag-browser-'));
    const [{ service, url, output }, browser] = await Promise.all([
      launchBuilt({ DATABASE_URL: database.url, POSTBAG_DATA: folder, ...environment }),
      chromium.launch({ executablePath: chromiumPath(), args: FLAGS }),
    ]);
    return new BuiltService(url, database, folder, service, browser, output);
  }

  async stop(): Promise<void> {
    await this.browser.close();
    await endBuilt(this.service);
    await this.database.drop();
    await rm(this.folder, { recursive: true, force: true });
  }

  /** A window of somebody who is not known. Chromium reports a page that is answered with an error status: no fault. */
  open(path: string, options: BrowserContextOptions = {}): Promise<OpenPage> {
    return this.window(path, options, (text) => !/status of (422|404|410)/.test(text));
  }

  /** A window of the demonstration's caseworker, manager, commissioner … of West Mercia, with a bearer token. */
  openAs(role: string, path: string, options: BrowserContextOptions = {}): Promise<OpenPage> {
    const headers = { authorization: `Bearer ${this.token(role)}` };
    return this.window(path, { extraHTTPHeaders: headers, ...options }, () => true);
  }

  /** The watch over deadlines, which a start begins, changes cases that somebody works on: it looks once and not again. */
  private async stopWatch(): Promise<void> {
    await eventually(async () => {
      const postponed = await this.sql(
        `UPDATE scheduled_action SET due_at = due_at + interval '1 day'
          WHERE kind = 'casework.watch-deadlines' AND fired_at IS NULL AND due_at > business_now() RETURNING id`,
      );
      expect(postponed).toHaveLength(1);
    });
  }

  private async window(
    path: string,
    options: BrowserContextOptions,
    isFault: (text: string) => boolean,
  ): Promise<OpenPage> {
    const context = await this.browser.newContext(options);
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error' && isFault(message.text())) complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(`${this.url}${path}`);
    return { page, complaints, close: () => context.close() };
  }

  /** The demonstration's token of that role. */
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
  async sql<T extends object = Record<string, unknown>>(
    statement: string,
    values: readonly unknown[] = [],
  ): Promise<T[]> {
    const client = new Client({ connectionString: this.database.url });
    await client.connect();
    try {
      return (await client.query<T>(statement, [...values])).rows;
    } finally {
      await client.end();
    }
  }
}
