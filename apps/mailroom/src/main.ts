import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { Logger } from 'nestjs-pino';
import { runProcess } from '@app/composition';
import { LoggingModule } from '@app/http';
import { Mailroom } from './mailroom';
import { MailroomModule } from './mailroom.module';

/** The SMTP server as a process of its own. */
runProcess('mailroom', async ({ config, options, root }) => {
  const app = await NestFactory.createApplicationContext(root([LoggingModule, MailroomModule]), options);
  app.useLogger(app.get(Logger));
  const mailroom = app.get(Mailroom);
  await mailroom.listen(config.smtpPort);
  return async () => {
    // The last letters are committed before the database is closed.
    await mailroom.close();
    await app.close();
  };
});
