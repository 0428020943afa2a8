import { createHash } from 'node:crypto';
import { aLetter, multipart, parse } from './testing/sample-mail';
import { tnef, tnefAttribute, tnefProperties } from './testing/sample-tnef';

const PIXEL = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');
const plain = ['Content-Type: text/plain', '', 'See the files.'];

describe('the files of a mail', () => {
  it('come with type, size, hash and content as they were before transport', async () => {
    const file = [
      'Content-Type: IMAGE/Gif; name=pixel.gif',
      'Content-Transfer-Encoding: base64',
      'Content-Disposition: attachment',
      '',
      PIXEL.toString('base64'),
    ];
    const mail = await parse(multipart('mixed', [plain, file]));
    expect(mail.text).toBe('See the files.');
    expect(mail.attachments).toEqual([
      {
        filename: 'pixel.gif',
        originalFilename: 'pixel.gif',
        contentType: 'image/gif',
        sizeBytes: PIXEL.length,
        sha256: createHash('sha256').update(PIXEL).digest('hex'),
        contentId: null,
        isInline: false,
        content: new Uint8Array(PIXEL),
      },
    ]);
  });

  it('keep their line endings when they are not encoded, or quoted-printable', async () => {
    const csv = ['Content-Type: text/csv', '', 'a,b\r\nc,d'];
    const quoted = ['Content-Type: text/csv', 'Content-Transfer-Encoding: quoted-printable', '', 'a=3Db\r\nc,d'];
    const { attachments } = await parse(multipart('mixed', [plain, csv, quoted]));
    expect(attachments.map((file) => Buffer.from(file.content).toString())).toEqual(['a,b\r\nc,d', 'a=b\r\nc,d']);
  });

  it('hold bytes of their own, so that handing one over takes nothing else along', async () => {
    const { attachments } = await parse(multipart('mixed', [plain, ['Content-Type: text/csv', '', 'a,b']]));
    expect(attachments[0]?.content.buffer.byteLength).toBe(3);
  });

  it('include a text that was sent as a file', async () => {
    const notes = [
      'Content-Type: text/plain; name="notes.txt"',
      'Content-Disposition: inline; filename="notes.txt"',
      '',
      'my notes',
    ];
    const mail = await parse(multipart('mixed', [plain, notes]));
    expect([mail.text, mail.attachments[0]?.filename]).toEqual(['See the files.', 'notes.txt']);
  });

  it('are told from pictures that the HTML shows', async () => {
    const html = ['Content-Type: text/html', '', '<p>Look: <img src="cid:pixel@home.example" alt="a dot"></p>'];
    const picture = [
      'Content-Type: image/gif',
      'Content-ID: <pixel@home.example>',
      'Content-Transfer-Encoding: base64',
      '',
      PIXEL.toString('base64'),
    ];
    const scan = [
      'Content-Type: image/gif; name=scan.gif',
      'Content-ID: <scan@home.example>',
      'Content-Disposition: attachment',
      '',
      'x',
    ];
    const mail = await parse(multipart('related', [html, picture, scan]));
    expect(mail.attachments.map((file) => [file.contentId, file.isInline])).toEqual([
      ['pixel@home.example', true],
      ['scan@home.example', false],
    ]);
    expect(mail.html).toContain('<img src="cid:pixel@home.example" alt="a dot" />');
  });

  it('have a sound type whatever the sender calls it', async () => {
    const types = ['application/pdf; x=<y>', 'text/html\u00e9; name=a', 'junk', '"><script>/x', ''];
    const files = types.map((type) => [`Content-Type: ${type}`, 'Content-Disposition: attachment', '', 'x']);
    const { attachments } = await parse(multipart('mixed', files));
    const unknown = 'application/octet-stream';
    expect(attachments.map((file) => file.contentType)).toEqual([
      'application/pdf',
      unknown,
      unknown,
      unknown,
      unknown,
    ]);
  });

  it.each([
    ['a continued one', 'filename*0*=utf-8\'\'Stra%C3%9Fe; filename*1=".pdf"', 'Straße.pdf'],
    ['an encoded word', 'filename="=?utf-8?Q?Stra=C3=9Fe.pdf?="', 'Straße.pdf'],
    ['an encoded word in a wrong charset', 'filename="=?us-ascii?Q?Stra=C3=9Fe.pdf?="', 'Straße.pdf'],
    ['8-bit characters', 'filename="Straße.pdf"', 'Straße.pdf'],
    ['brackets', 'filename=Invoice(1).pdf', 'Invoice(1).pdf'],
    ['a path', 'filename="..\\\\..\\\\etc/passwd"', 'passwd'],
  ])('are named as the sender wrote it: %s', async (_, disposition, filename) => {
    const mail = await parse(
      multipart('mixed', [
        plain,
        ['Content-Type: application/pdf', `Content-Disposition: attachment; ${disposition}`, '', 'x'],
      ]),
    );
    expect(mail.attachments[0]?.filename).toBe(filename);
  });
});

