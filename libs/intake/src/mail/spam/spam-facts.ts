import { type MailEnvelope } from '../classify-mail';
import { type ParsedMail } from '../parsed-mail';

/** What the signs of spam are looked for in, made once per mail. */
export interface SpamFacts {
  readonly mail: ParsedMail;
  readonly envelope: MailEnvelope;
  readonly subject: string;
  /** Subject and own words (no quotations) in lower case, cut to a length that any rule may search. */
  readonly words: string;
  readonly textChars: number;
  readonly links: readonly Link[];
  readonly pictures: number;
  readonly isReply: boolean;
  readonly isForwarded: boolean;
  readonly isList: boolean;
  readonly hasPlainText: boolean;
}

export interface Link {
  readonly url: string;
  readonly host: string;
  readonly label: string;
}

const MAX_CHARS = 60_000;
const MAX_LINKS = 500;
const FORWARDED =
  /^[- >*]*(?:(?:begin )?forwarded (?:message|by)|original message)\b|^(?:From|Von|De): .{1,200}\n(?:Sent|Date|To|Gesendet|Envoyé) ?: /im;

export function spamFacts(mail: ParsedMail, envelope: MailEnvelope): SpamFacts {
  const text = mail.text.slice(0, MAX_CHARS);
  const forwarded = mail.freshText.search(FORWARDED);
  // What somebody passes on to us is not what he says.
  const own = forwarded > 0 ? mail.freshText.slice(0, forwarded) : mail.freshText;
  const html = (mail.html ?? '').slice(0, 4 * MAX_CHARS);
  return {
    mail,
    envelope,
    subject: mail.subject,
    words: `${mail.subject}\n${own.slice(0, MAX_CHARS)}`.toLowerCase().replace(/\s+/g, ' '),
    textChars: text
      .replace(/https?:\/\/\S+/gi, '')
      .replace(/\s+/g, ' ')
      .trim().length,
    links: linksOf(text, html),
    pictures: (html.match(/<img\b/gi) ?? []).length + mail.attachments.filter((file) => file.isInline).length,
    isReply: mail.inReplyTo.length > 0 || mail.references.length > 0,
    isForwarded: forwarded >= 0 || mail.nested.length > 0,
    isList: ['list-id', 'list-post', 'mailing-list', 'x-mailing-list', 'x-beenthere'].some(
      (name) => mail.headers[name] !== undefined,
    ),
    hasPlainText: !/^text\/html\b/i.test(mail.headers['content-type']?.[0] ?? '') || mail.html === null,
  };
}

function linksOf(text: string, html: string): Link[] {
  const found: Link[] = [];
  for (const [, url = '', label = ''] of html.matchAll(
    /<a\b[^>]{0,300}?href="([^"]{1,2000})"[^>]{0,300}>([^<]{0,300})/gi,
  )) {
    if (/^https?:/i.test(url)) found.push({ url, host: hostOf(url), label: label.trim() });
    if (found.length >= MAX_LINKS) return found;
  }
  if (found.length > 0) return found;
  for (const [url] of text.matchAll(/https?:\/\/[^\s<>"')\]]{3,2000}/gi)) {
    found.push({ url, host: hostOf(url), label: '' });
    if (found.length >= MAX_LINKS) break;
  }
  return found;
}

function hostOf(url: string): string {
  try {
    return new URL(url.replaceAll('&amp;', '&')).hostname.toLowerCase();
  } catch {
    return '';
  }
}
