import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { RouteRules, type RouteRule } from '@app/http';
import { INTRODUCTION } from './introduction';
import { withRefusals } from './refusals';

const PAGE = '/api/docs';
/** What is described: the pages for people are not an interface. */
const DESCRIBED = /^\/(api\/|health\/|metrics$)/;

// Swagger UI brings style elements of its own; everything else stays as strict as on all pages.
const PAGE_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
  "connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/** Serves the OpenAPI document and a page to read it; both are made when they are first asked for. */
export function serveApiDescription(app: NestFastifyApplication): void {
  const server = app.getHttpAdapter().getInstance();
  server.addHook('onSend', (request, reply, payload, done) => {
    if (request.url.startsWith(PAGE)) void reply.header('content-security-policy', PAGE_POLICY);
    done(null, payload);
  });
  SwaggerModule.setup(PAGE, app, () => describeApi(app), {
    jsonDocumentUrl: '/api/openapi.json',
    raw: ['json'],
    customSiteTitle: 'Postbag API',
  });
}

/** The OpenAPI document: what the controllers say, with the permission and the refusals of each route. */
export function describeApi(app: NestFastifyApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setTitle('Postbag')
    .setDescription(INTRODUCTION)
    .setVersion('1')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'A token from `npm run token`' })
    .build();
  const document = SwaggerModule.createDocument(app, config, {
    operationIdFactory: (controller, method) => `${controller}.${method}`,
  });
  const rules = new Map<string, RouteRule>();
  for (const { controller, method, rule } of app.get(RouteRules).routes()) {
    if (rule) rules.set(`${controller.name}.${method}`, rule);
  }
  const paths = Object.entries(document.paths)
    .filter(([path]) => DESCRIBED.test(path))
    .map(([path, item]) => [path, withRefusals(item, rules)] as const);
  return { ...document, paths: Object.fromEntries(paths) };
}
