import { parseMail } from './parse-mail';
import { DEFAULT_MAIL_LIMITS } from './parsed-mail';
import { aLetter, multipart, parse } from './testing/sample-mail';

describe('mail beyond the limits', () => {
  it('with 20,000 parts is read up to the limit', async () => {
    const body = '--b\r\nContent-Type: text/plain\r\n\r\nhi\r\n'.repeat(20_000);
    const mail = await parse(aLetter(['Content-Type: multipart/mixed; boundary=b'], body));
    expect(mail.problems).toEqual(['too-many-parts']);
    expect(mail.text.split('\n')).toHaveLength(500);
  });

  it('nested 5,000 parts deep is read up to the limit and keeps the rest as a file', async () => {
    const levels = Array.from(
      { length: 5000 },
      (_, level) => `Content-Type: multipart/mixed; boundary=b${level}\r\n\r\n--b${level}\r\n`,
    );
    const mail = await parse(Buffer.from(`From: a@home.example\r\n${levels.join('')}\r\ndeep`));
    expect(mail.problems).toContain('too-deep');
    expect(mail.attachments).toHaveLength(1);
  });

  it('with 200 messages inside each other is read up to the limit', async () => {
    let raw = 'Subject: innermost\r\n\r\nHello';
    for (let level = 0; level < 200; level += 1)
      raw = `Subject: level ${level}\r\nContent-Type: message/rfc822\r\n\r\n${raw}`;
    const mail = await parse(Buffer.from(raw));
    expect(mail.problems).toContain('too-deep');
    expect(mail.attachments).toHaveLength(1);
    expect(mail.nested).toHaveLength(20);
  });

  it('with more files than allowed keeps the first ones', async () => {
    const files = Array.from({ length: 210 }, (_, index) => ['Content-Type: application/pdf', '', `file ${index}`]);
    const mail = await parse(multipart('mixed', files));
    expect([mail.attachments.length, mail.problems]).toEqual([200, ['too-many-attachments']]);
  });

  it('over the size limit is read as far as that', async () => {
    const mail = await parseMail(aLetter([], 'x'.repeat(5000)), { ...DEFAULT_MAIL_LIMITS, maxBytes: 1000 });
    expect(mail.problems).toEqual(['too-large']);
    expect(mail.subject).toBe('Street lamp');
  });

  it.each([
    ['a header of nothing but continuations', `X-A: a\r\n${' y\r\n'.repeat(200_000)}`],
    ['a header field per line', 'X-A: y\r\n'.repeat(200_000)],
    ['one endless parameter', `Content-Type: application/x; ${'a'.repeat(200_000)}\r\n`],
    ['brackets without end', `To: ${'('.repeat(100_000)}\r\nCc: ${'<'.repeat(100_000)}\r\n`],
    ['encoded words without end', `Subject: ${'=?utf-8?Q?a'.repeat(20_000)}\r\n`],
    [
      'padding without end',
      `Content-Transfer-Encoding: base64\r\nContent-Type: application/pdf\r\n\r\n${'QQ=='.repeat(500_000)}`,
    ],
    [
      'lines that begin as boundaries do',
      `Content-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\n\r\n${'--ax\r\n'.repeat(500_000)}`,
    ],
    ['empty lines', `\r\n${'\r\n'.repeat(1_000_000)}`],
    ['open tags', `Content-Type: text/html\r\n\r\n${'<div>'.repeat(200_000)}`],
    ['lines that look like quotation headers', `\r\n${'Op a schreef b\r\n'.repeat(50_000)}`],
    ['flowed lines', `Content-Type: text/plain; format=flowed\r\n\r\n${'a \r\n'.repeat(300_000)}`],
  ])('of %s takes no more than seconds', async (_, rest) => {
    const started = performance.now();
    await parse(Buffer.from(`From: a@home.example\r\n${rest}\r\n\r\nend`));
    expect(performance.now() - started).toBeLessThan(5000);
  });
});
