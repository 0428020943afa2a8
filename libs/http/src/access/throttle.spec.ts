import { ThrottlerStorageService } from '@nestjs/throttler';
import { Throttle, ThrottleLimits } from './throttle';

describe('Throttle', () => {
  const storage = new ThrottlerStorageService();
  const throttle = new Throttle(storage, new ThrottleLimits());

  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());
  afterAll(() => storage.onApplicationShutdown());

  it('gives every token at least 200 requests a second, for ever', async () => {
    for (let second = 0; second < 5; second++) {
      for (let n = 0; n < 200; n++) await throttle.token('steady');
      jest.advanceTimersByTime(1000);
    }
    expect(new ThrottleLimits().token).toBeGreaterThanOrEqual(200);
  });

  it('refuses what is too much with the seconds to wait, and lets go afterwards', async () => {
    const burst = async (): Promise<void> => {
      for (let n = 0; n <= new ThrottleLimits().token; n++) await throttle.token('burst');
    };
    await expect(burst()).rejects.toMatchObject({ headers: { 'retry-after': '1' } });
    await expect(throttle.token('burst')).rejects.toMatchObject({ headers: { 'retry-after': '1' } });
    jest.advanceTimersByTime(1001);
    await expect(throttle.token('burst')).resolves.toBeUndefined();
  });

  it('counts addresses of one household as one and others apart', async () => {
    for (let n = 0; n < 20; n++) await throttle.public('POST', `2001:db8::${String(n)}`);
    await expect(throttle.public('POST', '2001:db8::ffff')).rejects.toMatchObject({ status: 429 });
    await expect(throttle.public('POST', '2001:db8:0:1::1')).resolves.toBeUndefined();
    await expect(throttle.public('GET', '2001:db8::1')).resolves.toBeUndefined();
  });
});
