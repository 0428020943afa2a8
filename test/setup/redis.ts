/** The run's Redis, or null where there is none. Under CI a suite that cannot run is a failure. */
export function testRedisUrl(): string | null {
  const url = process.env.TEST_REDIS_URL ?? null;
  if (url === null && process.env.CI === 'true') throw new Error('No Redis: set REDIS_URL or install redis-server');
  return url;
}

/** Both queue backends of this run: one suite is written once and runs on each. */
export function queueBackends(): { readonly backend: 'postgres' | 'redis'; readonly redisUrl: string | null }[] {
  const redisUrl = testRedisUrl();
  return [{ backend: 'postgres', redisUrl: null }, ...(redisUrl ? [{ backend: 'redis' as const, redisUrl }] : [])];
}