describe('a message enclosed in a mail', () => {
  const enclosed = [
    ...[
      'Content-Type: message/rfc822',
      '',
      'From: Neighbour <n@next.example>',
      'Subject: =?utf-8?Q?L=C3=A4rm?=',
      'Message-ID: <n1@next.example>',
    ],
    ...[
      'Content-Type: multipart/mixed; boundary=x',
      '',
      '--x',
      '',
      'It is loud.',
      '--x',
      'Content-Type: image/gif; name=loud.gif',
      '',
      'gif',
      '--x--',
    ],
  ];

  it('is kept as a file and can be read, with its own files', async () => {
    const mail = await parse(multipart('mixed', [plain, enclosed]));
    expect(mail.text).toBe('See the files.');
    expect(mail.nested).toEqual([
      {
        subject: 'Lärm',
        from: { name: 'Neighbour', address: 'n@next.example' },
        text: 'It is loud.',
        messageId: 'n1@next.example',
      },
    ]);
    expect(mail.attachments.map((file) => [file.filename, file.originalFilename, file.contentType])).toEqual([
      ['Lärm.eml', null, 'message/rfc822'],
      ['loud.gif', 'loud.gif', 'image/gif'],
    ]);
    expect(Buffer.from(mail.attachments[0]?.content ?? []).toString()).toContain('Subject: =?utf-8?Q?L=C3=A4rm?=');
  });

  it('is read even if it is encoded, and one inside it too', async () => {
    const inner = 'Subject: inner\r\n\r\ninner text';
    const outer = `Subject: outer\r\nContent-Type: multipart/mixed; boundary=o\r\n\r\n--o\r\n\r\nouter text\r\n--o\r\nContent-Type: message/rfc822\r\n\r\n${inner}\r\n--o--`;
    const part = [
      'Content-Type: message/rfc822',
      'Content-Transfer-Encoding: base64',
      '',
      Buffer.from(outer).toString('base64'),
    ];
    const mail = await parse(multipart('mixed', [plain, part]));
    expect(mail.nested.map(({ subject, text }) => [subject, text])).toEqual([
      ['outer', 'outer text'],
      ['inner', 'inner text'],
    ]);
    expect(mail.attachments.map((file) => file.filename)).toEqual(['outer.eml']);
  });

  it('keeps its files to itself when it is the mail that a bounce returns', async () => {
    const mail = await parse(multipart('report', [plain, enclosed]));
    expect(mail.attachments.map((file) => file.filename)).toEqual(['Lärm.eml']);
    expect(mail.nested[0]?.text).toBe('It is loud.');
  });
});

describe('a winmail.dat', () => {
  const FILE = Buffer.from('%PDF-1.4');
  const sound = tnef(
    tnefAttribute(1, 0x9007, Buffer.from([0xe4, 0x04, 0, 0, 0, 0, 0, 0])),
    tnefAttribute(1, 0x9003, tnefProperties([0x001f, 0x1000, Buffer.from('Body in Ünicode\0', 'utf16le')])),
    tnefAttribute(2, 0x9002, Buffer.alloc(14)),
    tnefAttribute(2, 0x8010, Buffer.from('EVIDEN~1.PDF\0')),
    tnefAttribute(2, 0x800f, FILE),
    tnefAttribute(
      2,
      0x9005,
      tnefProperties(
        [0x001e, 0x3707, Buffer.from('Evidence of noise.pdf\0')],
        [0x001e, 0x370e, Buffer.from('application/pdf\0')],
      ),
    ),
  );
  const part = (content: Buffer, type = 'application/ms-tnef'): string[] => [
    `Content-Type: ${type}; name="winmail.dat"`,
    'Content-Transfer-Encoding: base64',
    '',
    content.toString('base64'),
  ];

  it('gives up its files under their long names', async () => {
    const mail = await parse(multipart('mixed', [plain, part(sound)]));
    expect(mail.attachments.map((file) => [file.filename, file.contentType])).toEqual([
      ['winmail.dat', 'application/ms-tnef'],
      ['Evidence of noise.pdf', 'application/pdf'],
    ]);
    expect(Buffer.from(mail.attachments[1]?.content ?? [])).toEqual(FILE);
    expect(mail).toMatchObject({ text: 'See the files.', problems: [] });
  });

  it('gives the text when there is no other', async () => {
    const mail = await parse(
      multipart('mixed', [['Content-Type: text/plain', '', ' '], part(sound, 'application/octet-stream')]),
    );
    expect(mail.text).toBe('Body in Ünicode');
  });

  it('gives what it can when it is cut off or forged, and says so', async () => {
    const cut = await parse(multipart('mixed', [plain, part(sound.subarray(0, sound.length - 30))]));
    expect(cut.problems).toEqual(['tnef-damaged']);
    expect(cut.attachments.map((file) => file.filename)).toEqual(['winmail.dat', 'EVIDEN~1.PDF']);
    const forged = tnef(tnefAttribute(1, 0x9003, Buffer.from('ffffffff1e000010ffffffff00000000', 'hex')));
    expect((await parse(multipart('mixed', [plain, part(forged)]))).text).toBe('See the files.');
    const none = await parse(multipart('mixed', [plain, part(Buffer.from('no such thing'))]));
    expect(none.problems).toEqual(['tnef-damaged']);
  });

  it('stands alone as a whole mail', async () => {
    const mail = await parse(
      aLetter(['Content-Type: application/ms-tnef', 'Content-Transfer-Encoding: base64'], sound.toString('base64')),
    );
    expect(mail.text).toBe('Body in Ünicode');
  });
});
