import { BodyReader } from './body-reader';
import { cleanHtml } from './clean-html';
import { cleanLine } from './clean-text';
import { fieldOf } from './decode-part';
import { decodeHeaderText } from './encoded-words';
import { freshText } from './fresh-text';
import { addressesOf, keptHeaders, mailDate, messageIdOf, messageIdsOf } from './mail-headers';
import { MailUnreadable } from './mail-unreadable';
import { DEFAULT_MAIL_LIMITS, type MailLimits, type ParsedMail } from './parsed-mail';
import { MimeBudget, splitMime } from './split-mime';

const MAX_SUBJECT_CHARS = 998;
// Fw, Fwd and what they are in German, French, Spanish, Italian, Dutch, Scandinavian languages and Welsh.
const FORWARDED_SUBJECT = /^(?:\[[^\]]{1,40}\] ?)?(?:fwd?|wg|tr|rv|i|doorst|vs|vb|ymlaen) ?:/i;
const SAMPLE_BYTES = 4096;
const BINARY_SHARE = 0.05;

/**
 * Reads a mail as far as it can be read. What is damaged or beyond a limit is left out and named in `problems`;
 * `MailUnreadable` is thrown only when there is nothing to show. Depends on nothing but its arguments.
 */
export async function parseMail(raw: Uint8Array, limits: MailLimits = DEFAULT_MAIL_LIMITS): Promise<ParsedMail> {
  if (isBlank(raw)) throw new MailUnreadable('empty');
  const budget = new MimeBudget(limits);
  if (raw.length > limits.maxBytes) budget.problems.add('too-large');
  const bytes = withLineFeeds(raw.subarray(0, limits.maxBytes));
  const root = splitMime(bytes, budget);
  const { fields } = root;
  if (fields.length === 0 && isBinary(bytes)) throw new MailUnreadable('not-a-mail');

  const body = await new BodyReader(budget, bytes.length).read(root);
  const [from = null] = addressesOf(fields, 'from');
  const [sender = null] = addressesOf(fields, 'sender');
  if (from === null && sender === null) budget.problems.add('no-sender');
  const subject = cleanLine(decodeHeaderText(fieldOf(fields, 'subject') ?? ''), MAX_SUBJECT_CHARS);
  const html = body.html === null ? null : cleanHtml(body.html);
  if (body.html !== null && html === null) budget.problems.add('html-damaged');
  return {
    messageId: messageIdOf(fieldOf(fields, 'message-id')),
    inReplyTo: messageIdsOf(fieldOf(fields, 'in-reply-to')),
    references: messageIdsOf(fieldOf(fields, 'references')),
    from,
    sender,
    replyTo: addressesOf(fields, 'reply-to'),
    to: addressesOf(fields, 'to'),
    cc: addressesOf(fields, 'cc'),
    subject,
    date: mailDate(fieldOf(fields, 'date')),
    text: body.text,
    isTextTruncated: body.isTextTruncated,
    // What is passed on to us is new to us, and it stands where a quotation would.
    freshText: FORWARDED_SUBJECT.test(subject) ? body.text : freshText(body.text),
    html,
    attachments: body.attachments,
    nested: body.nested,
    headers: keptHeaders(fields),
    problems: [...budget.problems].sort(),
  };
}

function isBlank(raw: Uint8Array): boolean {
  return raw.every((byte) => byte === 0x20 || (byte >= 0x09 && byte <= 0x0d));
}

// Random bytes hold a control character about every tenth byte; text in any charset of mail holds next to none.
function isBinary(bytes: Uint8Array): boolean {
  const sample = bytes.subarray(0, SAMPLE_BYTES);
  const control = sample.filter((byte) => byte < 0x20 && (byte < 0x09 || byte > 0x0d) && byte !== 0x1b).length;
  return control > sample.length * BINARY_SHARE;
}

// A mail that knows only carriage returns would otherwise be one line.
function withLineFeeds(bytes: Uint8Array): Uint8Array {
  if (bytes.includes(0x0a) || !bytes.includes(0x0d)) return bytes;
  return bytes.map((byte) => (byte === 0x0d ? 0x0a : byte));
}
