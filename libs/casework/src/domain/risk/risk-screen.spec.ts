import fc from 'fast-check';
import type { RiskPhrase, RiskPhraseSet } from '../triage/configuration';
import { screenRisk } from './risk-screen';

function aSet(risk: RiskPhraseSet['data']['risk'], ...phrases: RiskPhrase[]): RiskPhraseSet {
  const data = { risk, name: risk, groups: { self: ['myself', 'my self'] }, phrases };
  return { kind: 'risk-phrase', key: risk, office: null, validFrom: '2020-01-01', validTo: null, data };
}
const sets = [
  aSet(
    'self-harm',
    { phrase: 'hurt <self>', level: 'high', reason: 'Speaks of hurting themselves' },
    {
      phrase: "can't go on",
      level: 'critical',
      reason: 'Cannot go on',
      unless: ["can't go on holiday"],
    },
  ),
  aSet('threat-to-staff', { phrase: 'sorry', level: 'medium', reason: 'Perhaps a threat' }),
];

it('names the risk, the listed words and the reason, the gravest first', () => {
  expect(screenRisk({ subject: 'Sorry', body: 'I CAN’T  go\non, I will hurt my self' }, sets)).toEqual({
    level: 'critical',
    holdsAcknowledgement: true,
    reasons: [
      { risk: 'self-harm', level: 'critical', phrase: "can't go on", reason: 'Cannot go on' },
      { risk: 'self-harm', level: 'high', phrase: 'hurt my self', reason: 'Speaks of hurting themselves' },
      { risk: 'threat-to-staff', level: 'medium', phrase: 'sorry', reason: 'Perhaps a threat' },
    ],
  });
});

it('lets an ordinary turn of speech pass, but not the words themselves beside it', () => {
  expect(screenRisk({ subject: '', body: 'We can’t go on holiday.' }, sets).level).toBe('none');
  expect(screenRisk({ subject: '', body: 'We can’t go on holiday. I can’t go on.' }, sets).level).toBe('critical');
  expect(screenRisk({ subject: '', body: 'I can’t go on. Holiday or not.' }, sets).level).toBe('critical');
});

it('does not hold the acknowledgement for a medium risk', () => {
  expect(screenRisk({ subject: '', body: 'sorry' }, sets)).toMatchObject({
    level: 'medium',
    holdsAcknowledgement: false,
  });
});

it('reads on to the end of a very long letter', () => {
  expect(screenRisk({ subject: '', body: `${'word '.repeat(39_000)} I hurt myself` }, sets).level).toBe('high');
});

it('finds words behind accents, soft hyphens, full-width letters and typographic apostrophes', () => {
  for (const body of [
    'I cán’t go on',
    'I can\u00adt g\u00ado on',
    'Ｉ ｃａｎ＇ｔ ｇｏ ｏｎ',
    'I canʼt go\u00a0on',
    'I `can`t go on`',
  ]) {
    expect([body, screenRisk({ subject: '', body }, sets).level]).toEqual([body, 'critical']);
  }
});

it('finds a phrase wherever it stands, and never fails on any text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), (before, after) => {
      const { reasons } = screenRisk({ subject: after, body: `${before}. I hurt myself! ${after}` }, sets);
      expect(reasons.map((reason) => reason.phrase)).toContain('hurt myself');
    }),
  );
});

it('compiles the same sets once, however often they are selected', () => {
  screenRisk({ subject: '', body: '' }, sets);
  const startedAt = process.hrtime.bigint();
  for (let times = 0; times < 1000; times++) screenRisk({ subject: '', body: 'sorry' }, [...sets]);
  expect(Number(process.hrtime.bigint() - startedAt) / 1e6).toBeLessThan(1000);
});
