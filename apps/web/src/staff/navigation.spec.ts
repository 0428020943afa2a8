import { isWithin, NAVIGATION } from './navigation';

describe('the staff navigation', () => {
  it.each([
    ['/staff', '/staff', true],
    ['/staff/cases', '/staff', false],
    ['/staff/cases/WM-2026-000123-K', '/staff/cases', true],
    ['/staff/casework', '/staff/cases', false],
  ])('%s is within %s: %s', (path, href, expected) => {
    expect(isWithin(path, href)).toBe(expected);
  });

  it('leads every path to one entry at most', () => {
    for (const { href } of NAVIGATION) {
      expect(NAVIGATION.filter((entry) => isWithin(href, entry.href))).toHaveLength(1);
    }
  });
});
