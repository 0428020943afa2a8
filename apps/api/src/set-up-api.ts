import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { errorCodes } from 'fastify';
import { serveApiDescription } from './docs/api-description';

/** The description and its page, and no forms: those are for pages; after `configureHttp`, before listening. */
export function setUpApi(app: NestFastifyApplication): Promise<void> {
  const server = app.getHttpAdapter().getInstance();
  server.addHook('onRequest', (request, _reply, done) => {
    const type = request.headers['content-type'] ?? '';
    const isForm = request.url.startsWith('/api/') && /^application\/x-www-form-urlencoded/i.test(type);
    done(isForm ? new errorCodes.FST_ERR_CTP_INVALID_MEDIA_TYPE(type) : undefined);
  });
  serveApiDescription(app);
  return Promise.resolve();
}
