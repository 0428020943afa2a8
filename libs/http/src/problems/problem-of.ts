import { HttpException } from '@nestjs/common';
import { DomainError, type ErrorKind } from '@app/kernel';
import { isUnavailable } from '@app/platform';
import { genericProblem, titleOf, type ProblemAnswer } from './problem';
import { Refusal } from './refusal';

const STATUS_OF: Readonly<Record<ErrorKind, number>> = {
  'not-found': 404,
  conflict: 409,
  invalid: 422,
  forbidden: 403,
  stale: 412,
  unavailable: 503,
};

/** What a caller is told about an error. Nothing of its inside: no stack, statement, path or driver message. */
export function problemOf(error: unknown): ProblemAnswer {
  if (error instanceof DomainError) return domainProblem(error);
  if (error instanceof HttpException) return httpProblem(error);
  const status = fastifyStatus(error);
  if (status !== null) return genericProblem(status);
  return genericProblem(isUnavailable(error) ? 503 : 500);
}

function domainProblem(error: DomainError): ProblemAnswer {
  const status = STATUS_OF[error.kind];
  return {
    problem: {
      type: `/problems/${error.code}`,
      title: titleOf(status),
      status,
      detail: error.message,
      ...(error.errors.length > 0 ? { errors: error.errors } : {}),
    },
    headers: genericProblem(status).headers,
    log: status === 503 ? 'away' : 'none',
  };
}

function httpProblem(error: HttpException): ProblemAnswer {
  const status = error.getStatus();
  // With a cause the message is a library's (a parser quotes what it read); Nest's own 404 quotes the address.
  const isOurs = error.cause === undefined && status < 500 && !/^Cannot [A-Z]+ /.test(error.message);
  const answer = genericProblem(status, isOurs && hasSentence(error) ? error.message : undefined);
  return error instanceof Refusal ? { ...answer, headers: { ...answer.headers, ...error.headers } } : answer;
}

/** Whether a person wrote the message, and it is not the name of the status again. */
function hasSentence(error: HttpException): boolean {
  return / .*\.$/s.test(error.message);
}

/** The status of an error that Fastify or one of its plugins threw; null for any other error. */
function fastifyStatus(error: unknown): number | null {
  if (!(error instanceof Error)) return null;
  const { code, statusCode } = error as { code?: unknown; statusCode?: unknown };
  if (typeof code !== 'string' || !code.startsWith('FST_') || typeof statusCode !== 'number') return null;
  // The multipart plugin says 406 of a body that is no form; 406 is about the answer, 415 about the body.
  if (statusCode === 406) return 415;
  return statusCode < 500 || statusCode === 503 ? statusCode : null;
}
