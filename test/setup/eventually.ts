import { setTimeout as sleep } from 'node:timers/promises';

/** Repeats until `check` no longer throws; after the deadline, throws what it threw last. Answers what it returned. */
export async function eventually<T>(check: () => Promise<T> | T, withinMs = 10_000): Promise<T> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await sleep(50);
    }
  }
}
