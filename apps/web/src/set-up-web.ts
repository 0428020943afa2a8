import { join } from 'node:path';
import compress from '@fastify/compress';
import staticFiles from '@fastify/static';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply } from 'fastify';
import { renderer } from './http/renderer';

declare module 'fastify' {
  interface FastifyReply {
    /** Renders a template of this application and sends it as HTML. */
    viewAsync(template: string, model: object): Promise<FastifyReply>;
  }
}

/** Templates and static files of the pages; after `configureHttp`, before listening. */
export async function setUpWeb(app: NestFastifyApplication): Promise<void> {
  const server = app.getHttpAdapter().getInstance();
  server.decorateReply('viewAsync', async function (this: FastifyReply, template: string, model: object) {
    const html = renderer().render(`${template}.njk`, model);
    await this.type('text/html; charset=utf-8').header('cache-control', 'no-store').send(html);
    return this;
  });
  // A form without a field is sent as nothing at all; what it lacks is then said by name.
  server.addHook('preValidation', (request, _reply, done) => {
    const isData = request.url.startsWith('/api/') || request.isMultipart?.();
    if (request.method === 'POST' && !isData) request.body ??= {};
    done();
  });
  // Pages only: scripts and styles are compressed by the build, and data by a proxy where it pays.
  await app.register(compress, { customTypes: /^text\/html/, encodings: ['br', 'gzip'], threshold: 1024 });
  await app.register(staticFiles, {
    root: join(__dirname, 'public'),
    prefix: '/static/',
    maxAge: '1h',
    index: false,
    preCompressed: true,
    decorateReply: false,
  });
}
