import { Aggregate, type DomainEvent, type JsonObject } from '@app/kernel';

/** What the list of a kind needs of a record besides its state. */
export interface RecordLine {
  /** The case that it belongs to alone: who may not see the case does not see the record. */
  readonly caseId: string | null;
  /** What people call it; no two open ones of a kind and office share it. */
  readonly reference: string | null;
  /** The next day by which something is due. */
  readonly dueOn: string | null;
  readonly isOpen: boolean;
  /** The day under which it stands in lists. */
  readonly listedOn: string;
}

export interface RecordedFact {
  readonly type: string;
  readonly data: JsonObject;
}

/** What a text in a person's words becomes in the log. */
export interface KeptText {
  readonly id: string;
  readonly commitment: string;
}

export const RECORD_KINDS = [
  'investigation',
  'dip-sample',
  'chief-constable-complaint',
  'panel-numbers',
  'oversight-action',
  'force-meeting',
] as const;
export type RecordKind = (typeof RECORD_KINDS)[number];

/** The event stream of a record. */
export function recordStream(kind: RecordKind, id: string): string {
  return `${kind}-${id}`;
}

/** One thing that the office keeps an eye on: its state is a fold of its events, kept as it stands. */
export abstract class ScrutinyRecord<S extends object> extends Aggregate<DomainEvent> {
  abstract readonly kind: RecordKind;
  #state: S | null;

  constructor(
    id: string,
    readonly office: string,
    version: number,
    state: S | null,
  ) {
    super(id, version);
    this.#state = state;
  }

  get state(): S {
    if (this.#state === null) throw new Error('The record has not begun');
    return this.#state;
  }

  abstract line(): RecordLine;

  protected abstract fold(state: S | null, fact: RecordedFact): S;

  protected happen(name: string, data: JsonObject, at: Date): void {
    const event = { type: `scrutiny.${name}`, schemaVersion: 1, data, effectiveAt: at };
    this.#state = this.fold(this.#state, event);
    this.record(event);
  }

  get hasBegun(): boolean {
    return this.#state !== null;
  }
}
