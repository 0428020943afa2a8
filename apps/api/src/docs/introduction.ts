import { LARGEST_LIMIT } from '@app/http';

/** What a reader must know before the first request. */
export const INTRODUCTION = `
Postbag logs, sorts, routes, answers and counts what the public sends to the office of a police and crime commissioner.
This is its interface for scripts and other systems. All names and addresses in the examples are invented.

**Signing in.** Send \`Authorization: Bearer TOKEN\`. A token has one role and one or several offices; what lies outside
them answers 404, as if it were not there. Each route names the permission that it asks for.

**Form.** JSON in camelCase. Instants are RFC 3339 in UTC, days are \`YYYY-MM-DD\` in Europe/London, and fixed words are
written like-this.

**Lists** are \`{items, nextCursor}\`. Ask for the next page with \`cursor=\` and the \`nextCursor\` as it came; at the end
it is null. \`limit\` is ${String(LARGEST_LIMIT)} at most.

**Refusals** are problem documents (RFC 9457, \`application/problem+json\`). \`type\` names the rule that said no and is
stable, \`detail\` says it in words, and \`errors\` points at each wrong part of the request (RFC 6901).

**Repeating safely.** Send an \`Idempotency-Key\` with every POST that creates: the same key and body gives the first
answer again, and the same key with another body is refused with 422.

**Changing what you saw.** A case has an \`ETag\`. Send it back as \`If-Match\` and the change is refused with 412 when
somebody else was faster.

**Limits.** 40 MB and 20 attachments a request; at least 200 requests a second a token, then 429 with \`Retry-After\`.
A 503 has \`Retry-After\` too: send the request again with its Idempotency-Key. What was answered with 2xx is never lost.

**Request numbers.** Every answer has an \`x-request-id\`: yours, if you sent a sane one. Quote it when you report a fault.
`.trim();
