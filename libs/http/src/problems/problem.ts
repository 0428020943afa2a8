import type { FieldError } from '@app/kernel';

/** What every refusal looks like on the wire (RFC 9457). */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  /** Names this one occurrence, so that a report of it can be found in the log. */
  readonly instance?: string;
  readonly errors?: readonly FieldError[];
}

/** A refusal with the headers that belong to it. */
export interface ProblemAnswer {
  readonly problem: Problem;
  readonly headers: Readonly<Record<string, string>>;
  /** What to write to the log: a defect is ours, `away` passes by itself, `none` is the caller's own affair. */
  readonly log: 'defect' | 'away' | 'none';
}

export const PROBLEM_TYPE = 'application/problem+json';

interface Wording {
  readonly title: string;
  readonly detail: string;
}

// The titles are those of the status codes, as RFC 9457 asks of the type about:blank.
const WORDINGS: Readonly<Record<number, Wording>> = {
  400: { title: 'Bad Request', detail: 'The request cannot be read. Check that it is complete and well formed.' },
  401: { title: 'Unauthorized', detail: 'Send a valid bearer token in the Authorization header.' },
  403: { title: 'Forbidden', detail: 'Your role does not allow this.' },
  404: { title: 'Not Found', detail: 'There is nothing here, or nothing that you may know of.' },
  408: { title: 'Request Timeout', detail: 'The request did not arrive in time. Send it again.' },
  409: { title: 'Conflict', detail: 'This cannot be done in the present state.' },
  412: { title: 'Precondition Failed', detail: 'It was changed in the meantime. Look again and repeat.' },
  413: { title: 'Content Too Large', detail: 'The request is too large: 40 MB and 20 attachments at most.' },
  414: { title: 'URI Too Long', detail: 'The address of the request is too long.' },
  415: { title: 'Unsupported Media Type', detail: 'Content of this type is not taken here. Send application/json.' },
  422: { title: 'Unprocessable Content', detail: 'Something in the request is wrong.' },
  429: { title: 'Too Many Requests', detail: 'There were too many requests at once. Wait a moment and go on.' },
  431: { title: 'Request Header Fields Too Large', detail: 'The headers of the request are too large.' },
  500: { title: 'Internal Server Error', detail: 'Something went wrong on our side. It has been noted.' },
  503: { title: 'Service Unavailable', detail: 'The service is away for a moment. Send the request again shortly.' },
};
const OTHER: Wording = { title: 'Refused', detail: 'The request cannot be answered.' };

/** How long a caller should wait while the database is away. */
const RETRY_AFTER_SECONDS = '5';

/** A refusal that says no more than its status. */
export function genericProblem(status: number, detail?: string): ProblemAnswer {
  const wording = WORDINGS[status] ?? OTHER;
  return {
    problem: { type: 'about:blank', title: wording.title, status, detail: detail ?? wording.detail },
    headers: status === 503 ? { 'retry-after': RETRY_AFTER_SECONDS } : {},
    log: status < 500 ? 'none' : status === 503 ? 'away' : 'defect',
  };
}

/** The status as people read it when nothing better is known. */
export function titleOf(status: number): string {
  return (WORDINGS[status] ?? OTHER).title;
}
