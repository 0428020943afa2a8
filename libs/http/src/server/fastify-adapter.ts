import { STATUS_CODES, type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { Config } from '@app/platform';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { requestIdOf } from '../access/access.guard';
import { enterCallers } from '../access/request-caller';
import { genericProblem, PROBLEM_TYPE } from '../problems/problem';
import { problemOf } from '../problems/problem-of';

/** contract.md, Limits. */
export const LARGEST_BODY = 40 * 1024 * 1024;
export const MOST_ATTACHMENTS = 20;

/**
 * Time for everything, so that nothing hangs: silence on a connection, a whole request, a whole answer. The last one
 * counts from the first byte of the request, so it must leave room for 40 MB over a slow rural line.
 */
const TIMES = {
  connectionTimeout: 120_000,
  keepAliveTimeout: 70_000,
  requestTimeout: 300_000,
  handlerTimeout: 330_000,
};

const STATUS_OF_CLIENT_ERROR: Readonly<Record<string, number>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 408,
  HPE_HEADER_OVERFLOW: 431,
};

/** The HTTP server, the same for every process that has one. */
export function createFastifyAdapter(config: Config): FastifyAdapter {
  const adapter = new FastifyAdapter({
    logger: false,
    bodyLimit: LARGEST_BODY,
    trustProxy: config.trustProxy,
    // The adapter's own reading of the header takes any text.
    requestIdHeader: false,
    genReqId: (request: IncomingMessage) => requestIdOf(request.headers['x-request-id']),
    routerOptions: { maxParamLength: 500 },
    ...TIMES,
    clientErrorHandler: refuseUnreadable,
    frameworkErrors: refuseUnroutable,
  });
  const server = adapter.getInstance();
  // Nothing here takes plain text; with Fastify's parser it would be a wrong object instead of a wrong type.
  server.removeContentTypeParser('text/plain');
  enterCallers(server);
  return adapter;
}

/** Answers an address that the router cannot even read, before any hook has run. */
function refuseUnroutable(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  const { problem } = problemOf(error);
  void reply
    .code(problem.status)
    .headers({ 'x-request-id': request.id, 'x-content-type-options': 'nosniff' })
    .type(PROBLEM_TYPE)
    .send(JSON.stringify(problem));
}

/** Answers what never became a request: bytes that are no HTTP, headers without end, a sender that fell silent. */
function refuseUnreadable(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) {
    socket.destroy();
    return;
  }
  const { problem } = genericProblem(STATUS_OF_CLIENT_ERROR[error.code ?? ''] ?? 400);
  const body = JSON.stringify(problem);
  const head = [
    `HTTP/1.1 ${String(problem.status)} ${STATUS_CODES[problem.status] ?? ''}`,
    `Content-Type: ${PROBLEM_TYPE}`,
    `Content-Length: ${String(Buffer.byteLength(body))}`,
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
