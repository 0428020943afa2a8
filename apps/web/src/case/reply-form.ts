import type { CaseDetail, CaseSurroundings, LetterPreview } from '@app/casework';
import type { Fields } from './form-fields';

/** Stands in a template where the author's answer goes, until it is written. */
export const WRITE_HERE = '[Write your answer here]';
const LONGEST_SUBJECT = 200;
const LONGEST_BODY = 100_000;

/** A reply as it is being written. */
export interface ReplyForm {
  readonly template: string;
  readonly channel: 'email' | 'letter';
  readonly subject: string;
  readonly body: string;
  readonly version: string;
}

export function replyForm(fields: Fields): ReplyForm {
  return {
    template: fields.template ?? '',
    channel: fields.channel === 'letter' ? 'letter' : 'email',
    subject: (fields.subject ?? '').trim(),
    body: fields.body ?? '',
    version: fields.version ?? '',
  };
}

/** What a person goes on with: what they had typed, else the draft, else an empty letter. */
export function draftFrom(
  { draft, correspondent, version }: CaseDetail,
  unsaved: CaseSurroundings['unsaved'],
  empty: LetterPreview,
): ReplyForm {
  const known = unsaved ?? draft;
  const prefersPost = correspondent?.email === null || correspondent?.preferredChannel === 'post';
  return {
    template: '',
    channel: (known?.channel ?? (prefersPost ? 'letter' : 'email')) === 'letter' ? 'letter' : 'email',
    subject: known?.subject ?? empty.subject,
    body: known?.body ?? empty.body,
    version: String(version),
  };
}

/** `isFinished`: it is about to be shown as it would go out. */
export function checkReply({ subject, body }: ReplyForm, isFinished: boolean): (readonly [string, string])[] {
  const found: (readonly [string, string])[] = [];
  if (subject === '') found.push(['subject', 'Enter a subject']);
  else if (subject.length > LONGEST_SUBJECT) found.push(['subject', 'The subject must be 200 characters or fewer']);
  if (body.trim() === '') found.push(['body', 'Write the reply']);
  else if (body.length > LONGEST_BODY) found.push(['body', 'The reply must be 100,000 characters or fewer']);
  else if (isFinished && body.includes(WRITE_HERE)) found.push(['body', `Write your answer in place of ${WRITE_HERE}`]);
  return found;
}
