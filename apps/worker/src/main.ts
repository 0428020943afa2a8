import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { Logger } from 'nestjs-pino';
import { runProcess } from '@app/composition';
import { LoggingModule } from '@app/http';
import { PostbagWorker } from './worker';
import { WorkerModule } from './worker.module';

/** Relay, sequencer, timers and queue workers as a process of their own. Any number may run. */
runProcess('worker', async ({ options, root }) => {
  const app = await NestFactory.createApplicationContext(root([LoggingModule, WorkerModule]), options);
  app.useLogger(app.get(Logger));
  await app.get(PostbagWorker).start();
  return () => app.close();
});
