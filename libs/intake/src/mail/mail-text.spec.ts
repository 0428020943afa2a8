import { aLetter, multipart, parse, rawMail } from './testing/sample-mail';

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
