import { Catch, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ErrorPages } from './error-pages';
import { PROBLEM_TYPE, type Problem } from './problem';
import { problemOf } from './problem-of';
import { safeError } from './safe-error';

/** Answers every error, also those thrown before a route was found, with a problem document or an error page. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  readonly #logger = new Logger('Problems');

  constructor(private readonly modules: ModuleRef) {}

  async catch(error: unknown, host: ArgumentsHost): Promise<void> {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const answer = problemOf(error);
    if (answer.log === 'defect') this.#logger.error({ requestId: request.id, error: safeError(error) });
    if (answer.log === 'away') this.#logger.warn({ requestId: request.id, ...withoutStack(error) });
    if (reply.sent || reply.raw.headersSent) {
      // Half an answer must not look like a whole one.
      reply.raw.destroy();
      return;
    }
    const { problem: told } = answer;
    const problem = told.status >= 500 ? { ...told, instance: `/requests/${request.id}` } : told;
    void reply.headers(answer.headers).code(problem.status);
    const html = await this.page(problem, request);
    if (html === null) void reply.type(PROBLEM_TYPE).send(JSON.stringify(problem));
    else void reply.type('text/html; charset=utf-8').send(html);
  }

  private async page(problem: Problem, request: FastifyRequest): Promise<string | null> {
    if (!request.headers.accept?.includes('text/html')) return null;
    try {
      return await this.modules.get(ErrorPages, { strict: false }).page(problem, request);
    } catch {
      // No application here serves pages, or the page itself failed: the document still says what happened.
      return null;
    }
  }
}

function withoutStack(error: unknown): { type: string; code?: string } {
  const { type, code } = safeError(error);
  return code === undefined ? { type } : { type, code };
}
