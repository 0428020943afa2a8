import { classifyMail, type MailClassification } from '../classify-mail';
import { aLetter, multipart, parse } from '../testing/sample-mail';

async function classify(raw: Uint8Array, from = 'jane.doe@home.example'): Promise<MailClassification> {
  return classifyMail(await parse(raw), { from, to: 'opcc@west-mercia.example' }, ['opcc@west-mercia.example']);
}

describe('reports', () => {
  const report = (type: string, ...parts: readonly (readonly string[])[]): Buffer =>
    multipart('report', [['Content-Type: text/plain', '', 'See below.'], ...parts], [`X-Note: ${type}`]);
  const status = (...lines: string[]): string[] => [
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx.example',
    '',
    ...lines,
  ];

  it('of delivery are no bounce', async () => {
    const delivered = report(
      'dsn',
      status('Final-Recipient: rfc822; a@b.example', 'Action: delivered', 'Status: 2.0.0'),
    );
    expect(await classify(delivered, '')).toMatchObject({ kind: 'delivery-notice', bounce: null });
  });

  it('of reading are no bounce', async () => {
    const read = report('mdn', [
      'Content-Type: message/disposition-notification',
      '',
      'Disposition: manual-action/MDN-sent-manually; displayed',
    ]);
    const raw = Buffer.from(
      read.toString().replace('boundary="frontier"', 'report-type=disposition-notification; boundary="frontier"'),
    );
    expect(await classify(raw)).toMatchObject({ kind: 'delivery-notice' });
    expect(await classify(aLetter(['Subject: Read: Street lamp', 'Auto-Submitted: auto-generated']))).toMatchObject({
      kind: 'delivery-notice',
    });
  });

  it('of abuse are told apart', async () => {
    const abuse = report('arf', ['Content-Type: message/feedback-report', '', 'Feedback-Type: abuse']);
    expect(await classify(abuse)).toMatchObject({ kind: 'feedback-report', mayAnswerAutomatically: false });
  });

  it('of a delay are soft', async () => {
    const delayed = report(
      'dsn',
      status(
        'Final-Recipient: rfc822; a@b.example',
        'Action: delayed',
        'Status: 4.4.1',
        'Diagnostic-Code: smtp; 451 unknown user database',
      ),
    );
    expect((await classify(delayed, '')).bounce).toMatchObject({
      severity: 'soft',
      status: '4.4.1',
      recipient: 'a@b.example',
    });
  });

  it('of several recipients are as bad as the worst', async () => {
    const both = report('dsn', [
      ...status(
        'Final-Recipient: rfc822; full@b.example',
        'Action: failed',
        'Status: 5.2.2',
        'Diagnostic-Code: smtp; 552 mailbox full',
        '',
      ),
      ...[
        'Final-Recipient: rfc822; gone@b.example',
        'Action: failed',
        'Status: 5.1.1',
        'Diagnostic-Code: smtp; 550 5.1.1 User',
        ' unknown',
      ],
    ]);
    const { kind, bounce } = await classify(both, '');
    expect(kind).toBe('bounce');
    expect(bounce).toMatchObject({
      severity: 'hard',
      recipient: 'gone@b.example',
      status: '5.1.1',
      diagnostic: 'smtp; 550 5.1.1 User unknown',
    });
  });

  it('name the letter they are about, from wherever its id stands', async () => {
    const failed = status('Final-Recipient: rfc822; a@b.example', 'Action: failed', 'Status: 5.1.1');
    const returned = ['Content-Type: message/rfc822', '', 'Message-ID: <letter@west-mercia.example>', '', 'Dear A'];
    const headers = [
      'Content-Type: text/rfc822-headers',
      '',
      'Subject: x',
      'Message-Id:',
      ' <headers@west-mercia.example>',
    ];
    const quoted = multipart(
      'report',
      [['Content-Type: text/plain', '', '> Message-ID: <quoted@west-mercia.example>'], failed, returned, headers],
      ['In-Reply-To: <thread@west-mercia.example>'],
    );
    expect((await classify(quoted, '')).bounce?.originalMessageIds).toEqual([
      'letter@west-mercia.example',
      'quoted@west-mercia.example',
      'headers@west-mercia.example',
      'thread@west-mercia.example',
    ]);
  });
});

describe('a bounce in the words of a mail system', () => {
  const bounce = (...lines: string[]): Buffer =>
    aLetter(
      ['From: Mail Delivery System <MAILER-DAEMON@mx.example>', 'Subject: Mail delivery failed'],
      lines.join('\r\n'),
    );

  it.each([
    [
      'qmail',
      'hard',
      [
        'Hi. This is the qmail-send program at mx.example.',
        '',
        '<a@b.example>:',
        'Sorry, no mailbox here by that name. (#5.1.1)',
      ],
    ],
    [
      'exim',
      'hard',
      [
        'A message that you sent could not be delivered to one or more of its',
        'recipients. This is a permanent error:',
        '',
        '  a@b.example',
        '    SMTP error from remote mail server after RCPT TO:<a@b.example>:',
        '    host mx.b.example [192.0.2.1]: 550 unknown user',
      ],
    ],
    [
      'exim, about content',
      'soft',
      [
        'A message could not be delivered:',
        '',
        '  a@b.example',
        '    SMTP error from remote mail server after end of data:',
        '    host mx.b.example [192.0.2.1]: 554 Message looks like spam',
      ],
    ],
    [
      'sendmail',
      'hard',
      [
        '----- The following addresses had permanent fatal errors -----',
        '<a@b.example>',
        '',
        '----- Transcript of session follows -----',
        '550 5.1.2 <a@b.example>... Host unknown (Name server: b.example: host not found)',
      ],
    ],
    [
      'Exchange',
      'hard',
      [
        'Your message did not reach the following recipient(s):',
        '',
        'a@b.example on Thu, 29 Apr 2010',
        '    The recipient name is not recognized',
      ],
    ],
    [
      'Domino',
      'hard',
      ['was not delivered to:', 'a@b.example', 'because:', 'User A (a@b.example) not listed in Domino Directory'],
    ],
    [
      'Google',
      'soft',
      [
        'Delivery to the following recipient failed permanently:',
        '',
        '  a@b.example',
        '',
        'The recipient server did not accept our requests to connect.',
      ],
    ],
    ['a full mailbox', 'soft', ['Could not be delivered to: <a@b.example>', 'As their mailbox is full.']],
    ['a domain without mail', 'hard', ['a@b.example', 'an MX or SRV record indicated no SMTP service']],
    ['nobody knows why', 'soft', ['Your message was not delivered to a@b.example.']],
  ])('is read: %s', async (_, severity, lines) => {
    const { kind, bounce: details } = await classify(
      bounce(
        ...lines,
        '',
        '------ This is a copy of the message ------',
        '',
        'Message-ID: <l@west-mercia.example>',
        '550 User unknown',
      ),
    );
    expect([kind, details?.severity, details?.recipient]).toEqual(['bounce', severity, 'a@b.example']);
    expect(details?.originalMessageIds).toContain('l@west-mercia.example');
  });

  it('is known by the recipients it names in its header', async () => {
    const { kind, bounce: details } = await classify(aLetter(['X-Failed-Recipients: a@b.example', 'Subject: Sorry']));
    expect([kind, details?.recipient]).toEqual(['bounce', 'a@b.example']);
  });
});
