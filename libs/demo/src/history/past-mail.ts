/** What a mail of the past looked like when it came in. */
export interface MailText {
  readonly fromName: string;
  readonly fromAddress: string;
  readonly to: string;
  readonly subject: string;
  readonly at: Date;
  readonly messageId: string;
  readonly body: string;
  readonly headers?: readonly string[];
}

/** The octets of a plain mail (RFC 5322). */
export function mailOctets({
  fromName,
  fromAddress,
  to,
  subject,
  at,
  messageId,
  body,
  headers = [],
}: MailText): Buffer {
  const lines = [
    `From: ${phrase(fromName)} <${fromAddress}>`,
    `To: <${to}>`,
    `Subject: ${word(subject)}`,
    `Date: ${at.toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: <${messageId}>`,
    ...headers,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: 8bit',
    '',
    ...body.split('\n'),
    '',
  ];
  return Buffer.from(lines.join('\r\n'));
}

/** A name before an address: quoted where it holds more than words. */
function phrase(name: string): string {
  return /^[\w .'-]+$/.test(name) ? name : /^[\x20-\x7e]+$/.test(name) ? `"${name.replace(/["\\]/g, '')}"` : word(name);
}

/** As an encoded word (RFC 2047) where it needs one. */
function word(text: string): string {
  return /^[\x20-\x7e]*$/.test(text) ? text : `=?UTF-8?B?${Buffer.from(text).toString('base64')}?=`;
}
