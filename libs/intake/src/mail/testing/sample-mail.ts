import { DEFAULT_MAIL_LIMITS, type ParsedMail } from '../parsed-mail';
import { parseMail } from '../parse-mail';

/** The bytes of a mail from its lines; characters beyond ASCII are UTF-8. */
export function rawMail(...lines: string[]): Buffer {
  return Buffer.from(lines.join('\r\n'), 'utf8');
}

/** A letter from a member of the public; `headers` are added and `body` replaces the text. */
export function aLetter(headers: readonly string[] = [], body = 'The street lamp outside my house is out.'): Buffer {
  const own = ['From: Jane Doe <jane.doe@home.example>', 'To: opcc@west-mercia.example', 'Subject: Street lamp'];
  const names = new Set(headers.map((line) => line.split(':')[0]?.toLowerCase()));
  const kept = own.filter((line) => !names.has(line.split(':')[0]?.toLowerCase()));
  const rest = ['Date: Mon, 2 Mar 2026 10:00:00 +0000', 'Message-ID: <letter-1@home.example>', 'MIME-Version: 1.0'];
  return rawMail(...kept, ...rest, ...headers, '', body);
}

/** A multipart mail of parts that are given as header lines, a blank line and a body. */
export function multipart(
  subtype: string,
  parts: readonly (readonly string[])[],
  headers: readonly string[] = [],
): Buffer {
  const body = parts.flatMap((part) => ['--frontier', ...part]);
  return aLetter(
    [`Content-Type: multipart/${subtype}; boundary="frontier"`, ...headers],
    [...body, '--frontier--', ''].join('\r\n'),
  );
}

export function parse(raw: Uint8Array): Promise<ParsedMail> {
  return parseMail(raw, DEFAULT_MAIL_LIMITS);
}
