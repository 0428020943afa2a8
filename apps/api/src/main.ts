import 'reflect-metadata';
import { Logger, Module, type DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { CompositionModule } from '@app/composition';
import { configureHttp, createFastifyAdapter, HttpModule, safeError } from '@app/http';
import { ConfigError, readConfig, type Config } from '@app/platform';
import { ApiModule } from './api.module';
import { setUpApi } from './set-up-api';

/** The API as a process of its own, beside others on one database. */
@Module({})
class ApiProcess {
  static register(config: Config, databaseUrl: string): DynamicModule {
    const logger = new Logger('api');
    const onError = (what: string, error: unknown): void => logger.warn({ what, error: safeError(error) });
    return {
      module: ApiProcess,
      imports: [CompositionModule.register({ config, databaseUrl, onError }), HttpModule, ApiModule],
    };
  }
}

async function main(): Promise<void> {
  const config = readConfig(process.env);
  if (config.databaseUrl === null) throw new ConfigError('DATABASE_URL', 'is needed: only npm start brings a database');
  const app = await NestFactory.create<NestFastifyApplication>(
    ApiProcess.register(config, config.databaseUrl),
    createFastifyAdapter(config),
    { bufferLogs: true, abortOnError: false },
  );
  await configureHttp(app);
  await setUpApi(app);
  app.enableShutdownHooks(['SIGINT', 'SIGTERM']);
  await app.listen(config.port, '::');
}

main().catch((error: unknown) => {
  const isKnown = error instanceof ConfigError;
  process.stderr.write(`Postbag cannot start: ${isKnown ? error.message : String(error)}\n`);
  process.exit(1);
});
