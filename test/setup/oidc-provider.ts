import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** What the provider is told to do next. */
export interface ProviderOrder {
  readonly account?: string;
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly forge?: { readonly claims?: Readonly<Record<string, unknown>>; readonly withOtherKey?: boolean } | null;
  readonly rotate?: boolean;
  readonly away?: boolean;
}

/** A real OpenID provider of an organisation. */
export class OidcProvider {
  private constructor(
    readonly issuer: string,
    private readonly process: ChildProcess,
  ) {}

  /** The settings that Postbag needs to use it. */
  get env(): NodeJS.ProcessEnv {
    return {
      OIDC_ISSUER: this.issuer,
      OIDC_CLIENT_ID: 'postbag',
      OIDC_CLIENT_SECRET: 'a secret of the client',
    };
  }

  static async start(publicUrl: string): Promise<OidcProvider> {
    const script = join(__dirname, 'oidc-provider.fixture.mjs');
    const started = spawn(
      process.execPath,
      [script, `${publicUrl}/sign-in/oidc/callback`, `${publicUrl}/sign-in?said=out`],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    );
    let said = '';
    started.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    const issuer = await new Promise<string>((resolve, reject) => {
      started.once('exit', () => reject(new Error(said)));
      started.stdout.on('data', (chunk: Buffer) => {
        const line = chunk
          .toString()
          .split('\n')
          .find((each) => each.startsWith('{"issuer"'));
        if (line !== undefined) resolve((JSON.parse(line) as { issuer: string }).issuer);
      });
    });
    return new OidcProvider(issuer, started);
  }

  async order(order: ProviderOrder): Promise<void> {
    await fetch(`${this.issuer}/_control`, { method: 'POST', body: JSON.stringify(order) });
  }

  async stop(): Promise<void> {
    if (this.process.exitCode !== null) return;
    this.process.kill('SIGTERM');
    await once(this.process, 'exit');
  }
}
