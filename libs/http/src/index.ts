export { requestIdOf } from './access/access.guard';
export {
  Authentication,
  BearerAuthentication,
  CallerAuthentication,
  type RequestIdentity,
} from './access/authentication';
export { isFromAnotherSite } from './access/csrf';
export { PublicOffices } from './access/public-offices';
export { Public, Requires, type RouteRule } from './access/requires.decorator';
export { RouteRules } from './access/route-rules';
export { cookieOf, SESSION_COOKIE, sessionCookieOf, setCookie } from './access/session-cookie';
export { safeNext, signInAddress } from './access/sign-in-address';
export { ThrottleLimits } from './access/throttle';
export { HttpModule } from './http.module';
export {
  decodeCursor,
  DEFAULT_LIMIT,
  encodeCursor,
  LARGEST_LIMIT,
  limitOf,
  pageOf,
  type CursorPart,
  type CursorShape,
  type CursorValue,
  type Page,
} from './input/cursor';
export { etagOf, IfMatch, parseIfMatch, requireVersion, StaleVersion } from './input/etag';
export { fieldErrors } from './input/field-errors';
export { IdempotencyKey, idempotentRequest, parseIdempotencyKey } from './input/idempotency-key';
export { InvalidRequest } from './input/invalid-request';
export { RequestValidationPipe } from './input/validation-pipe';
export { ErrorPages } from './problems/error-pages';
export { genericProblem, PROBLEM_TYPE, type Problem } from './problems/problem';
export { problemOf } from './problems/problem-of';
export { Refusal } from './problems/refusal';
export { safeError, type SafeError } from './problems/safe-error';
export { configureHttp } from './server/configure-http';
export { downloadHeaders, type DownloadedFile } from './server/download-headers';
export { createFastifyAdapter, LARGEST_BODY, MOST_ATTACHMENTS } from './server/fastify-adapter';
export { LOG_STREAM, LoggingModule } from './server/logging';
export { logRequests, routeOf } from './server/request-log';
