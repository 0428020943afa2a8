import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { MailUnreadable } from './mail-unreadable';
import { aLetter, parse, rawMail } from './testing/sample-mail';

const corpus = join(process.env.CORPORA_DIR ?? join(__dirname, '../../../../../shared/corpora'), 'mime');

describe('the header of a mail', () => {
  it('gives sender, recipients, subject, date and ids', async () => {
    const mail = await parse(
      aLetter([
        'From: "Doe, Jane" <Jane.Doe@HOME.Example>',
        'Sender: Assistant <assistant@home.example>',
        'Reply-To: replies@home.example',
        'Cc: Friends: a@friends.example, B <b@friends.example>;',
        'In-Reply-To: <first@west-mercia.example>',
        'References: <zero@west-mercia.example> <first@west-mercia.example>',
      ]),
    );
    expect(mail).toMatchObject({
      messageId: 'letter-1@home.example',
      from: { name: 'Doe, Jane', address: 'Jane.Doe@home.example' },
      sender: { name: 'Assistant', address: 'assistant@home.example' },
      replyTo: [{ name: '', address: 'replies@home.example' }],
      to: [{ name: '', address: 'opcc@west-mercia.example' }],
      cc: [
        { name: '', address: 'a@friends.example' },
        { name: 'B', address: 'b@friends.example' },
      ],
      inReplyTo: ['first@west-mercia.example'],
      references: ['zero@west-mercia.example', 'first@west-mercia.example'],
      subject: 'Street lamp',
      date: '2026-03-02T10:00:00.000Z',
      problems: [],
    });
  });

  it('is read where sender and recipients are missing or broken', async () => {
    const mail = await parse(
      rawMail('From: MAILER-DAEMON (Mail Delivery System)', 'To: undisclosed-recipients:;', 'Cc: @@, <x>', '', 'Hello'),
    );
    expect(mail).toMatchObject({
      from: null,
      sender: null,
      to: [],
      cc: [],
      messageId: null,
      date: null,
      text: 'Hello',
    });
    expect(mail.problems).toEqual(['no-sender']);
  });

  it('is unfolded, decoded and freed of control characters in the subject', async () => {
    const mail = await parse(
      aLetter(['Subject: =?utf-8?Q?Caf=C3=A9_?=', ' =?utf-8?B?4oKs?= =?iso-8859-1?Q?=A35?=\u0007', '\tand more']),
    );
    expect(mail.subject).toBe('Café €£5 and more');
  });

  it('joins a character that is cut in two by the end of an encoded word', async () => {
    const mail = await parse(aLetter(['Subject: =?utf-8?Q?a=E2=82?= =?utf-8?Q?=ACb?=']));
    expect(mail.subject).toBe('a€b');
  });

  it.each([
    ['utf-8 called us-ascii', '=?us-ascii?Q?caf=C3=A9?=', 'café'],
    ['utf-8 called iso-8859-1', '=?iso-8859-1?Q?caf=C3=A9?=', 'café'],
    ['a charset that nobody knows', '=?x-nobody?Q?caf=E9?=', 'café'],
    ['a charset of old computers', '=?cp850?Q?caf=82?=', 'café'],
  ])('reads an encoded subject in %s', async (_, word, subject) => {
    expect((await parse(aLetter([`Subject: ${word}`]))).subject).toBe(subject);
  });

  it('reads 8-bit characters as UTF-8, else as windows-1252', async () => {
    const utf8 = await parse(aLetter(['Subject: Müll – weg', 'From: Jürgen <j@home.example>']));
    expect([utf8.subject, utf8.from?.name]).toEqual(['Müll – weg', 'Jürgen']);
    const latin = Buffer.from('From: J\xfcrgen <j@home.example>\r\nSubject: M\xfcll \x96 weg\r\n\r\nx', 'latin1');
    const mail = await parse(latin);
    expect([mail.subject, mail.from?.name]).toEqual(['Müll – weg', 'Jürgen']);
  });

  it('does not let a name decode into another address', async () => {
    const name = Buffer.from('x, <boss@west-mercia.example>').toString('base64');
    const mail = await parse(aLetter([`From: =?utf-8?B?${name}?= <stranger@home.example>`]));
    expect(mail.from).toEqual({ name: 'x, <boss@west-mercia.example>', address: 'stranger@home.example' });
  });

  it('keeps the first and the last of very many references', async () => {
    const ids = Array.from({ length: 300 }, (_, index) => `<r${index}@home.example>`);
    const { references } = await parse(aLetter([`References: ${ids.join('\r\n ')}`]));
    expect(references).toHaveLength(100);
    expect([references[0], references[1], references[99]]).toEqual([
      'r0@home.example',
      'r201@home.example',
      'r299@home.example',
    ]);
  });

  it('refuses a message id that is too long to be one', async () => {
    expect(
      (await parse(aLetter([`Message-ID: <${'a'.repeat(1200)}@x.example>`]))).messageId?.length ?? 0,
    ).toBeLessThanOrEqual(998);
  });

  it.each([
    ['Mon, 2 Mar 2026 10:00:00 -0500 (EST)', '2026-03-02T15:00:00.000Z'],
    ['2 Mar 26 10:00 GMT', '2026-03-02T10:00:00.000Z'],
    ['Mon, 6 Jul 2026 10:00:00 BST', '2026-07-06T09:00:00.000Z'],
    ['Mon, 2 Mar 2026 10:00:00', '2026-03-02T10:00:00.000Z'],
    ['Thu, 22 Aug 0102 12:07:35 +0800', null],
    ['yesterday 5', null],
  ])('reads the date %s', async (written, instant) => {
    expect((await parse(rawMail('From: a@home.example', `Date: ${written}`, '', 'x'))).date).toBe(instant);
  });

  it('of 300 KB is cut off and the text still read', async () => {
    const mail = await parse(aLetter([`X-Long: ${'y'.repeat(300_000)}`, 'X-Many: 1\r\n 2'.repeat(5)]));
    expect(mail.text).toBe('The street lamp outside my house is out.');
    expect(mail.problems).toContain('header-too-long');
  });

  it('that ends without a blank line is read up to the text', async () => {
    const mail = await parse(
      rawMail('From: a@home.example', 'Subject: Hello', 'Dear Commissioner,', '', 'my street is dark.'),
    );
    expect(mail).toMatchObject({
      subject: 'Hello',
      text: 'Dear Commissioner,\n\nmy street is dark.',
      problems: ['header-damaged'],
    });
  });

  it('with a stray line in the middle is read to its end', async () => {
    const mail = await parse(rawMail('From: a@home.example', 'some scanner was here', 'Subject: Hello', '', 'x'));
    expect(mail).toMatchObject({ from: { address: 'a@home.example' }, subject: 'Hello', text: 'x' });
  });

  it('after the separator line of a mail folder is read', async () => {
    expect(
      (await parse(rawMail('From jane Mon Mar  2 10:00:00 2026', 'From: a@home.example', '', 'x'))).from?.address,
    ).toBe('a@home.example');
  });
});

