import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { runProcess } from '@app/composition';
import { configureHttp, createFastifyAdapter, HttpModule } from '@app/http';
import { ApiModule } from './api.module';
import { setUpApi } from './set-up-api';

/** The API as a process of its own, beside others on one database. */
runProcess('api', async ({ config, options, root }) => {
  const app = await NestFactory.create<NestFastifyApplication>(
    root([HttpModule, ApiModule]),
    createFastifyAdapter(config),
    options,
  );
  await configureHttp(app);
  await setUpApi(app);
  await app.listen(config.port, '::');
  return () => app.close();
});
