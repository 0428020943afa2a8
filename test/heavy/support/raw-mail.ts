import { createHash } from 'node:crypto';

/** Values by name in lower case, in their order. Read without the product's parser, which is under test. */
export type Headers = ReadonlyMap<string, readonly string[]>;

/** The octets as they travel: every line ends with CRLF, the last one too. */
export function asLines(text: string): Buffer {
  const lines = text.replace(/\r?\n/g, '\r\n');
  return Buffer.from(lines.endsWith('\r\n') ? lines : `${lines}\r\n`);
}

export function headersOf(raw: Buffer): Headers {
  const text = raw.toString('latin1');
  const head = text.slice(0, Math.max(0, text.indexOf('\r\n\r\n')));
  const headers = new Map<string, string[]>();
  for (const line of head.replace(/\r\n[ \t]+/g, ' ').split('\r\n')) {
    const match = /^([!-9;-~]+):\s*(.*)$/.exec(line);
    if (!match) continue;
    const name = (match[1] ?? '').toLowerCase();
    headers.set(name, [...(headers.get(name) ?? []), match[2] ?? '']);
  }
  return headers;
}

export function messageIdsIn(values: readonly string[] = []): string[] {
  return values.flatMap((value) => [...value.matchAll(/<([^<>\s]+@[^<>\s]+)>/g)].map((match) => match[1] ?? ''));
}

/** The address of the From field for the envelope; empty, the null return path, where there is none that SMTP takes. */
export function envelopeFromOf(headers: Headers): string {
  const field = headers.get('from')?.[0] ?? '';
  const address = (/<([^<>]*)>/.exec(field)?.[1] ?? field.replace(/\([^)]*\)/g, '')).trim();
  return /^[\w.+=/-]+@[\w-]+(\.[\w-]+)+$/.test(address) ? address : '';
}

/** What makes an automatic answer to a mail an answer to a machine (RFC 3834, RFC 2369, RFC 2919). */
export function machineSign(headers: Headers, envelopeFrom: string): string | null {
  if (envelopeFrom === '') return 'null return path';
  const list = [...headers.keys()].find((name) =>
    /^list-(id|help|subscribe|unsubscribe|post|owner|archive)$/.test(name),
  );
  if (list !== undefined) return list;
  if (headers.get('precedence')?.some((value) => /bulk|list|junk/i.test(value))) return 'precedence';
  if (headers.get('auto-submitted')?.some((value) => !/^\s*no\b/i.test(value))) return 'auto-submitted';
  return null;
}

/** An invented letter. */
export interface Letter {
  readonly from: string;
  readonly subject: string;
  readonly messageId: string;
  readonly inReplyTo?: string | null;
  readonly text: string;
}

export function letterMail({ from, subject, messageId, inReplyTo, text }: Letter): Buffer {
  const lines = [
    `From: ${from}`,
    'To: opcc@west-mercia.example',
    `Subject: ${subject}`,
    'Date: Mon, 02 Nov 2026 09:30:00 +0000',
    `Message-ID: <${messageId}>`,
    ...(inReplyTo ? [`In-Reply-To: <${inReplyTo}>`, `References: <${inReplyTo}>`] : []),
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    '',
    text,
  ];
  return asLines(lines.join('\n'));
}

export function digestOf(raw: Buffer): string {
  return createHash('sha256').update(raw).digest('hex');
}
