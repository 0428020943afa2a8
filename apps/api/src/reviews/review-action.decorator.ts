import { applyDecorators, HttpCode, Post } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import type { Permission } from '@app/access';
import { Requires } from '@app/http';
import type { ReviewAction } from '@app/reviews';
import { ReviewAnswer } from './review.answer';

/** A route that does something with a review and answers it. The reading is recorded by the query behind it. */
export function ReviewActionRoute(
  action: ReviewAction,
  summary: string,
  permission: Permission = 'review:write',
): MethodDecorator {
  return applyDecorators(
    Post(`:reference/${action}`),
    HttpCode(200),
    Requires(permission, { audit: null }),
    ApiOperation({ summary }),
    ApiHeader({ name: 'If-Match', required: false, description: 'The ETag that you saw: refused when it is stale' }),
    ApiHeader({ name: 'Idempotency-Key', required: false, description: 'Makes it safe to send again' }),
    ApiOkResponse({ type: ReviewAnswer, headers: { ETag: { schema: { type: 'string' } } } }),
  );
}
