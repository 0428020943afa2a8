import type { EventCatalogue } from '../events/event-catalogue';
import type { Consumer, ConsumerDeclaration } from './consumer';

/** Which consumers want which events and timers. The same in every process: the writer of an event makes the rows. */
export class Subscriptions {
  readonly #consumers = new Map<string, { declaration: ConsumerDeclaration; consumer: Consumer<unknown> }>();
  readonly #byEvent = new Map<string, ConsumerDeclaration[]>();
  readonly #byTimer = new Map<string, ConsumerDeclaration>();

  /** @throws Error when a name or a timer kind is taken, or an event type does not exist: the process must not start. */
  register(declaration: ConsumerDeclaration, consumer: Consumer<unknown>, catalogue: EventCatalogue): void {
    if (this.#consumers.has(declaration.name)) throw new Error(`Two consumers are called ${declaration.name}`);
    const wanted = (declaration.events?.length ?? 0) + (declaration.timers?.length ?? 0);
    if (wanted === 0) throw new Error(`Consumer ${declaration.name} wants neither an event nor a timer`);
    this.#consumers.set(declaration.name, { declaration, consumer });
    for (const type of declaration.events ?? []) {
      if (!catalogue.has(type)) throw new Error(`Consumer ${declaration.name} wants ${type}, which is not declared`);
      this.#byEvent.set(type, [...(this.#byEvent.get(type) ?? []), declaration]);
    }
    for (const kind of declaration.timers ?? []) {
      if (this.#byTimer.has(kind)) throw new Error(`Two consumers carry out the timer ${kind}`);
      this.#byTimer.set(kind, declaration);
    }
  }

  ofEvent(type: string): readonly ConsumerDeclaration[] {
    return this.#byEvent.get(type) ?? [];
  }

  ofTimer(kind: string): ConsumerDeclaration | undefined {
    return this.#byTimer.get(kind);
  }

  timerKinds(): string[] {
    return [...this.#byTimer.keys()];
  }

  consumer(name: string): { declaration: ConsumerDeclaration; consumer: Consumer<unknown> } | undefined {
    return this.#consumers.get(name);
  }

  names(): string[] {
    return [...this.#consumers.keys()].sort();
  }
}
