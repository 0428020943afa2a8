import type { DomainEvent } from './domain-event';

/** A plain class that takes a command and a clock and records events or throws a DomainError. No framework, no database. */
export abstract class Aggregate<E extends DomainEvent> {
  #recorded: E[] = [];

  /** `version` is the number of events the stream had when the aggregate was loaded (0: new). */
  protected constructor(
    readonly id: string,
    readonly version: number,
  ) {}

  /** Events recorded since the last call, oldest first. The repository calls this once, inside the transaction. */
  releaseEvents(): E[] {
    const events = this.#recorded;
    this.#recorded = [];
    return events;
  }

  protected record(event: E): void {
    this.#recorded.push(event);
  }
}
