import { etagOf, parseIfMatch, requireVersion, StaleVersion } from './etag';

describe('entity tags', () => {
  it('come back as the version they were made from', () => {
    for (const version of [0, 1, 7, 2_147_483_647]) expect(parseIfMatch(etagOf(version))).toBe(version);
    expect(parseIfMatch(' "7" ')).toBe(7);
  });

  it('ask for no version in particular when absent or *', () => {
    expect(parseIfMatch(undefined)).toBeNull();
    expect(parseIfMatch('*')).toBeNull();
    expect(() => requireVersion(null, 7)).not.toThrow();
  });

  it.each(['', '7', 'W/"7"', '"07"', '"-1"', '"x"', '"7", "8"', '"12345678901"'])(
    'match nothing when written %j',
    (tag) => {
      expect(() => parseIfMatch(tag)).toThrow(StaleVersion);
    },
  );

  it('refuse another version than the present one', () => {
    expect(() => requireVersion(6, 7)).toThrow(StaleVersion);
    expect(() => requireVersion(7, 7)).not.toThrow();
  });
});
