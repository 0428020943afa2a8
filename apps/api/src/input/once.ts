import { Injectable } from '@nestjs/common';
import { Idempotency, UnitOfWork, type IdempotentRequest } from '@app/platform';
import type { JsonObject } from '@app/kernel';

/** Lets a request with an Idempotency-Key take effect once. */
@Injectable()
export class Once {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly idempotency: Idempotency,
  ) {}

  /**
   * Does the work and keeps its answer in one transaction; the same request again gets the kept answer. Two at once:
   * the second waits for the first. A refusal keeps nothing, so that it can be put right and sent again.
   * @throws IdempotencyKeyReused
   */
  run<T extends object>(request: IdempotentRequest | null, work: () => Promise<T>): Promise<T> {
    return this.unitOfWork.run(async () => {
      if (request === null) return work();
      const first = await this.idempotency.claim([{ idempotency: request }]);
      if (first.size === 0) {
        const kept = await this.idempotency.find(request);
        if (kept === null) throw new Error('The first answer to a repeated request is missing');
        return kept.response as T;
      }
      const answer = await work();
      await this.idempotency.answer(request, { status: 200, response: answer as JsonObject });
      return answer;
    });
  }
}
