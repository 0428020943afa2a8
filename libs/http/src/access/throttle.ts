import { Injectable } from '@nestjs/common';
import { normalizeIp, ThrottlerStorageService } from '@nestjs/throttler';
import { Refusal } from '../problems/refusal';

/** Requests a second in one process. The contract promises a token at least 200 before the first 429. */
@Injectable()
export class ThrottleLimits {
  readonly token: number = 400;
  /** What the public sends in, for each address: a person fills in a form in minutes, a household shares an address. */
  readonly publicWrites: number = 20;
  readonly publicReads: number = 400;
  /** Tokens that did not hold, for each address: a guess must stay dearer than a refusal. */
  readonly failedSignIns: number = 20;
}

const WINDOW_MS = 1000;

/** Counts requests and refuses those over the limit for a second. */
@Injectable()
export class Throttle {
  constructor(
    private readonly storage: ThrottlerStorageService,
    private readonly limits: ThrottleLimits,
  ) {}

  token(tokenId: string): Promise<void> {
    return this.count(`token ${tokenId}`, this.limits.token);
  }

  public(method: string, ip: string): Promise<void> {
    const isRead = method === 'GET' || method === 'HEAD';
    const limit = isRead ? this.limits.publicReads : this.limits.publicWrites;
    return this.count(`${isRead ? 'read' : 'write'} ${normalizeIp(ip)}`, limit);
  }

  failedSignIn(ip: string): Promise<void> {
    return this.count(`sign-in ${normalizeIp(ip)}`, this.limits.failedSignIns);
  }

  /** @throws Refusal 429 with Retry-After */
  private async count(key: string, limit: number): Promise<void> {
    const { isBlocked, timeToBlockExpire } = await this.storage.increment(key, WINDOW_MS, limit, WINDOW_MS, 'default');
    if (isBlocked) throw new Refusal(429, { 'retry-after': String(Math.max(1, timeToBlockExpire)) });
  }
}
