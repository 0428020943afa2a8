/** What a visitor is shown in the end. */
export interface Shown {
  readonly status: number;
  readonly url: string;
  readonly text: string;
  readonly headers: Headers;
  /** The cookies that the last answer set, as they were sent. */
  readonly setCookies: readonly string[];
}

/** A browser without a window: keeps cookies by origin, asks for HTML, follows redirects and sends forms. */
export class Visitor {
  readonly #cookies = new Map<string, Map<string, string>>();

  constructor(private readonly home: string) {}

  get(
    address: string,
    options: { readonly follow?: boolean; readonly headers?: Record<string, string> } = {},
  ): Promise<Shown> {
    return this.send('GET', address, undefined, options);
  }

  /** Sends a form; a list is sent as several boxes of one name. */
  post(
    address: string,
    fields: Readonly<Record<string, string | readonly string[]>>,
    options: { readonly follow?: boolean; readonly headers?: Record<string, string> } = {},
  ): Promise<Shown> {
    const pairs = Object.entries(fields).flatMap(([name, value]) =>
      (typeof value === 'string' ? [value] : value).map((each): [string, string] => [name, each]),
    );
    return this.send('POST', address, new URLSearchParams(pairs), options);
  }

  /** Sends the form of a page with its form token. */
  async submit(
    page: Shown,
    address: string,
    fields: Readonly<Record<string, string | readonly string[]>>,
  ): Promise<Shown> {
    const token = /name="_csrf" value="([^"]*)"/.exec(page.text)?.[1] ?? '';
    return this.post(address, { _csrf: token, ...fields });
  }

  cookie(name: string): string | undefined {
    return this.#cookies.get(new URL(this.home).origin)?.get(name);
  }

  setCookie(name: string, value: string): void {
    this.jar(new URL(this.home).origin).set(name, value);
  }

  private async send(
    method: string,
    address: string,
    body: URLSearchParams | undefined,
    { follow = true, headers = {} }: { readonly follow?: boolean; readonly headers?: Record<string, string> },
  ): Promise<Shown> {
    let url = new URL(address, this.home);
    let [verb, content] = [method, body];
    for (let hops = 0; hops < 15; hops++) {
      const jar = this.jar(url.origin);
      const response = await fetch(url, {
        method: verb,
        redirect: 'manual',
        headers: {
          accept: 'text/html',
          cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; '),
          ...(verb === 'POST' ? { origin: url.origin } : {}),
          ...headers,
        },
        ...(content ? { body: content } : {}),
      });
      const setCookies = response.headers.getSetCookie();
      for (const line of setCookies) keep(jar, line);
      const location = response.headers.get('location');
      const text = await response.text();
      if (location === null || !follow) {
        return { status: response.status, url: url.href, text, headers: response.headers, setCookies };
      }
      url = new URL(location, url);
      [verb, content] = ['GET', undefined];
    }
    throw new Error(`Redirected without end at ${url.href}`);
  }

  private jar(origin: string): Map<string, string> {
    let jar = this.#cookies.get(origin);
    if (!jar) this.#cookies.set(origin, (jar = new Map()));
    return jar;
  }
}

function keep(jar: Map<string, string>, line: string): void {
  const [pair = '', ...attributes] = line.split(';');
  const at = pair.indexOf('=');
  const [name, value] = [pair.slice(0, at), pair.slice(at + 1)];
  const expires = attributes.map((each) => /^ *expires=(.*)$/i.exec(each)?.[1]).find((each) => each !== undefined);
  if (value === '' || (expires !== undefined && Date.parse(expires) <= Date.now())) jar.delete(name);
  else jar.set(name, value);
}
