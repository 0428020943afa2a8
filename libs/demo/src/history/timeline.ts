interface Moment {
  readonly at: number;
  readonly order: number;
  readonly isService: boolean;
  readonly happens: (at: Date) => Promise<void> | void;
}

/** What the service itself does follows within seconds, and is carried out even where the history has just ended. */
const AFTERMATH_MS = 60_000;

/** Carries out what is planned in the order of time; what happens may plan more. */
export class Timeline {
  readonly #heap: Moment[] = [];
  #planned = 0;

  constructor(readonly end: Date) {}

  /** A person does it, unless the history ends before. */
  plan(at: Date, happens: Moment['happens']): void {
    this.push({ at: at.getTime(), order: this.#planned++, isService: false, happens });
  }

  /** The service does it at once. */
  follow(at: Date, happens: Moment['happens']): void {
    this.push({ at: at.getTime(), order: this.#planned++, isService: true, happens });
  }

  async run(afterEach: () => Promise<void>): Promise<void> {
    const end = this.end.getTime();
    for (let next = this.pop(); next; next = this.pop()) {
      if (next.at > end + (next.isService ? AFTERMATH_MS : 0)) continue;
      await next.happens(new Date(next.at));
      await afterEach();
    }
  }

  private push(moment: Moment): void {
    const heap = this.#heap;
    let index = heap.push(moment) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      const above = heap[parent] as Moment;
      if (isBefore(above, moment)) break;
      heap[index] = above;
      index = parent;
    }
    heap[index] = moment;
  }

  private pop(): Moment | undefined {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (!first || !last || heap.length === 0) return first;
    let index = 0;
    for (;;) {
      const left = 2 * index + 1;
      if (left >= heap.length) break;
      const right = left + 1;
      const child = right < heap.length && isBefore(heap[right] as Moment, heap[left] as Moment) ? right : left;
      const below = heap[child] as Moment;
      if (isBefore(last, below)) break;
      heap[index] = below;
      index = child;
    }
    heap[index] = last;
    return first;
  }
}

function isBefore(one: Moment, two: Moment): boolean {
  return one.at < two.at || (one.at === two.at && one.order < two.order);
}
