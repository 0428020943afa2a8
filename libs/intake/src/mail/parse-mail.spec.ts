import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { MailUnreadable } from './mail-unreadable';
import { parseMail } from './parse-mail';
import { DEFAULT_MAIL_LIMITS } from './parsed-mail';
import { aLetter, multipart, parse, rawMail } from './testing/sample-mail';

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

describe('the text of a mail', () => {
  const text = async (type: string, body: Buffer): Promise<[string, readonly string[]]> => {
    const head = Buffer.from(`From: a@home.example\r\n${type === '' ? '' : `Content-Type: text/plain${type}\r\n`}\r\n`);
    const mail = await parse(Buffer.concat([head, body]));
    return [mail.text, mail.problems];
  };
  const utf8 = Buffer.from('Grüße, 5 €');
  const latin = Buffer.from('Gr\xfc\xdfe, 5 \x80', 'latin1');

  it.each([
    ['UTF-8 as declared', '; charset=utf-8', utf8, []],
    ['UTF-8 without a charset', '', utf8, []],
    ['UTF-8 called us-ascii', '; charset=us-ascii', utf8, []],
    ['UTF-8 called iso-8859-1', '; charset="ISO-8859-1"', utf8, ['charset-wrong']],
    ['UTF-8 under a name that nobody knows', '; charset=x-nobody', utf8, ['charset-unknown']],
    ['windows-1252 as declared', '; charset=windows-1252', latin, []],
    ['windows-1252 called iso-8859-1', '; charset=iso-8859-1', latin, []],
    ['windows-1252 called UTF-8', '; charset=utf-8', latin, ['charset-wrong']],
    ['windows-1252 without a charset', '', latin, ['charset-unknown']],
    ['windows-1252 under a name that nobody knows', '; charset=x-nobody', latin, ['charset-unknown']],
  ])('is read in %s', async (_, type, body, problems) => {
    expect(await text(type, body)).toEqual(['Grüße, 5 €', problems]);
  });

  it.each([
    ['koi8-r', [0xf0, 0xd2, 0xc9, 0xd7, 0xc5, 0xd4], 'Привет'],
    ['shift_jis', [0x82, 0xb1, 0x82, 0xf1], 'こん'],
    ['gb2312', [0xc1, 0xaa, 0xcd, 0xa8], '联通'],
    ['iso-2022-jp', [0x1b, 0x24, 0x42, 0x24, 0x33, 0x1b, 0x28, 0x42], 'こ'],
    ['utf-7', [...Buffer.from('a+AOk-')], 'aé'],
    ['cp437', [0x82], 'é'],
    ['utf-16le', [0x61, 0x00, 0xe9, 0x00], 'aé'],
  ])('is read in %s', async (charset, bytes, expected) => {
    expect(await text(`; charset=${charset}`, Buffer.from(bytes))).toEqual([expected, []]);
  });

  it('in UTF-8 with one broken byte stays UTF-8', async () => {
    const body = Buffer.concat([Buffer.from('é'.repeat(100)), Buffer.from([0xff])]);
    expect(await text('; charset=utf-8', body)).toEqual([`${'é'.repeat(100)}\ufffd`, ['charset-wrong']]);
  });

  it('has no NUL and no half characters', async () => {
    const [plain] = await text('; charset=utf-8', Buffer.from('a\0b\u0007c'));
    expect(plain).toBe('abc');
    const [wide] = await text('; charset=utf-16le', Buffer.from(`${'a'.repeat(99)}\ud800b`, 'utf16le'));
    expect(wide).toBe(`${'a'.repeat(99)}\ufffdb`);
  });

  it('is taken from quoted-printable and base64, padded line by line or not at all', async () => {
    const part = (encoding: string, body: string): Buffer =>
      aLetter(['Content-Type: text/plain; charset=utf-8', `Content-Transfer-Encoding: ${encoding}`], body);
    expect((await parse(part('Quoted-Printable', 'caf=C3=A9 =\r\nau lait=20\r\n=ZZ='))).text).toBe(
      'café au lait \n=ZZ',
    );
    expect((await parse(part('base64', 'Y2Fm\r\nw6k='))).text).toBe('café');
    expect((await parse(part('BASE64', 'YQ==\r\nYg==\r\nYw'))).text).toBe('abc');
  });

  it('joins the flowed lines of a paragraph, but not across depths of quotation', async () => {
    const mail = await parse(
      aLetter(
        ['Content-Type: text/plain; format=flowed'],
        'one \r\ntwo\r\n> three \r\n> four\r\n>> five \r\nsix\r\n-- \r\nJane',
      ),
    );
    expect(mail.text).toBe('one two\n> three four\n>> five \nsix\n-- \nJane');
  });

  it('comes from the HTML where there is no plain text worth the name', async () => {
    const html =
      '<style>p{}</style><p>Dear &amp; all</p><p>see <a href="https://x.example/a">this</a></p><img src="https://x.example/t.gif">';
    const mail = await parse(
      multipart('alternative', [
        ['Content-Type: text/plain', '', '  '],
        ['Content-Type: text/html', '', html],
      ]),
    );
    expect(mail.text).toContain('Dear & all');
    expect(mail.text).toContain('this [https://x.example/a]');
    expect(mail.text).not.toContain('t.gif');
  });

  it('prefers the plain alternative and joins the parts of a mixed mail', async () => {
    const alternative = [
      'Content-Type: multipart/alternative; boundary=inner',
      '',
      '--inner',
      'Content-Type: text/plain',
      '',
      'plain',
      '--inner',
      'Content-Type: text/html',
      '',
      '<b>rich</b>',
      '--inner--',
    ];
    const mail = await parse(multipart('mixed', [alternative, ['Content-Type: text/html', '', '<p>footer</p>']]));
    expect(mail.text).toBe('plain\nfooter');
    expect(mail.html).toContain('<b>rich</b>');
    expect(mail.html).toContain('<p>footer</p>');
  });

  it('is new to us all of it when it is passed on, and only above the quotation when it answers', async () => {
    const body = 'See below.\r\n\r\nFrom: Neighbour <n@next.example>\r\nSent: Monday\r\n\r\nI will come for you.';
    expect((await parse(aLetter(['Subject: FW: threat'], body))).freshText).toContain('I will come for you.');
    expect((await parse(aLetter(['Subject: Re: threat'], body))).freshText).toBe('See below.');
  });

  it('is cut at its limit, and says so', async () => {
    const mail = await parse(aLetter([], 'é'.repeat(600_000)));
    expect([mail.text.length, mail.isTextTruncated, mail.problems]).toEqual([500_000, true, ['text-truncated']]);
  });

  it('is shown even if the boundary never comes', async () => {
    const mail = await parse(aLetter(['Content-Type: multipart/mixed; boundary=lost'], 'Here is my letter'));
    expect(mail).toMatchObject({ text: 'Here is my letter', problems: ['boundary-missing'] });
  });

  it('is found behind a boundary parameter that someone forgot to indent', async () => {
    const mail = await parse(
      rawMail(
        'From: a@home.example',
        'Content-Type: multipart/mixed;',
        'boundary="b"',
        '',
        '--b',
        '',
        'found',
        '--b--',
      ),
    );
    expect(mail).toMatchObject({ text: 'found', problems: [] });
  });

  it('is read from a mail whose lines end in carriage returns only', async () => {
    expect(await parse(Buffer.from('From: a@home.example\rSubject: Mac\r\rHello\rthere'))).toMatchObject({
      subject: 'Mac',
      text: 'Hello\nthere',
    });
  });
});

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
      { numRuns: 300 },
    );
  });
});

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
