import { AsyncLocalStorage } from 'node:async_hooks';
import { isUnavailable } from './unavailable';

/** Where no request and no transaction is: a batch belongs to nobody, least of all to whoever came first. */
const detached = AsyncLocalStorage.snapshot();

interface Waiting<T, R> {
  readonly item: T;
  readonly resolve: (result: R) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Lets concurrent items share one transaction: while a batch commits, the next gathers. A batch that fails is retried
 * item by item, so that a failing item never spoils its neighbours.
 */
export class GroupCommit<T, R> {
  readonly #waiting: Waiting<T, R>[] = [];
  #draining: Promise<void> | null = null;

  /** `commit` writes all items in one transaction and returns one result per item, in order. */
  constructor(
    private readonly commit: (items: readonly T[]) => Promise<readonly R[]>,
    private readonly maxBatch = 64,
  ) {}

  /** Resolves after the commit that made the item durable. */
  submit(item: T): Promise<R> {
    return new Promise<R>((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject });
      this.#draining ??= detached(() => this.drain());
    });
  }

  /** Resolves when nothing is waiting any more. */
  async idle(): Promise<void> {
    while (this.#draining) await this.#draining;
  }

  private async drain(): Promise<void> {
    // One turn of the event loop lets requests that arrived together share the first batch too.
    await new Promise<void>((resolve) => setImmediate(resolve));
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, this.maxBatch);
      await this.commitBatch(batch);
    }
    // In the same turn as the check above: an item submitted from now on starts a new drain.
    this.#draining = null;
  }

  private async commitBatch(batch: readonly Waiting<T, R>[]): Promise<void> {
    let results: readonly R[];
    try {
      results = await this.commit(batch.map((waiting) => waiting.item));
    } catch (error) {
      const [only] = batch;
      if (batch.length === 1 && only) only.reject(error);
      // No item is to blame when the database is away: each would only wait for the same time-out in turn.
      else if (isUnavailable(error)) for (const waiting of batch) waiting.reject(error);
      else for (const waiting of batch) await this.commitBatch([waiting]);
      return;
    }
    if (results.length === batch.length) batch.forEach((waiting, index) => waiting.resolve(results[index] as R));
    else {
      // What was committed must not be tried again, but nobody can be told what became of it.
      const mismatch = new Error(`A commit of ${String(batch.length)} items gave ${String(results.length)} results`);
      for (const waiting of batch) waiting.reject(mismatch);
    }
  }
}
