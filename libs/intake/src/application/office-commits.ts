import { randomUUID } from 'node:crypto';
import { GroupCommit, runAs, type Caller } from '@app/platform';

/** The caller of a shared transaction: it may touch one office; each item's events name who brought the item. */
function intakeCaller(office: string): Caller {
  return {
    actor: { kind: 'system', id: 'intake' },
    role: 'intake',
    offices: [office],
    system: false,
    correlationId: randomUUID(),
    causationId: null,
  };
}

/** One group commit an office: items of different offices never share a transaction. */
export class OfficeCommits<T, R> {
  readonly #commits = new Map<string, GroupCommit<T, R>>();

  constructor(private readonly commit: (office: string, items: readonly T[]) => Promise<readonly R[]>) {}

  submit(office: string, item: T): Promise<R> {
    const existing = this.#commits.get(office);
    if (existing) return existing.submit(item);
    const created = new GroupCommit<T, R>((items) => runAs(intakeCaller(office), () => this.commit(office, items)));
    this.#commits.set(office, created);
    return created.submit(item);
  }

  async idle(): Promise<void> {
    await Promise.all([...this.#commits.values()].map((commit) => commit.idle()));
  }
}
