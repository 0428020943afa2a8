import { Logger, Module, type DynamicModule, type ModuleMetadata } from '@nestjs/common';
import { safeError } from '@app/http';
import { ConfigError, isUnavailable, readConfig, type Config } from '@app/platform';
import { CompositionModule } from './composition.module';

type Imports = NonNullable<ModuleMetadata['imports']>;

/** Nest's own logger would print a failing start with its statements: our one line says why. */
const QUIET = { logger: false, abortOnError: false } as const;

/** Connections of each kind of process: the budget in docs/operation.md is counted from these numbers. */
const POOLS = {
  api: { system: 4, requests: 12 },
  web: { system: 2, requests: 6 },
  // Serves no request: everything in it works as the system.
  worker: { system: 12, requests: 1 },
  // One shared transaction at a time for each office.
  mailroom: { system: 2, requests: 6 },
} as const;

/** What a process is given to begin with. */
export interface ProcessStart {
  readonly config: Config;
  /** The root module: every context on one platform, and what this process adds to them. */
  readonly root: (imports: Imports) => DynamicModule;
  /** For NestFactory; the process sets its logger afterwards. */
  readonly options: typeof QUIET;
}

/** Takes nothing new, lets what runs end, and closes the database last. */
export type StopProcess = () => Promise<void>;

@Module({})
class ProcessRoot {}

/**
 * Runs a process of its own beside others on one database, until SIGINT or SIGTERM. It ends with 0 after a clean stop,
 * and with 1 and one clear line when it cannot start.
 */
export function runProcess(name: keyof typeof POOLS, begin: (start: ProcessStart) => Promise<StopProcess>): void {
  let stop: StopProcess | null = null;
  let isEnding = false;
  const end = (): void => {
    isEnding = true;
    if (!stop) return;
    const ending = stop;
    stop = null;
    ending().then(
      () => process.exit(0),
      (error: unknown) => fail('did not end cleanly', error),
    );
  };
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
  startOf(name, begin).then(
    (started) => {
      stop = started;
      new Logger(name).log('started');
      if (isEnding) end();
    },
    (error: unknown) => fail('cannot start', error),
  );
}

async function startOf(
  name: keyof typeof POOLS,
  begin: (start: ProcessStart) => Promise<StopProcess>,
): Promise<StopProcess> {
  const config = readConfig(process.env);
  const { databaseUrl } = config;
  if (databaseUrl === null) throw new ConfigError('DATABASE_URL', 'is needed: only npm start brings a database');
  const logger = new Logger(name);
  const onError = (what: string, error: unknown): void => logger.warn({ what, error: safeError(error) });
  return begin({
    config,
    options: QUIET,
    root: (imports) => ({
      module: ProcessRoot,
      imports: [CompositionModule.register({ config, databaseUrl, onError, pools: POOLS[name] }), ...imports],
    }),
  });
}

function fail(what: string, error: unknown): void {
  process.stderr.write(`Postbag ${what}: ${reasonOf(error)}\n`);
  process.exit(1);
}

/** In words for whoever reads the log of the start; never a URL, which holds a password. */
function reasonOf(error: unknown): string {
  if (error instanceof ConfigError) return error.message;
  const { code, syscall, port } = (error ?? {}) as { code?: unknown; syscall?: unknown; port?: unknown };
  if (syscall === 'listen') return `port ${String(port)} cannot be used (${String(code)})`;
  if (code === '28P01' || code === '28000') return 'the database refuses the user or password of its URL';
  if (code === '42P01') return 'the database is not prepared: run npm run migrate first';
  if (isUnavailable(error)) return `the database does not answer${typeof code === 'string' ? ` (${code})` : ''}`;
  return error instanceof Error ? `${error.name}: ${error.message}` : 'unknown failure';
}