describe('what is no mail', () => {
  it.each([
    ['nothing', Buffer.alloc(0), 'empty'],
    ['blank lines', Buffer.from('\r\n \t\r\n'), 'empty'],
    [
      'the bytes of a picture',
      Buffer.from(Array.from({ length: 500 }, (_, index) => (index * 37) % 256)),
      'not-a-mail',
    ],
  ])('is told apart: %s', async (_, raw, reason) => {
    await expect(parse(raw)).rejects.toMatchObject({ name: 'MailUnreadable', code: 'mail-unreadable', reason });
  });

  it('is read all the same if it is a text without any header', async () => {
    expect(await parse(Buffer.from('Hello,\nnobody told me about headers.'))).toMatchObject({
      text: 'Hello,\nnobody told me about headers.',
      problems: ['header-damaged', 'no-sender'],
    });
  });

  it('never throws anything else', async () => {
    const pieces = fc.oneof(
      fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes)),
      fc
        .constantFrom(
          ...[
            '\r\n',
            '\r\n\r\n',
            '--b',
            '--b--',
            ': ',
            'Content-Type: multipart/mixed; boundary=b\r\n',
            'From: ',
            'Subject: =?',
            '?B?',
            '?=',
            '<',
            '>',
            '@',
          ],
          ...[
            'Content-Type: message/rfc822\r\n',
            'Content-Type: text/html\r\n',
            'Content-Type: application/ms-tnef\r\n',
            '\x78\x9f\x3e\x22',
            '<a href=',
            '; charset=',
            'Content-Transfer-Encoding: base64\r\n',
            'Content-Disposition: attachment; filename*0*=',
          ],
        )
        .map((text) => Buffer.from(text, 'latin1')),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(pieces, { maxLength: 40 }), async (parts) => {
        try {
          const mail = await parse(Buffer.concat(parts));
          expect(JSON.stringify({ ...mail, attachments: [] })).not.toMatch(/\\u0000|\\ud[89a-f]/i);
        } catch (error) {
          expect(error).toBeInstanceOf(MailUnreadable);
        }
      }),
      { numRuns: 1000 },
    );
  });
});

if (!existsSync(corpus)) process.stdout.write(`Messages of the RFCs: left out, ${corpus} is not there\n`);

(existsSync(corpus) ? describe : describe.skip)('the messages of the RFCs', () => {
  it.each(existsSync(corpus) ? readdirSync(corpus) : ['none'])('%s is read without loss', async (file) => {
    const mail = await parse(readFileSync(join(corpus, file)));
    expect(mail.problems.filter((problem) => problem !== 'no-sender')).toEqual([]);
    expect(mail.text.length + mail.attachments.length).toBeGreaterThan(0);
  });

  it('come out as RFC 8621 section 4.1.4 tells', async () => {
    const mail = await parse(readFileSync(join(corpus, '007.eml')));
    expect(mail.text.split('\n')).toEqual(['A', 'B', 'D', 'K']);
    expect(mail.attachments.map((file) => file.contentType)).toEqual([
      'image/jpeg',
      'image/jpeg',
      'image/jpeg',
      'application/x-excel',
      'message/rfc822',
    ]);
  });
});
