import type { FastifyRequest } from 'fastify';
import type { Problem } from './problem';

/** Turns a refusal into a page for people. Provided by an application that serves pages; without it all get JSON. */
export abstract class ErrorPages {
  /** The HTML, or null when this request should get the problem document. */
  abstract page(problem: Problem, request: FastifyRequest): Promise<string | null>;
}
