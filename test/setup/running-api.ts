import { setTimeout as sleep } from 'node:timers/promises';
import { Tokens, type Role } from '@app/access';
import { BootedApp } from './booted-app';

export type Body = Record<string, unknown>;

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Buffer;
  /** Of JSON and problem documents; empty otherwise. */
  readonly body: Body;
}

/** Somebody with a token. */
export interface Client {
  get(path: string, headers?: Record<string, string>): Promise<Answer>;
  post(path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
}

/** The whole service behind its real HTTP interface: real database, real queues, everything that works in the background. */
export class RunningApi extends BootedApp {
  static async start(): Promise<RunningApi> {
    return new RunningApi(await this.boot({ parts: ['api'], isWorking: true }));
  }

  /** A client of its own: another token, and so another person, each time. */
  async client(role: Role, ...offices: string[]): Promise<Client> {
    const token = await this.app.get(Tokens).mint({ role, offices, label: role, expiresInDays: 1 }, 'command:token');
    const send = (method: string, path: string, body: unknown, headers: Record<string, string>): Promise<Answer> =>
      this.send(method, path, body, { authorization: `Bearer ${token}`, ...headers });
    return {
      get: (path, headers = {}) => send('GET', path, undefined, headers),
      post: (path, body, headers = {}) => send('POST', path, body, headers),
    };
  }

  async send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    const isText = typeof body === 'string';
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: isText ? body : JSON.stringify(body) }),
    });
    const bytes = Buffer.from(await response.arrayBuffer());
    const isJson = /json/.test(response.headers.get('content-type') ?? '') && bytes.length > 0;
    const parsed = isJson ? (JSON.parse(bytes.toString()) as Body) : {};
    return { status: response.status, headers: response.headers, bytes, body: parsed };
  }

  /** Resolves when everything that follows from what was done is done. @throws Error naming what is not. */
  async settled(withinMs = 15_000): Promise<void> {
    const until = Date.now() + withinMs;
    for (;;) {
      const waiting = await this.sql(`SELECT consumer, state, last_error FROM outbox LIMIT 5`);
      if (waiting.length === 0) return;
      if (Date.now() > until || waiting.some(({ state }) => state === 'attention')) {
        throw new Error(`Not done: ${JSON.stringify(waiting)}`);
      }
      await sleep(15);
    }
  }
}
