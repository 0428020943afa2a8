import helmet from '@fastify/helmet';
import multipart from '@fastify/multipart';
import { Config } from '@app/platform';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Logger } from 'nestjs-pino';
import { LARGEST_BODY, MOST_ATTACHMENTS } from './fastify-adapter';
import { logRequests } from './request-log';
import { securityHeaders } from './security-headers';

/**
 * What every HTTP application of ours does before it listens. Filter, pipe, guard and interceptor come with
 * `HttpModule`; JSON and form bodies are parsed by Nest's adapter.
 */
export async function configureHttp(app: NestFastifyApplication): Promise<void> {
  app.useLogger(app.get(Logger));
  const config = app.get(Config);
  const server = app.getHttpAdapter().getInstance();
  server.addHook('onRequest', (request, reply, done) => {
    void reply.header('x-request-id', request.id);
    done();
  });
  logRequests(server);
  await app.register(helmet, securityHeaders(config.publicUrl.startsWith('https://')));
  await app.register(multipart, {
    limits: { files: MOST_ATTACHMENTS, fileSize: LARGEST_BODY, fieldSize: 1024 * 1024, parts: 200, headerPairs: 200 },
  });
}
