import { randomUUID } from 'node:crypto';
import { Tokens, type Role } from '@app/access';
import { RunningPages, freePort } from './running-pages';

/** What the service answered, with the bytes as they came. */
export interface PageAnswer {
  readonly status: number;
  readonly location: string;
  readonly headers: Headers;
  readonly bytes: Buffer;
  readonly text: string;
}

/** Somebody of an office who opens pages and sends forms with a token, past the sign-in. */
export interface Desk {
  get(path: string): Promise<PageAnswer>;
  post(path: string, fields: Readonly<Record<string, string | readonly string[]>>): Promise<PageAnswer>;
}

/** Pages and API without demonstration data, and people who work at them. */
export class RunningOffice {
  private constructor(readonly pages: RunningPages) {}

  static async open(): Promise<RunningOffice> {
    return new RunningOffice(await RunningPages.start(await freePort(), { POSTBAG_DEMO: '0' }));
  }

  close(): Promise<void> {
    return this.pages.stop();
  }

  /** Another person each time. */
  async desk(role: Role, ...offices: string[]): Promise<Desk> {
    const token = await this.pages.app
      .get(Tokens)
      .mint({ role, offices, label: role, expiresInDays: 1 }, 'command:token');
    const headers = { authorization: `Bearer ${token}`, accept: 'text/html' };
    const send = async (path: string, init: RequestInit): Promise<PageAnswer> => {
      const response = await fetch(`${this.pages.url}${path}`, { redirect: 'manual', ...init });
      const bytes = Buffer.from(await response.arrayBuffer());
      const location = response.headers.get('location') ?? '';
      return { status: response.status, location, headers: response.headers, bytes, text: bytes.toString('utf8') };
    };
    return {
      get: (path) => send(path, { headers }),
      post: (path, fields) => {
        const pairs = Object.entries(fields).flatMap(([name, value]) =>
          (typeof value === 'string' ? [value] : value).map((each): [string, string] => [name, each]),
        );
        return send(path, { method: 'POST', headers, body: new URLSearchParams(pairs) });
      },
    };
  }

  /** Logs a letter with files and answers its reference. */
  async log(
    office: string,
    letter: { readonly subject: string; readonly body: string; readonly correspondent: object },
    files: Readonly<Record<string, { readonly contentType: string; readonly bytes: Buffer }>> = {},
  ): Promise<string> {
    const token = await this.pages.app
      .get(Tokens)
      .mint({ role: 'caseworker', offices: [office], label: 'log', expiresInDays: 1 }, 'command:token');
    const attachments = Object.entries(files).map(([filename, { contentType, bytes }]) => ({
      filename,
      contentType,
      contentBase64: bytes.toString('base64'),
    }));
    const response = await fetch(`${this.pages.url}/api/v1/correspondence`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        'idempotency-key': randomUUID(),
      },
      body: JSON.stringify({ channel: 'letter', office, ...letter, attachments }),
    });
    const answer = (await response.json()) as { reference?: string };
    if (response.status !== 201 || answer.reference === undefined) throw new Error(JSON.stringify(answer));
    return answer.reference;
  }
}
