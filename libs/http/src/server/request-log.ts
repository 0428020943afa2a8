import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';

/** One line for each answered request: which route, how it went, how long it took. Never what was in it. */
export function logRequests(server: FastifyInstance, logger: Pick<Logger, 'info' | 'debug'>): void {
  server.addHook('onResponse', (request, reply, done) => {
    const line = {
      method: request.method,
      route: routeOf(request.routeOptions.url),
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime * 10) / 10,
      requestId: request.id,
      tokenId: request.tokenId,
    };
    // Probes come every few seconds for ever.
    if (line.route.startsWith('/health/') || line.route === '/metrics') logger.debug(line);
    else logger.info(line);
    done();
  });
}

/** The pattern of a route, never the address that was asked for: that holds references. */
export function routeOf(pattern: string | undefined): string {
  return pattern ?? 'none';
}
