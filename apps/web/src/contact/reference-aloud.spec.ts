import { referenceAlphabet } from '@app/kernel';
import { MessageCatalogue } from '../http/messages';
import { referenceAloud } from './reference-aloud';

describe('a reference said aloud', () => {
  const catalogue = MessageCatalogue.read();

  it('spells letters with a word and digits one by one', () => {
    expect(referenceAloud('WM-2026-000123-K', catalogue.of('en'))).toEqual([
      'W for Whisky, M for Mike',
      '2 0 2 6',
      '0 0 0 1 2 3',
      'K for Kilo',
    ]);
  });

  it('has a word for every letter that a reference can have, in every language', () => {
    for (const { code } of catalogue.languages) {
      expect(() => referenceAloud(referenceAlphabet, catalogue.of(code))).not.toThrow();
    }
  });
});
