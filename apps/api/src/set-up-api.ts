import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { serveApiDescription } from './docs/api-description';

/** The description and its page; after `configureHttp`, before listening. */
export function setUpApi(app: NestFastifyApplication): Promise<void> {
  serveApiDescription(app);
  return Promise.resolve();
}
