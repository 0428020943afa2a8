import { Logger, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CompositionModule, prepareDatabase } from '@app/composition';
import { Config, EmbeddedPostgres, readConfig, readRunFile, runAs, systemCaller } from '@app/platform';
import { migrate } from '../../../../migrations/run';

/** The command cannot be carried out; the message is the one line that is shown. */
export class CommandRefused extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'CommandRefused';
  }
}

export interface CliSession {
  readonly config: Config;
  readonly databaseUrl: string;
  readonly app: INestApplicationContext;
}

/**
 * Finds the database (DATABASE_URL, else the running instance, else an embedded one for the duration of the command)
 * and runs `work` with every context at hand, as the system.
 */
export async function withSession<T>(name: string, work: (session: CliSession) => Promise<T>): Promise<T> {
  const config = readConfig(process.env);
  return withDatabase(config, async (databaseUrl) => {
    Logger.overrideLogger(['error', 'fatal']);
    const app = await NestFactory.createApplicationContext(
      CompositionModule.register({
        config,
        databaseUrl,
        onError: () => undefined,
        pools: { system: 3, requests: 1 },
      }),
      { logger: ['error', 'fatal'], abortOnError: false },
    );
    try {
      return await runAs(systemCaller(name), () => work({ config, databaseUrl, app }));
    } finally {
      await app.close();
    }
  });
}

export async function withDatabase<T>(config: Config, work: (databaseUrl: string) => Promise<T>): Promise<T> {
  const running = config.databaseUrl === null ? await readRunFile(config.dataFolder) : null;
  const known = config.databaseUrl ?? running?.databaseUrl ?? null;
  if (known !== null) return work(known);
  const embedded = await EmbeddedPostgres.start({ dataFolder: config.dataFolder });
  try {
    await migrate(embedded.url);
    await prepareDatabase(config, embedded.url);
    return await work(embedded.url);
  } finally {
    await embedded.stop();
  }
}

/** `--name value` or `--name=value`. */
export function option(argv: readonly string[], name: string): string | null {
  const index = argv.findIndex((argument) => argument === `--${name}` || argument.startsWith(`--${name}=`));
  if (index < 0) return null;
  const argument = argv[index] ?? '';
  return argument.includes('=') ? argument.slice(argument.indexOf('=') + 1) : (argv[index + 1] ?? null);
}
