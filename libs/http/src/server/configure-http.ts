import cookie from '@fastify/cookie';
import multipart from '@fastify/multipart';
import { AccessRecords } from '@app/access';
import { Config } from '@app/platform';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Logger, PinoLogger } from 'nestjs-pino';
import { recordReading } from '../access/request-caller';
import { LARGEST_BODY, MOST_ATTACHMENTS } from './fastify-adapter';
import { logRequests } from './request-log';
import { sendSecurityHeaders } from './security-headers';

/**
 * What every HTTP application of ours does before it listens. Filter, pipe and guard come with `HttpModule`; JSON and
 * form bodies are parsed by Nest's adapter.
 */
export async function configureHttp(app: NestFastifyApplication): Promise<void> {
  app.useLogger(app.get(Logger));
  const server = app.getHttpAdapter().getInstance();
  server.addHook('onRequest', (request, reply, done) => {
    void reply.header('x-request-id', request.id);
    done();
  });
  await sendSecurityHeaders(server, app.get(Config).publicUrl.startsWith('https://'));
  logRequests(server, (await app.resolve(PinoLogger)).logger);
  recordReading(server, app.get(AccessRecords));
  await app.register(cookie);
  await app.register(multipart, {
    limits: { files: MOST_ATTACHMENTS, fileSize: LARGEST_BODY, fieldSize: 1024 * 1024, parts: 200, headerPairs: 200 },
  });
}
