import { applyDecorators, HttpCode, Post } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import type { Permission } from '@app/access';
import type { CaseAction } from '@app/casework';
import { Requires } from '@app/http';
import { CaseAnswer } from './case.answer';

interface ActionDescription {
  readonly summary: string;
  readonly description?: string;
  readonly permission?: Permission;
}

/** A route that does something with a case and answers the case. The reading is recorded by the query behind it. */
export function ActionRoute(
  action: CaseAction,
  { permission = 'case:write', ...described }: ActionDescription,
): MethodDecorator {
  return applyDecorators(
    Post(action),
    HttpCode(200),
    Requires(permission, { audit: null }),
    ApiOperation(described),
    ApiHeader({ name: 'If-Match', required: false, description: 'The ETag that you saw: refused when it is stale' }),
    ApiHeader({ name: 'Idempotency-Key', required: false, description: 'Makes it safe to send again' }),
    ApiOkResponse({ type: CaseAnswer, headers: { ETag: { schema: { type: 'string' } } } }),
  );
}
