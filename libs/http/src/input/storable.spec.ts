import fc from 'fast-check';
import { makeStorable } from './storable';

describe('makeStorable', () => {
  it('leaves every ordinary value as it is', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 8 }), (value) => {
        const text = JSON.stringify(value);
        fc.pre(!text.includes('\\u0000'));
        const { errors, value: kept } = makeStorable(JSON.parse(text));
        expect(errors).toEqual([]);
        expect(JSON.stringify(kept)).toBe(text);
      }),
    );
  });

  it('leaves nothing that PostgreSQL refuses in a text, wherever it is', () => {
    const part = fc.constantFrom('a', '\0', '\ud800', '\udc00', 'é', '😀');
    const text = fc.array(part, { maxLength: 6 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.array(fc.dictionary(text, text, { maxKeys: 3 }), { maxLength: 4 }), (value) => {
        const hasNul = JSON.stringify(value).includes('\\u0000');
        const { errors, value: kept } = makeStorable(structuredClone(value));
        expect(errors.length > 0).toBe(hasNul);
        for (const entry of kept as Record<string, string>[]) {
          for (const each of Object.values(entry)) expect(Buffer.from(each).toString()).toBe(each);
        }
      }),
    );
  });

  it('points at what is wrong, escaped as JSON pointers are', () => {
    expect(makeStorable({ 'a/b': [{ '~c': 'x\0' }] }, '/body').errors).toEqual([
      { pointer: '/body/a~1b/0/~0c', message: 'must not contain the NUL character' },
    ]);
  });

  it('takes 32 levels and refuses what is deeper without ending the stack', () => {
    const nested = (depth: number): unknown => JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`) as unknown;
    expect(makeStorable(nested(32)).errors).toEqual([]);
    expect(makeStorable(nested(33)).errors).toEqual([{ pointer: '/0'.repeat(32), message: 'is nested too deeply' }]);
    expect(makeStorable(nested(200_000)).errors).toHaveLength(1);
  });

  it('refuses more values than any request of ours has', () => {
    expect(makeStorable(new Array(5_000_000).fill(0)).errors).toEqual([{ pointer: '', message: 'has too many parts' }]);
  });

  it('names no more than twenty wrong parts', () => {
    expect(makeStorable(new Array(1000).fill('\0')).errors).toHaveLength(20);
  });
});
