import fc from 'fast-check';
import { differencesOf, wordDifference } from './differences';

describe('the difference between two versions', () => {
  it('names the fields that differ, inside fields too', () => {
    const before = { name: 'A', when: { words: ['a'], file: true }, note: null };
    const after = { name: 'A', when: { words: ['a', 'b'], file: true }, note: 'New' };
    expect(differencesOf(before, after)).toEqual([
      { path: '/when/words', before: ['a'], after: ['a', 'b'], words: null },
      { path: '/note', before: null, after: 'New', words: null },
    ]);
    expect(differencesOf(before, { ...before })).toEqual([]);
  });

  it('shows a text word by word', () => {
    expect(wordDifference('We will read it and reply.', 'We will read it soon and answer.')).toEqual([
      { kind: 'same', text: 'We will read it ' },
      { kind: 'added', text: 'soon ' },
      { kind: 'same', text: 'and ' },
      { kind: 'removed', text: 'reply.' },
      { kind: 'added', text: 'answer.' },
    ]);
  });

  it('always adds up to both texts', () => {
    const text = fc.array(fc.constantFrom('a', 'b ', 'c\n', ' ', 'd. ')).map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, text, (before, after) => {
        const runs = wordDifference(before, after);
        const without = (kind: string): string =>
          runs
            .filter((run) => run.kind !== kind)
            .map((run) => run.text)
            .join('');
        expect(without('added')).toBe(before);
        expect(without('removed')).toBe(after);
      }),
    );
  });

  it('does not hang on long texts that have nothing in common', () => {
    const long = (word: string): string => Array.from({ length: 5000 }, (_, at) => `${word}${String(at)} `).join('');
    expect(wordDifference(long('a'), long('b'))).toHaveLength(2);
  });
});
