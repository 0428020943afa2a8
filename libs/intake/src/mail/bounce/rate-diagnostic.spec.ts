import { rateDiagnostic, refusedAtOf } from './rate-diagnostic';

describe('rateDiagnostic', () => {
  it.each([
    ['smtp; 550 5.1.1 <a@b.example>... User unknown', '5.1.1', 'hard'],
    ['smtp; 550 No such user here', null, 'hard'],
    ['smtp; 450 4.1.1 Recipient address rejected: User unknown in virtual alias table', '4.1.1', 'hard'],
    ['smtp; 550 5.1.6 recipient no longer on server', '5.1.6', 'hard'],
    ['X-Outbound; Host or domain name not found', '5.4.4', 'hard'],
    ['smtp; 550 Host does not accept mail', '5.7.27', 'hard'],
    ['smtp; 550 5.1.1 https://support.example/unknown', '5.1.1', 'hard'],
    ['smtp; 550 5.1.1 Adresse d au moins un destinataire invalide', '5.1.1', 'hard'],
    ['smtp; DNS Error: Domain name not found', '4.0.0', 'soft'],
    ['smtp; 550 5.2.2 Mailbox full', '5.2.2', 'soft'],
    ['smtp; 552 user is over quota', null, 'soft'],
    ['smtp; 550 5.1.1 has sent to too many recipients this hour', '5.1.1', 'soft'],
    ['smtp; 550 5.7.1 IP address blacklisted by recipient', '5.1.1', 'soft'],
    ['smtp; 553 5.1.8 Domain of sender address does not exist', '5.1.8', 'soft'],
    ['smtp; 550 5.7.26 Recipient address rejected: Multiple authentication checks failed', '5.7.26', 'soft'],
    ['smtp; 550 5.2.1 The email account is disabled', '5.2.1', 'soft'],
    ['smtp; 421 4.4.2 Connection timed out', '4.4.2', 'soft'],
    ['x-unix; id: neko: No such user', '5.1.1', 'soft'],
    ['something happened', '5.0.0', 'soft'],
    ['something happened', null, 'unknown'],
  ])('rates %j under %j as %s', (diagnostic, status, severity) => {
    expect(rateDiagnostic(diagnostic, status, null)).toBe(severity);
  });

  it('takes "unknown user" for a filter when it comes after the content', () => {
    expect(rateDiagnostic('smtp; 550 User unknown', null, 'content')).toBe('soft');
    expect(rateDiagnostic('smtp; 550 User unknown', null, 'recipient')).toBe('hard');
    expect(rateDiagnostic('smtp; 550 5.1.1 not you', '5.1.1', 'sender')).toBe('soft');
  });

  it.each([
    ['550 User unknown (in reply to end of DATA command)', 'content'],
    ['550 User unknown (in reply to RCPT TO command)', 'recipient'],
    ['SMTP error from remote mail server after MAIL FROM:<a@b.example>', 'sender'],
    ['Remote host said: 501 rejected [MAIL_FROM]', 'sender'],
    ['>>> DATA\n<<< 550 unknown\n<<< 503 5.0.0 Need RCPT (recipient)', 'recipient'],
    ['>>> DATA\n<<< 550 unknown', 'content'],
    ['no word of it', null],
  ])('sees what was refused in %j', (text, stage) => {
    expect(refusedAtOf(text)).toBe(stage);
  });
});
