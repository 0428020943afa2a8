import { Injectable } from '@nestjs/common';
import { normalizeIp, ThrottlerStorageService } from '@nestjs/throttler';
import { Refusal } from '@app/http';

const WINDOW_MS = 10 * 60_000;

/** How often one address may do in ten minutes what costs us something. A household or a library shares an address. */
@Injectable()
export class PublicLimits {
  readonly letters: number = 300;
  readonly uploads: number = 120;
  readonly followLinks: number = 20;
}

/** Counts in each process; the guard's limit per second stands before it. */
@Injectable()
export class PublicThrottle {
  readonly #storage = new ThrottlerStorageService();

  constructor(private readonly limits: PublicLimits) {}

  onApplicationShutdown(): void {
    this.#storage.onApplicationShutdown();
  }

  /** @throws Refusal 429 with Retry-After */
  async count(what: keyof PublicLimits, ip: string): Promise<void> {
    const key = `${what} ${normalizeIp(ip)}`;
    const { isBlocked, timeToBlockExpire } = await this.#storage.increment(
      key,
      WINDOW_MS,
      this.limits[what],
      WINDOW_MS,
      'default',
    );
    if (isBlocked) throw new Refusal(429, { 'retry-after': String(Math.max(1, timeToBlockExpire)) });
  }
}
