import { ExpiringCache } from './expiring-cache';

describe('ExpiringCache', () => {
  it('forgets what is older than its time', () => {
    const cache = new ExpiringCache<number>(5000, 10);
    cache.set('a', 1, 0);
    expect(cache.get('a', 4999)).toBe(1);
    expect(cache.get('a', 5000)).toBeUndefined();
    expect(cache.size).toBe(0);
  });

  it('never holds more than its bound and gives up the oldest first', () => {
    const cache = new ExpiringCache<number>(5000, 3);
    for (let n = 0; n < 100; n++) cache.set(String(n), n, n);
    expect(cache.size).toBe(3);
    expect([97, 98, 99].map((n) => cache.get(String(n), 100))).toEqual([97, 98, 99]);
    expect(cache.get('96', 100)).toBeUndefined();
  });

  it('renews an entry that is set again', () => {
    const cache = new ExpiringCache<number>(5000, 2);
    cache.set('a', 1, 0);
    cache.set('b', 2, 1);
    cache.set('a', 3, 2);
    cache.set('c', 4, 3);
    expect(cache.get('a', 4)).toBe(3);
    expect(cache.get('b', 4)).toBeUndefined();
  });

  it('forgets on request', () => {
    const cache = new ExpiringCache<number>(5000, 10);
    cache.set('a', 1, 0);
    cache.set('b', 2, 0);
    cache.forget((value) => value === 1);
    expect(cache.get('a', 1)).toBeUndefined();
    expect(cache.get('b', 1)).toBe(2);
  });
});
