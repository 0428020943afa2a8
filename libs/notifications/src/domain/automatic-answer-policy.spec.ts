import { decideAutomaticAnswer, type AutomaticAnswerFacts } from './automatic-answer-policy';

function facts(over: Partial<AutomaticAnswerFacts> = {}): AutomaticAnswerFacts {
  return {
    to: 'asha.patel@mail.example',
    ownAddresses: ['opcc@west-mercia.example', 'opcc@staffordshire.example'],
    mayAnswerAutomatically: true,
    sentInLastDay: 0,
    sentInLastWeek: 0,
    ...over,
  };
}

const because = (over: Partial<AutomaticAnswerFacts>): string => {
  const decision = decideAutomaticAnswer(facts(over));
  expect(decision.allowed).toBe(false);
  return decision.because;
};

describe('decideAutomaticAnswer', () => {
  it('lets a person be answered', () => {
    expect(decideAutomaticAnswer(facts()).allowed).toBe(true);
  });

  it.each([
    'casino-reply@mail.example',
    'norah.reply@mail.example',
    'n.answers@mail.example',
    'bouncer@club.example',
    'owner.jones@mail.example',
    'request-123-abc@asking.example',
    'returns.officer@council.example',
    'postmasters.lodge@mail.example',
  ])('takes %s for a person', (to) => {
    expect(decideAutomaticAnswer(facts({ to }))).toMatchObject({ allowed: true });
  });

  it('never answers what may not be answered automatically, whoever sent it', () => {
    expect(because({ mayAnswerAutomatically: false })).toMatch(/machine, a mailing list or a sender/);
  });

  it.each(['opcc@west-mercia.example', 'OPCC@Staffordshire.EXAMPLE', 'opcc+case@west-mercia.example'])(
    'never writes to our own mailbox %s',
    (to) => expect(because({ to })).toMatch(/one of our own mailboxes/),
  );

  it.each([
    'noreply@shop.example',
    'no-reply@shop.example',
    'No_Reply@shop.example',
    'no.reply@shop.example',
    'do-not-reply@shop.example',
    'DoNotReply@shop.example',
    'do_not.reply@shop.example',
    'billing-noreply@shop.example',
    'noreply+x7f@shop.example',
    'noreply2@shop.example',
    'no-response@shop.example',
  ])('never writes to %s', (to) => expect(because({ to })).toMatch(/nobody reads replies/));

  it.each([
    'MAILER-DAEMON@mx.example',
    'mailerdaemon@mx.example',
    'postmaster@mx.example',
    'bounce@lists.example',
    'bounces+1234=a=b@lists.example',
    'news-bounces@lists.example',
    'owner-news@lists.example',
    'news-request@lists.example',
    'prvs=123abc=a@mx.example',
    'SRS0=abc=xy=mail.example=a@mx.example',
    'listserv@lists.example',
    'auto-reply@mx.example',
  ])('never writes to the machine %s', (to) => expect(because({ to })).toMatch(/mail system or mailing list/));

  it.each([null, '', '  '])('has nowhere to write to with %j', (to) => expect(because({ to })).toMatch(/no address/));

  it.each(['someone', 'a@b', 'a@b.invalid', 'A <a@b.example>'])('does not try %s', (to) =>
    expect(because({ to })).toMatch(/not one that mail can be sent to/),
  );

  it('brakes after three in a day and ten in a week', () => {
    expect(decideAutomaticAnswer(facts({ sentInLastDay: 2, sentInLastWeek: 9 })).allowed).toBe(true);
    expect(because({ sentInLastDay: 3, sentInLastWeek: 3 })).toBe(
      'The address has had 3 automatic messages in the last 24 hours; the limit is 3',
    );
    expect(because({ sentInLastDay: 0, sentInLastWeek: 10 })).toBe(
      'The address has had 10 automatic messages in the last 7 days; the limit is 10',
    );
  });

  it('takes other limits', () => {
    const decision = decideAutomaticAnswer(facts({ sentInLastDay: 1 }), { perDay: 1, perWeek: 5 });
    expect(decision).toEqual({
      allowed: false,
      because: 'The address has had 1 automatic message in the last 24 hours; the limit is 1',
    });
  });
});
