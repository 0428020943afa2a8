import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { runProcess } from '@app/composition';
import { configureHttp, createFastifyAdapter, HttpModule } from '@app/http';
import { setUpWeb } from './set-up-web';
import { WebModule } from './web.module';

/** The pages as a process of their own. */
runProcess('web', async ({ config, options, root }) => {
  const app = await NestFactory.create<NestFastifyApplication>(
    root([HttpModule, WebModule]),
    createFastifyAdapter(config),
    options,
  );
  await configureHttp(app);
  await setUpWeb(app);
  await app.listen(config.port, '::');
  return () => app.close();
});
