import { messageIdsOf } from '../mail-headers';
import { type MailAttachment, type ParsedMail } from '../parsed-mail';
import { addressesIn, addressIn, readDeliveryStatus, type RecipientStatus, statusIn } from './delivery-status';
import { type BounceSeverity, rateDiagnostic, refusedAtOf } from './rate-diagnostic';

/** What a non-delivery notice says of the letter that did not arrive. */
export interface BounceDetails {
  readonly severity: BounceSeverity;
  readonly status: string | null;
  readonly recipient: string | null;
  readonly originalMessageIds: readonly string[];
  readonly diagnostic: string | null;
}

type Finding = Omit<BounceDetails, 'originalMessageIds'>;

const MAX_DIAGNOSTIC_CHARS = 500;
const MAX_IDS = 20;
const MAX_BLOCKS = 200;
const MAX_NOTICE_CHARS = 50_000;
// The lines by which mail systems part their own words from the mail they return.
const RETURNED =
  /^[-=_|*>. ]*(?:original (?:message|mail)|returned message|unsent message|message text follows|included is a copy|below this line is a copy|enclosed is a copy|this is a copy of|the header of the original|message headers? follow|below is a copy|start of (?:returned|original)|copy of (?:the|your) (?:original )?message)/i;
const HEADER_LINE = /^(?:Received|Return-Path|DKIM-Signature|X-[A-Za-z-]+|Message-Id): ?\S/i;

/** Reads recipient, reason and severity of a non-delivery notice, and the ids of the letter it is about. */
export function readBounce(mail: ParsedMail): BounceDetails {
  const notice = ownWords(mail.text);
  const statuses = statusesOf(mail).filter((entry) => !/^(?:delivered|relayed|expanded)$/.test(entry.action));
  const fromReport = statuses.map((entry) => rateStatus(entry, notice, statuses.length));
  const findings = fromReport.some((finding) => finding.severity !== 'unknown')
    ? fromReport
    : [...fromReport, ...blocksOf(mail, notice)];
  const worst = findings.find((finding) => finding.severity === 'hard') ??
    findings.find((finding) => finding.severity === 'soft') ??
    findings[0] ?? { severity: 'unknown', status: null, recipient: null, diagnostic: null };
  const failed = mail.headers['x-failed-recipients']?.[0];
  // A failure that is told without a reason that we know is soft: only what is certainly gone is hard.
  const isTold = statuses.length > 0 || notice.trim() !== '';
  return {
    ...worst,
    severity: worst.severity === 'unknown' && isTold ? 'soft' : worst.severity,
    recipient: worst.recipient ?? addressIn(failed ?? '') ?? firstAddress(notice, mail),
    originalMessageIds: originalMessageIds(mail),
  };
}

/** The per-recipient entries of the delivery reports in a mail. */
export function statusesOf(mail: ParsedMail): RecipientStatus[] {
  const reports = mail.attachments.filter(
    (file) => file.contentType.endsWith('/delivery-status') || file.contentType === 'message/global-delivery-status',
  );
  const entries = reports.flatMap((file) => readDeliveryStatus(textOf(file)));
  if (entries.length > 0 || !/^(?:Final-Recipient|Diagnostic-Code):/im.test(mail.text)) return entries;
  return readDeliveryStatus(mail.text.slice(0, MAX_NOTICE_CHARS));
}

function rateStatus(entry: RecipientStatus, notice: string, recipients: number): Finding {
  const { recipient, status } = entry;
  // The transcript names the command that was refused; with several recipients it is not clear whose it is.
  const about =
    recipients === 1
      ? notice
      : blocks(notice)
          .filter((block) => recipient !== null && block.includes(recipient))
          .join('\n');
  const isDelayed = entry.action === 'delayed';
  const told = entry.diagnostic.replace(/^[a-z-]+; */i, '');
  const diagnostic = told.length > 3 ? entry.diagnostic : replyIn(about);
  const refusedAt = refusedAtOf(entry.diagnostic) ?? refusedAtOf(transcriptOf(about, recipient));
  const rated = rateDiagnostic(diagnostic, statusIn(diagnostic) ?? status, refusedAt);
  return {
    severity: isDelayed ? 'soft' : rated,
    status,
    recipient,
    diagnostic: shortened(diagnostic),
  };
}

