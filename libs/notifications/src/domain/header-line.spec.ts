import * as fc from 'fast-check';
import { headerLine } from './header-line';

describe('headerLine', () => {
  it('makes one line of several', () => {
    expect(headerLine('Your letter\r\nBcc: someone@else.example', 200)).toBe('Your letter Bcc: someone@else.example');
  });

  it('shortens what is too long, without cutting a character in two', () => {
    expect(headerLine('😀'.repeat(12), 10)).toBe(`${'😀'.repeat(9)}…`);
    expect(headerLine('exactly', 7)).toBe('exactly');
  });

  it('never holds a line break, a control character or more than was allowed', () => {
    const nasty = fc.string({
      unit: fc.constantFrom('\r', '\n', '\0', '\u0085', '\u2028', '\u202e', '\ud800', 'a', ' '),
    });
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), nasty), fc.integer({ min: 1, max: 200 }), (text, max) => {
        const line = headerLine(text, max);
        expect(line).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e]/u);
        expect(Array.from(line).length).toBeLessThanOrEqual(max);
        expect(line).not.toMatch(/\p{Cs}/u);
      }),
    );
  });
});
