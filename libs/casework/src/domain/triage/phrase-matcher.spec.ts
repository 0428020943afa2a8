import fc from 'fast-check';
import { InvalidPhrase, parsePhrase } from './phrase';
import { PhraseMatcher } from './phrase-matcher';

function found(phrase: string, text: string, groups?: Record<string, string[]>): string[] {
  const matcher = new PhraseMatcher([groups === undefined ? { phrase } : { phrase, groups }]);
  const words = matcher.read(text, 10_000);
  const quotes: string[] = [];
  matcher.find(words, (_phrase, start, end) => quotes.push(matcher.quote(words, start, end)));
  return quotes;
}

it.each([
  ['end it all', 'I will END IT all', ['end it all']],
  ['end it all', 'in the end. It all began', []],
  ['end it all', 'in the end\n\nit all began', []],
  ['end it all', 'end it... all', ['end it all']],
  ['end it all', 'end it\nall', ['end it all']],
  ["can't go on", 'i cant go on / i can’t go on', ["can't go on", "can't go on"]],
  ['a/b_c d', 'a d, b c d, b d', ['a d', 'b c d']],
  ['he (has) hit me', 'he hit me and he has hit me', ['he hit me', 'he has hit me']],
  ['my .. hits me', 'my lovely new young man hits me', ['my … hits me']],
  ['my .. hits me', 'my very own lovely new man hits me', []],
  ['my .. hits me', 'my man. She hits me', []],
  ['mwrw fi', 'yn fy MŴRW FI', ['mwrw fi']],
  ['self-harm', 'self harm, self-harm, self–harm', ['self-harm', 'self-harm', 'self-harm'].map(() => 'self harm')],
])('%s in "%s"', (phrase, text, quotes) => expect(found(phrase, text)).toEqual(quotes));

it('takes any of a named group', () => {
  expect(found('hurt <self>', 'hurt my self', { self: ['myself', 'my self'] })).toEqual(['hurt my self']);
});

it.each([
  '',
  '..',
  '.. a',
  'a ..',
  '(a)',
  '(a) .. b',
  'a .. (b)',
  'a/ b',
  '<nobody>',
  'a (b c)',
  'a b c d e f g h i j k l m',
])('refuses the phrase "%s"', (phrase) => expect(() => parsePhrase(phrase)).toThrow(InvalidPhrase));

it('agrees with looking for each spelling in turn', () => {
  const word = fc.constantFrom('a', 'b', 'c');
  const text = fc.array(word, { maxLength: 12 });
  const choices = fc.array(word, { minLength: 1, maxLength: 2 });
  const part = fc.record({ choices, isOptional: fc.boolean() });
  fc.assert(
    fc.property(fc.array(part, { minLength: 1, maxLength: 4 }), choices, text, (parts, last, words) => {
      const phrase = [
        ...parts.map((each) => (each.isOptional ? `(${each.choices.join('/')})` : each.choices.join('/'))),
        last.join('/'),
      ].join(' ');
      const pattern = [
        ...parts.map((each) => `(?:(?:${each.choices.join('|')}) )${each.isOptional ? '?' : ''}`),
        `(?:${last.join('|')}) `,
      ].join('');
      const expected = new RegExp(`(?:^| )${pattern}`).test(` ${words.join(' ')} `);
      expect([phrase, words, found(phrase, words.join(' ')).length > 0]).toEqual([phrase, words, expected]);
    }),
  );
});

it('takes time in proportion to the text, whatever the text', () => {
  const matcher = new PhraseMatcher([
    { phrase: 'a .. b .. c' },
    { phrase: 'a a a a a a b' },
    { phrase: 'a .. a .. d' },
  ]);
  const cpuMs = (text: string): number => {
    const startedAt = process.cpuUsage();
    matcher.find(matcher.read(text, 1_000_000), () => undefined);
    const { user, system } = process.cpuUsage(startedAt);
    return (user + system) / 1000;
  };
  cpuMs('a '.repeat(50_000));
  expect(cpuMs('a '.repeat(250_000))).toBeLessThan(2000);
  expect(cpuMs('a'.repeat(500_000))).toBeLessThan(500);
});
