import type { JsonObject } from '@app/kernel';

/** Brings stored data of one schema version to the next: stored events are never rewritten. */
export type Upcast = (data: JsonObject) => JsonObject;

export interface EventDeclaration {
  /** The newest schema version. */
  readonly schemaVersion: number;
  /** upcasts[n] turns version n into n + 1. */
  readonly upcasts?: Readonly<Record<number, Upcast>>;
}

/** All event types that exist. A type that is not declared can be neither recorded nor subscribed to. */
export class EventCatalogue {
  readonly #declarations = new Map<string, EventDeclaration>();

  /** @throws Error when a type is declared twice. */
  declare(events: Readonly<Record<string, EventDeclaration>>): this {
    for (const [type, declaration] of Object.entries(events)) {
      if (this.#declarations.has(type)) throw new Error(`Event type ${type} is declared twice`);
      this.#declarations.set(type, declaration);
    }
    return this;
  }

  has(type: string): boolean {
    return this.#declarations.has(type);
  }

  types(): string[] {
    return [...this.#declarations.keys()].sort();
  }

  /** The newest schema version of a type. @throws Error when it is not declared. */
  schemaVersion(type: string): number {
    return this.declaration(type).schemaVersion;
  }

  upcast(type: string, schemaVersion: number, data: JsonObject): JsonObject {
    const declaration = this.declaration(type);
    let current = data;
    for (let version = schemaVersion; version < declaration.schemaVersion; version++) {
      const step = declaration.upcasts?.[version];
      if (!step) throw new Error(`No upcast of ${type} from schema version ${String(version)}`);
      current = step(current);
    }
    return current;
  }

  private declaration(type: string): EventDeclaration {
    const declaration = this.#declarations.get(type);
    if (!declaration) throw new Error(`Event type ${type} is not declared`);
    return declaration;
  }
}
