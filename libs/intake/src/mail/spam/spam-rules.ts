import { type SpamFacts } from './spam-facts';

export interface SpamRule {
  readonly reason: string;
  /** Negative for signs of a genuine letter. */
  readonly weight: number;
  readonly test: (facts: SpamFacts) => boolean;
  /** A sign of temper as much as of spam: such signs count together only up to a limit. */
  readonly isTemper?: boolean;
}

const header = (facts: SpamFacts, name: string): string => (facts.mail.headers[name] ?? []).join('\n');
const authentication = (facts: SpamFacts, pattern: RegExp): boolean =>
  pattern.test(header(facts, 'authentication-results')) && !facts.isList;
const domainOf = (address: string | undefined): string => (address ?? '').split('@').at(-1)?.toLowerCase() ?? '';
const letters = (text: string): string => text.replace(/[^\p{L}]/gu, '');
const FREE_MAIL =
  /^(?:yahoo|hotmail|msn|aol|excite|gmail|outlook|live|mail|gmx|eudoramail|lycos|usa|netscape|btinternet)\.(?:com|co\.uk|net|de)$/;
const DAY = 86_400_000;

/** Signs in header and structure. Weights follow how much commoner a sign is in spam than in letters. */
export const SPAM_RULES: readonly SpamRule[] = [
  {
    reason: 'A filter before us marked it as spam.',
    weight: 4,
    test: (facts) =>
      /^\s*yes/im.test(header(facts, 'x-spam-flag')) || /^\s*yes\b/im.test(header(facts, 'x-spam-status')),
  },
  {
    reason: 'The domain of its sender says that such mail is to be refused (DMARC).',
    weight: 2.5,
    test: (facts) => authentication(facts, /\bdmarc=(?:fail|permerror)/i),
  },
  {
    reason: 'It did not come from a host of its sender (SPF).',
    weight: 1.5,
    test: (facts) => authentication(facts, /\bspf=fail/i),
  },
  { reason: 'Its signature is broken (DKIM).', weight: 0.7, test: (facts) => authentication(facts, /\bdkim=fail/i) },
  { reason: 'It names no sender.', weight: 1.5, test: ({ mail }) => mail.from === null },
  {
    reason: 'It has no message id, or a broken one.',
    weight: 1.5,
    test: ({ mail }) => mail.messageId === null || !/^[^@]+@[^@]+$/.test(mail.messageId),
  },
  { reason: 'It has no date, or an impossible one.', weight: 2.2, test: ({ mail }) => mail.date === null },
  { reason: 'Its date is far from the day it was sent.', weight: 0.7, test: (facts) => isDateForged(facts) },
  { reason: 'It has no subject.', weight: 0.5, test: ({ subject }) => subject === '' },
  {
    reason: 'Its subject is in capitals.',
    isTemper: true,
    weight: 1,
    test: ({ subject }) =>
      letters(subject).length >= 8 && letters(subject) === letters(subject).toUpperCase() && /[A-Z]{4}/.test(subject),
  },
  {
    reason: 'Its subject shouts.',
    isTemper: true,
    weight: 1.4,
    test: ({ subject }) => /!{2,}|\${2,}|\bfree\b.*!|!.*\bfree\b|\$\d/i.test(subject) || /!\s*$/.test(subject),
  },
  {
    reason: 'Its subject ends in a code.',
    weight: 0.8,
    test: ({ subject }) =>
      /(?:\s{3,}|[.\s]{4,}|\s[[(]?)[a-z]*\d[a-z\d]{3,}[\])]?$/i.test(subject) &&
      !/\b(?:19|20)\d\d$/.test(subject) &&
      !/#/.test(subject),
  },
  {
    reason: 'Its subject is marked as advertising.',
    weight: 4,
    test: ({ subject }) => /^\W*adv\s*[:.\-]/i.test(subject) || /\badlt\b/i.test(subject),
  },
  {
    reason: 'It claims to be a reply but is not.',
    weight: 0.5,
    test: ({ subject, isReply }) => /^re\s?:/i.test(subject) && !isReply,
  },
  {
    reason: 'It has words with their letters parted or replaced.',
    weight: 1.5,
    test: ({ subject, words }) =>
      /(?:^|\s)(?:[a-z][ .*_-]){5,}[a-z](?:\s|$)/i.test(subject) ||
      /\b(?!viagra|cialis|mortgage)(?:v[i1!]agr[a@4]|c[i1!]al[i1!]s|m[o0]rtg[a@4]ge)\b/.test(words),
  },
  {
    reason: 'It is addressed to nobody.',
    weight: 0.7,
    test: ({ mail }) => mail.to.length === 0 && mail.cc.length === 0,
  },
  {
    reason: 'Its sender has an address of digits.',
    weight: 0.8,
    test: ({ mail }) => /\d{4,}[a-z]*@|[a-z]\d+[a-z]+\d+[a-z\d]*@|^\d+[a-z]*@/i.test(mail.from?.address ?? ''),
  },
  {
    reason: 'Its sender writes as the recipient.',
    weight: 0.5,
    test: ({ mail }) =>
      mail.from !== null && mail.to.some((entry) => entry.address.toLowerCase() === mail.from?.address.toLowerCase()),
  },
  {
    reason: 'It claims a free mail service as its sender but did not come through it.',
    weight: 2,
    test: (facts) => isForgedFreeMail(facts),
  },
  {
    reason: 'A host on its way gave the name of a free mail service.',
    weight: 2,
    test: (facts) => isForgedGreeting(facts, (name) => FREE_MAIL.test(name)),
  },
  {
    reason: "A host on its way gave its sender's domain as its name.",
    weight: 0.8,
    test: (facts) => isForgedGreeting(facts, (name) => name === domainOf(facts.mail.from?.address)),
  },
  {
    reason: 'Its trace holds an impossible date.',
    weight: 2,
    test: (facts) =>
      /;\s*(?:[A-Z][a-z]{2}, \d{1,2} \d{4}|[^;\n]*\b[A-Z][a-z]{2}, \d{1,2} \d{4} )/.test(header(facts, 'received')),
  },
  {
    reason: 'It is marked as urgent by its sender.',
    isTemper: true,
    weight: 0.5,
    test: (facts) =>
      /^\s*1\b/m.test(header(facts, 'x-priority')) ||
      /high/i.test(header(facts, 'x-msmail-priority')) ||
      /high/i.test(header(facts, 'importance')),
  },
  { reason: 'It has HTML only.', weight: 0.4, test: ({ hasPlainText }) => !hasPlainText },
  {
    reason: 'It is little more than a link or a picture in HTML.',
    weight: 1.2,
    test: ({ textChars, links, pictures, mail }) =>
      mail.html !== null && textChars < 250 && (pictures > 0 || links.length > 0),
  },
  {
    reason: 'A link names a bare network address.',
    weight: 1.5,
    test: ({ links }) => links.some(({ host }) => /^\d{1,3}(?:\.\d{1,3}){3}$/.test(host)),
  },
  {
    reason: 'A link hides where it leads.',
    weight: 1.5,
    test: ({ links }) => links.some(({ url }) => /^https?:\/\/[^/]*(?:@|%[0-9a-f]{2})/i.test(url)),
  },
  {
    reason: 'Its charset is not what it says.',
    weight: 0.7,
    test: ({ mail }) => mail.problems.includes('charset-unknown'),
  },
  {
    reason: 'Its structure is damaged.',
    weight: 0.5,
    test: ({ mail }) => mail.problems.includes('boundary-missing') || mail.problems.includes('header-damaged'),
  },
  {
    reason: 'It ends in a senseless word.',
    weight: 1.5,
    test: ({ mail }) => /(?:^|\s)(?=[a-z]*[bcdfghjklmnpqrstvwxz]{5})[a-z]{8,40}$/i.test(mail.text.slice(-400).trim()),
  },
  {
    reason: 'It is full of exclamation marks.',
    isTemper: true,
    weight: 0.5,
    test: ({ mail }) => /!{3,}/.test(mail.freshText.slice(0, 20_000)),
  },
  { reason: 'Its sender gives no name.', weight: 0.3, test: ({ mail }) => mail.from?.name === '' },
  {
    reason: 'Most of it is in capitals.',
    isTemper: true,
    weight: 0.4,
    test: ({ mail }) => isMostlyCapitals(mail.text.slice(0, 5000)),
  },
  { reason: 'It answers an earlier mail.', weight: -2, test: ({ isReply }) => isReply },
  {
    reason: 'It passes an earlier mail on.',
    weight: -1.5,
    test: ({ isForwarded }) => isForwarded,
  },
  {
    reason: 'It speaks of the police or the commissioner.',
    weight: -1.5,
    test: ({ words }) =>
      /\b(?:police|commissioner|constabulary|pcc|opcc|crime (?:number|reference)|anti-?social behaviour|misconduct|101 call)\b/.test(
        words,
      ),
  },
  { reason: 'It quotes an earlier mail.', weight: -1.5, test: ({ mail }) => /^> ?\S/m.test(mail.text) },
];

