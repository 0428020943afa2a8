import { DataSource, type EntityTarget, type ObjectLiteral } from 'typeorm';

export interface DatabaseOptions {
  readonly url: string;
  /** A login of its own for requests; without it they run under SET LOCAL ROLE. */
  readonly appUrl: string | null;
  readonly entities: readonly EntityTarget<ObjectLiteral>[];
  readonly systemPool: number;
  readonly requestPool: number;
}

/** The role that requests run under; it may not bypass row-level security. */
export const APP_ROLE = 'postbag_app';

const TIMEOUTS = {
  statement_timeout: 30_000,
  lock_timeout: 10_000,
  idle_in_transaction_session_timeout: 60_000,
  connectionTimeoutMillis: 10_000,
};

/**
 * Two pools: `system` for relay, sweeps, sequencer and consumers (bypasses row-level security), `requests` for
 * everything that serves a request. Nothing that serves a request may use `system`.
 */
export class Database {
  readonly system: DataSource;
  readonly requests: DataSource;
  readonly switchesRole: boolean;

  constructor(readonly options: DatabaseOptions) {
    const source = (url: string, max: number, name: string): DataSource =>
      new DataSource({
        type: 'postgres',
        url,
        applicationName: name,
        entities: options.entities as never[],
        synchronize: false,
        migrationsRun: false,
        // A dead server must not end the process: the pool replaces broken idle clients by itself.
        poolErrorHandler: () => undefined,
        extra: { max, ...TIMEOUTS },
      });
    this.system = source(options.url, options.systemPool, 'postbag system');
    this.requests = source(options.appUrl ?? options.url, options.requestPool, 'postbag requests');
    this.switchesRole = options.appUrl === null;
  }

  async open(): Promise<this> {
    await this.system.initialize();
    await this.requests.initialize();
    await this.refuseUnboundRequests();
    return this;
  }

  /** @throws Error when requests would not be bound by row-level security. */
  private async refuseUnboundRequests(): Promise<void> {
    const [row]: { bypasses: boolean }[] = await this.requests.query(
      `SELECT bool_or(r.rolsuper OR r.rolbypassrls OR EXISTS (
                SELECT FROM pg_class c WHERE c.oid = to_regclass('case_file') AND pg_has_role(r.oid, c.relowner, 'USAGE'))) AS bypasses
         FROM pg_roles r WHERE r.rolname = $1`,
      [this.switchesRole ? APP_ROLE : decodeURIComponent(new URL(this.options.appUrl ?? '').username)],
    );
    if (row?.bypasses) throw new Error('DATABASE_APP_URL names a login that row-level security does not bind');
  }

  async close(): Promise<void> {
    await Promise.all([this.system, this.requests].filter((s) => s.isInitialized).map((s) => s.destroy()));
  }
}
