import fc from 'fast-check';
import type { TriageRule, TriageRuleData } from './configuration';
import { triage, type TriageItem } from './triage';

function aRule(key: string, data: Partial<TriageRuleData>, entry: Partial<TriageRule> = {}): TriageRule {
  return {
    kind: 'triage-rule',
    key,
    office: null,
    validFrom: '2020-01-01',
    validTo: null,
    data: { order: 10, when: {}, then: { category: key, priority: 'normal' }, reason: `Rule ${key}`, ...data },
    ...entry,
  };
}
function aLetter(letter: Partial<TriageItem> = {}): TriageItem {
  return {
    office: 'west-mercia',
    channel: 'email',
    subject: '',
    body: '',
    senderAddress: null,
    capacity: null,
    recipientCount: 1,
    isCopyOnly: false,
    hasAttachment: false,
    isRestrictedCorrespondent: false,
    ...letter,
  };
}
const today = '2026-11-23';
const categoryOf = (letter: Partial<TriageItem>, ...rules: TriageRule[]): string =>
  triage(aLetter(letter), rules, today).category;

it.each<[string, TriageRuleData['when'], Partial<TriageItem>, Partial<TriageItem>]>([
  [
    'a sender of a domain or its subdomains',
    { senderDomains: ['parliament.example'] },
    { senderAddress: 'a@MP.Parliament.example' },
    { senderAddress: 'a@notparliament.example' },
  ],
  [
    'a sender whose domain ends so',
    { senderDomains: ['*-pc.example'] },
    { senderAddress: 'clerk@clee-pc.example' },
    { senderAddress: 'clerk@pc.example' },
  ],
  [
    'one sender',
    { senderAddresses: ['Jo@mail.example'] },
    { senderAddress: 'jo@mail.example' },
    { senderAddress: 'mo@mail.example' },
  ],
  ['a channel', { channels: ['phone', 'letter'] }, { channel: 'letter' }, { channel: 'email' }],
  ['a capacity', { capacities: ['mp'] }, { capacity: 'mp' }, { capacity: 'media' }],
  ['any of the words', { anyWords: ['speeding', 'parked cars'] }, { body: 'Parked   CARS.' }, { body: 'cars parked' }],
  [
    'all of the words',
    { allWords: ['review', 'complaint'] },
    { subject: 'Review', body: 'my complaint' },
    { body: 'review' },
  ],
  ['none of the words', { anyWords: ['licence'], noneWords: ['gun'] }, { body: 'licence' }, { body: 'gun licence' }],
  ['words in the subject', { subjectWords: ['petition'] }, { subject: 'A petition' }, { body: 'A petition' }],
  ['a place', { placeWords: ['clee hill'] }, { body: 'up on Clee Hill' }, { body: 'the hill at Clee' }],
  ['whole words only', { anyWords: ['art'] }, { body: 'art' }, { body: 'cart, artful' }],
  ['an attachment', { hasAttachment: true }, { hasAttachment: true }, { hasAttachment: false }],
  ['many recipients', { minRecipients: 5 }, { recipientCount: 5 }, { recipientCount: 4 }],
  ['being only copied', { ccOnly: true }, { isCopyOnly: true }, { isCopyOnly: false }],
  ['a contact restriction', { isRestrictedCorrespondent: true }, { isRestrictedCorrespondent: true }, {}],
])('matches %s', (_what, when, matching, other) => {
  const rule = aRule('wanted', { when });
  expect([categoryOf(matching, rule), categoryOf(other, rule)]).toEqual(['wanted', 'general-enquiry']);
});

it('decides by order, then by weight, then by the number of conditions, then by key', () => {
  const when = { anyWords: ['tree'] };
  const letter = { body: 'a tree', channel: 'letter' as const };
  expect(categoryOf(letter, aRule('b', { when, order: 20 }), aRule('c', { when, order: 10 }))).toBe('c');
  expect(categoryOf(letter, aRule('b', { when }), aRule('c', { when, weight: 9 }))).toBe('c');
  expect(categoryOf(letter, aRule('b', { when }), aRule('c', { when: { ...when, channels: ['letter'] } }))).toBe('c');
  expect(categoryOf(letter, aRule('c', { when }), aRule('b', { when }))).toBe('b');
});

it('proposes the same whatever the order of the rules, and names one version for them', () => {
  const rules = [1, 2, 3, 4, 5].map((n) => aRule(`r${n}`, { order: n % 2, when: { anyWords: ['tree', `w${n}`] } }));
  const expected = triage(aLetter({ body: 'tree w3' }), rules, today);
  fc.assert(
    fc.property(fc.shuffledSubarray(rules, { minLength: rules.length }), (shuffled) =>
      expect(triage(aLetter({ body: 'tree w3' }), shuffled, today)).toEqual(expected),
    ),
  );
});

it('gives each reason once, the deciding one first, and the other categories', () => {
  const outcome = triage(
    aLetter({ body: 'tree and hedge' }),
    [
      aRule('hedge', { order: 2, when: { anyWords: ['hedge'] } }),
      aRule('tree', {
        order: 1,
        when: { anyWords: ['tree'] },
        then: { category: 'trees', priority: 'high', queue: 'casework' },
      }),
    ],
    today,
  );
  expect(outcome).toEqual({
    category: 'trees',
    priority: 'high',
    queue: 'casework',
    reasons: ['Rule tree', 'Rule hedge'],
    ruleKeys: ['tree', 'hedge'],
    rulesVersion: expect.stringMatching(/^[0-9a-f]{12}$/),
    also: ['hedge'],
  });
});

it('uses the rules in force that day, and the office’s own in place of the general one', () => {
  const when = { anyWords: ['tree'] };
  const rules = [
    aRule('tree', { when, then: { category: 'old', priority: 'low' } }, { validTo: '2026-06-30' }),
    aRule('tree', { when, then: { category: 'new', priority: 'low' } }, { validFrom: '2026-07-01' }),
    aRule(
      'tree',
      { when, then: { category: 'ours', priority: 'low' } },
      { validFrom: '2026-07-01', office: 'warwickshire' },
    ),
  ];
  const categoryOn = (day: string, office = 'west-mercia'): string =>
    triage(aLetter({ body: 'tree', office }), rules, day).category;
  expect([categoryOn('2026-06-30'), categoryOn('2026-07-01'), categoryOn('2026-07-01', 'warwickshire')]).toEqual([
    'old',
    'new',
    'ours',
  ]);
});

it('changes the version with any change of a rule, and with nothing else', () => {
  const versionOf = (rules: TriageRule[], day = today): string => triage(aLetter(), rules, day).rulesVersion;
  const when = { anyWords: ['tree'], noneWords: ['hedge'] };
  const version = versionOf([aRule('a', { when })]);
  expect(versionOf([aRule('a', { when: { noneWords: ['hedge'], anyWords: ['tree'] } })])).toBe(version);
  expect(versionOf([aRule('a', { when })], '2026-12-01')).toBe(version);
  expect(versionOf([aRule('a', { when, order: 11 })])).not.toBe(version);
  expect(versionOf([aRule('a', { when: { ...when, anyWords: ['trees'] } })])).not.toBe(version);
});

it('reads the first 20,000 characters of a letter', () => {
  const rule = aRule('wanted', { when: { anyWords: ['tree'] } });
  expect(categoryOf({ body: `${'x'.repeat(19_000)} tree` }, rule)).toBe('wanted');
  expect(categoryOf({ body: `${'x'.repeat(20_000)} tree` }, rule)).toBe('general-enquiry');
});