function isDateForged({ mail }: SpamFacts): boolean {
  const stamp = /;\s*([^;]{10,60})$/.exec(mail.headers.received?.[0] ?? '')?.[1];
  const received = stamp === undefined ? Number.NaN : Date.parse(stamp.replace(/\([^)]*\)/g, ''));
  return mail.date !== null && Math.abs(Date.parse(mail.date) - received) > 3 * DAY;
}

function isMostlyCapitals(text: string): boolean {
  const all = letters(text);
  return all.length >= 200 && all.replace(/\p{Lu}/gu, '').length < all.length * 0.5;
}

function isForgedFreeMail(facts: SpamFacts): boolean {
  const domain = domainOf(facts.mail.from?.address);
  if (!FREE_MAIL.test(domain) || facts.isList) return false;
  const provider = domain.split('.')[0] ?? domain;
  const trace = header(facts, 'received').toLowerCase();
  // What a host calls itself proves nothing; what the receiving host found out or is called does.
  return (
    trace !== '' &&
    !new RegExp(`(?:\\(|by |\\.)[a-z0-9.-]*${provider}\\.`).test(
      trace.replace(/\b(?:from|helo[= ]?)\s*\(?[^\s()]+/g, ' '),
    )
  );
}

function isForgedGreeting(facts: SpamFacts, isSuspect: (name: string) => boolean): boolean {
  return header(facts, 'received')
    .toLowerCase()
    .split('\n')
    .some((line) => {
      const [, greeted = '', found = ''] = /^from (\S+) \(([^)]{0,200})/.exec(line) ?? [];
      return isSuspect(greeted) && found.includes('[') && !found.includes(greeted.split('.')[0] ?? greeted);
    });
}
