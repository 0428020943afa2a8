import { scoreSpam, SPAM_THRESHOLD, type SpamScore } from './spam-score';
import { aLetter, parse } from './testing/sample-mail';
import { growth } from '../../../../test/setup/growth';

async function score(raw: Uint8Array): Promise<SpamScore> {
  return scoreSpam(await parse(raw), { from: 'jane.doe@home.example', to: 'opcc@west-mercia.example' });
}

const ADVERT =
  'Dear friend, make money fast! Earn thousands of dollars from home, 100% free, risk-free, no obligation. Order now with a Visa or ' +
  'MasterCard, only $49.95. Lowest mortgage rates. Click here to be removed from our mailing list. This is not spam.';
const FRAUD =
  'I am the next of kin of the late president. The sum of US$ 20 million dollars is in a bank of Africa. In strictest confidence, ' +
  'please confirm your account to transfer the funds. Dear friend, click here. You have won the lottery.';

describe('scoreSpam', () => {
  it('finds nothing in an ordinary letter', async () => {
    expect(await score(aLetter())).toEqual({ score: 0, reasons: [] });
  });

  it('puts a mass advert with the marks of its trade into quarantine', async () => {
    const raw = aLetter(
      [
        'From: 19483kx@yahoo.com',
        'Subject: MAKE MONEY FAST!!!',
        'Received: from yahoo.com ([192.0.2.1]) by mx.example; Mon, 2 Mar 2026 10:00:00 +0000',
      ],
      ADVERT,
    );
    const { score: found, reasons } = await score(raw);
    expect(found).toBeGreaterThanOrEqual(SPAM_THRESHOLD);
    expect(reasons).toContain('A host on its way gave the name of a free mail service.');
    expect(reasons).toContain('It speaks of earning money.');
  });

  it.each([
    ['an advert', ADVERT],
    ['a fraud', FRAUD],
    ['both', `${ADVERT} ${FRAUD}`],
  ])('does not quarantine a letter for its words alone: %s', async (_, text) => {
    expect((await score(aLetter([], text))).score).toBeLessThan(SPAM_THRESHOLD);
  });

  it('lets a victim of fraud pass the fraud on to us', async () => {
    const forwarded = `Please look into this for me.\r\n\r\n---------- Forwarded message ---------\r\nFrom: Prince <prince@fraud.example>\r\nSubject: WINNER!!!\r\n\r\n${FRAUD}`;
    expect((await score(aLetter(['Subject: Fwd: WINNER!!!'], forwarded))).score).toBeLessThan(2);
    const told =
      'The police will not act. A man promised 100% free money, a mortgage at the lowest rates, and asked me to click here and verify your account.';
    expect((await score(aLetter(['Subject: FRAUD!!!', 'X-Priority: 1'], told))).score).toBeLessThan(SPAM_THRESHOLD);
  });

  it('bears with anger', async () => {
    const raw = aLetter(
      ['From: angry1984@outlook.com', 'Subject: THIS IS A DISGRACE!!!', 'X-Priority: 1 (Highest)'],
      'THE SPEEDING IN OUR LANE IS A DISGRACE AND NOBODY DOES ANYTHING!!! '.repeat(10),
    );
    expect((await score(raw)).score).toBeLessThan(SPAM_THRESHOLD);
  });

  it('adds up what servers before us found', async () => {
    const flagged = await score(
      aLetter([
        'X-Spam-Flag: YES',
        'Authentication-Results: mx.example; dmarc=fail header.from=home.example; spf=fail',
      ]),
    );
    expect(flagged.score).toBeGreaterThanOrEqual(SPAM_THRESHOLD);
    const list = await score(
      aLetter(['List-Id: <l.example>', 'Authentication-Results: mx.example; dkim=fail; dmarc=fail']),
    );
    expect(list.score).toBe(0);
    expect((await score(aLetter(['X-Spam-Status: No, score=-2']))).score).toBe(0);
  });

  it.each([
    [
      'a link to a bare address',
      '<p>Look <a href="http://192.0.2.1/x">here</a></p>',
      'A link names a bare network address.',
    ],
    [
      'a link that hides its host',
      '<p>Look <a href="http://bank.example@192.0.2.1/">here</a></p>',
      'A link hides where it leads.',
    ],
    ['hardly any text', '<a href="https://x.example/1">Go</a>', 'It is little more than a link or a picture in HTML.'],
  ])('notices %s', async (_, html, reason) => {
    expect((await score(aLetter(['Content-Type: text/html'], html))).reasons).toContain(reason);
  });

  it('takes no more than its share of time for an endless text', async () => {
    const mails = new Map<number, Awaited<ReturnType<typeof parse>>>();
    for (const times of [3_000, 12_000]) {
      mails.set(times, await parse(aLetter([], 'click here free $1 v i a g r a earn a@b '.repeat(times))));
    }
    const judge = (times: number): unknown => {
      const mail = mails.get(times);
      return mail && scoreSpam(mail, { from: 'a@b.example', to: 'opcc@west-mercia.example' });
    };
    expect(await growth(judge, 3_000, 12_000)).toBeLessThan(8);
  });
});
