import { parseMail } from './parse-mail';
import { DEFAULT_MAIL_LIMITS } from './parsed-mail';
import { aLetter, multipart, parse } from './testing/sample-mail';
import { growth } from '../../../../test/setup/growth';

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

  it.each<[string, string, string, number]>([
    ['a header of nothing but continuations', 'X-A: a\r\n', ' y\r\n', 200_000],
    ['a header field per line', '', 'X-A: y\r\n', 200_000],
    ['one endless parameter', 'Content-Type: application/x; ', 'a', 200_000],
    ['brackets without end', 'To: ', '(', 100_000],
    ['angle brackets without end', 'Cc: ', '<', 100_000],
    ['encoded words without end', 'Subject: ', '=?utf-8?Q?a', 20_000],
    [
      'padding without end',
      'Content-Transfer-Encoding: base64\r\nContent-Type: application/pdf\r\n\r\n',
      'QQ==',
      500_000,
    ],
    [
      'lines that begin as boundaries do',
      'Content-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\n\r\n',
      '--ax\r\n',
      500_000,
    ],
    ['empty lines', '\r\n', '\r\n', 1_000_000],
    ['open tags', 'Content-Type: text/html\r\n\r\n', '<div>', 200_000],
    ['lines that look like quotation headers', '\r\n', 'Op a schreef b\r\n', 50_000],
    ['flowed lines', 'Content-Type: text/plain; format=flowed\r\n\r\n', 'a \r\n', 300_000],
  ])('of %s takes no more than its share of time', async (_, before, piece, times) => {
    const read = (count: number): unknown =>
      parse(Buffer.from(`From: a@home.example\r\n${before}${piece.repeat(count)}\r\n\r\nend`));
    expect(await growth(read, times / 4, times)).toBeLessThan(8);
  });
});
