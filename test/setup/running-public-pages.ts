import { BootedApp } from './booted-app';

export interface PageAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly location: string;
}

/** The pages behind their real HTTP interface, with everything that works in the background. */
export class RunningPublicPages extends BootedApp {
  static async start(): Promise<RunningPublicPages> {
    return new RunningPublicPages(await this.boot({ parts: ['pages'], isWorking: true }));
  }

  visitor(): Visitor {
    return new Visitor(this.url);
  }
}

/** A browser without a screen: keeps cookies, follows no redirect by itself. */
export class Visitor {
  readonly #cookies = new Map<string, string>();

  constructor(private readonly url: string) {}

  get(path: string): Promise<PageAnswer> {
    return this.send('GET', path);
  }

  post(path: string, fields: Readonly<Record<string, string>>, files: readonly File[] = []): Promise<PageAnswer> {
    if (files.length === 0) return this.send('POST', path, new URLSearchParams(fields));
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.set(name, value);
    for (const file of files) form.append('files', file);
    return this.send('POST', path, form);
  }

  private async send(method: string, path: string, body?: URLSearchParams | FormData): Promise<PageAnswer> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(`${this.url}${path}`, {
      method,
      redirect: 'manual',
      headers: { accept: 'text/html', cookie },
      ...(body ? { body } : {}),
    });
    for (const set of response.headers.getSetCookie()) {
      const [pair = ''] = set.split(';');
      const at = pair.indexOf('=');
      if (/max-age=0/i.test(set)) this.#cookies.delete(pair.slice(0, at));
      else this.#cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
    const { status, headers } = response;
    return { status, headers, text: await response.text(), location: headers.get('location') ?? '' };
  }
}