function blocksOf(mail: ParsedMail, notice: string): Finding[] {
  const isDelay =
    /\b(?:delayed|still being retried|warning message only|could not send message for past|temporary failure)\b/i.test(
      `${mail.subject}\n${notice}`,
    );
  const whole = refusedAtOf(notice);
  return blocks(`${mail.subject}\n\n${notice}`).flatMap((block) =>
    statements(block).map((statement) => {
      const status = statusIn(statement);
      const severity = rateDiagnostic(statement, status, refusedAtOf(block) ?? whole);
      return {
        severity: isDelay && severity !== 'unknown' ? 'soft' : severity,
        status,
        recipient: addressIn(statement) ?? addressIn(block),
        diagnostic: shortened(statement),
      };
    }),
  );
}

// A transcript may hold the replies to several commands or from several hosts, each on a line of its own.
function statements(block: string): string[] {
  const replies = block.split('\n').filter((line) => /^(?:<<< )?[45]\d\d[ -]/.test(line));
  return new Set(replies.map((line) => line.replace(/^<<< /, '').slice(0, 3))).size > 1 ? replies : [block];
}

function blocks(notice: string): string[] {
  return notice.split(/\n[ \t]*\n/).slice(0, MAX_BLOCKS);
}

/** The notice without the mail that it returns. */
function ownWords(text: string): string {
  const lines = text.slice(0, MAX_NOTICE_CHARS).split('\n');
  const divider = lines.findIndex((line, index) => RETURNED.test(line) || (index > 2 && HEADER_LINE.test(line)));
  return divider < 0 ? lines.join('\n') : lines.slice(0, divider).join('\n');
}

function replyIn(notice: string): string {
  const replies = notice.split('\n').filter((line) => /(?:^|\D)[45]\d\d[ -]|\(reason:/.test(line));
  return (replies.length > 0 ? replies : [notice]).join(' ');
}

function transcriptOf(notice: string, recipient: string | null): string {
  const lines = notice.split('\n');
  const from = lines.findIndex((line) =>
    /transcript of session|while talking to|said:|remote server|smtp error/i.test(line),
  );
  if (from < 0) return notice;
  const about = lines.slice(from);
  const named =
    recipient === null ? -1 : about.findIndex((line) => line.includes(recipient) && /^[45]\d\d|<<</.test(line));
  const upTo = named < 0 ? about : about.slice(0, named + 1);
  // Only the last command before the refusal counts.
  const command = upTo.findLastIndex((line) => /^>>> /.test(line));
  return command < 0 ? upTo.join('\n') : about.slice(command).join('\n');
}

function firstAddress(notice: string, mail: ParsedMail): string | null {
  const others = new Set([mail.from, ...mail.to, ...mail.cc].map((entry) => entry?.address.toLowerCase()));
  return addressesIn(notice).find((address) => !others.has(address.toLowerCase())) ?? null;
}

function originalMessageIds(mail: ParsedMail): string[] {
  const headers = mail.attachments.filter((file) => file.contentType.startsWith('text/'));
  const quoted = [mail.text, ...headers.map(textOf)].flatMap((text) =>
    [...text.matchAll(/^[ \t>]*(?:X-Original-)?Message-ID:[ \t]*(?:\n[ \t]+)?(<[^<>\s]{1,998}>)/gim)].map(
      (match) => match[1] ?? '',
    ),
  );
  const nested = mail.nested.flatMap((message) => (message.messageId === null ? [] : [message.messageId]));
  const ids = [...nested, ...quoted.flatMap((id) => messageIdsOf(id)), ...mail.inReplyTo, ...mail.references];
  return [...new Set(ids)].slice(0, MAX_IDS);
}

function textOf(file: MailAttachment): string {
  return new TextDecoder().decode(file.content.subarray(0, MAX_NOTICE_CHARS)).replace(/\r\n?/g, '\n');
}

function shortened(text: string): string | null {
  const line = text.replace(/\s+/g, ' ').trim().slice(0, MAX_DIAGNOSTIC_CHARS);
  return line === '' ? null : line;
}
