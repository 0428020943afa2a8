import type { RouteRule } from '@app/http';
import type { OpenAPIObject } from '@nestjs/swagger';

type PathItem = OpenAPIObject['paths'][string];
type Operation = NonNullable<PathItem['get']>;
type Responses = Operation['responses'];

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

const MEANINGS: Readonly<Record<string, string>> = {
  400: 'The request cannot be read',
  401: 'No token, or one that does not hold',
  403: 'The role does not hold the permission',
  404: 'There is nothing, or nothing that the caller may know of',
  409: 'Not possible in the present state',
  412: 'Changed since the version in If-Match',
  413: 'Over 40 MB or 20 attachments',
  415: 'Not a type of content that is taken here',
  422: 'Something in the request is wrong: see `errors`',
  429: 'Too many requests; come back after `Retry-After` seconds',
  503: 'Away for a moment; come back after `Retry-After` seconds',
};

const PROBLEM = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail'],
  properties: {
    type: { type: 'string', format: 'uri-reference' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    instance: { type: 'string', format: 'uri-reference' },
    errors: {
      type: 'array',
      items: { type: 'object', properties: { pointer: { type: 'string' }, message: { type: 'string' } } },
    },
  },
};

/** The operations of a path with what every route of their kind may answer, and the permission they ask for. */
export function withRefusals(item: PathItem, rules: ReadonlyMap<string, RouteRule>): PathItem {
  const described: PathItem = { ...item };
  for (const method of METHODS) {
    const operation = item[method];
    if (operation) described[method] = describe(operation, method, rules.get(operation.operationId ?? ''));
  }
  return described;
}

function describe(operation: Operation, method: string, rule: RouteRule | undefined): Operation {
  const responses: Responses = { ...operation.responses };
  for (const status of refusalsOf(operation, method, rule)) {
    responses[status] ??= {
      description: MEANINGS[status] ?? '',
      content: { 'application/problem+json': { schema: PROBLEM } },
    };
  }
  if (rule?.access !== 'permission') return { ...operation, responses };
  const asks = `Asks for \`${rule.permission}\`.`;
  return {
    ...operation,
    description: operation.description ? `${operation.description}\n\n${asks}` : asks,
    security: [{ bearer: [] }],
    responses,
  };
}

function refusalsOf(operation: Operation, method: string, rule: RouteRule | undefined): string[] {
  const path = operation.parameters?.some((each) => 'in' in each && each.in === 'path') ?? false;
  const statuses = ['422', '429', '503'];
  if (rule?.access === 'permission') statuses.push('401', '403');
  if (path) statuses.push('404');
  if (method !== 'get') statuses.push('400', '413', '415', '409');
  if (method !== 'get' && path) statuses.push('412');
  return statuses;
}
