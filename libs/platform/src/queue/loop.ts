/** Repeats work at an interval and at once when kicked; never twice at the same time, and on while there is more. */
export class Loop {
  #timer: NodeJS.Timeout | null = null;
  #running: Promise<void> | null = null;
  #again = false;
  #stopped = false;

  /** `work` returns how much it did: more than nothing means there may be more. */
  constructor(
    private readonly everyMs: number,
    private readonly work: () => Promise<number>,
    private readonly onError: (error: unknown) => void,
  ) {}

  kick(): void {
    if (this.#stopped) return;
    if (this.#running) {
      this.#again = true;
      return;
    }
    if (this.#timer) clearTimeout(this.#timer);
    this.#running = this.turn().finally(() => {
      this.#running = null;
      if (this.#again) {
        this.#again = false;
        this.kick();
      } else if (!this.#stopped) {
        this.#timer = setTimeout(() => this.kick(), this.everyMs);
      }
    });
  }

  /** Ends after the turn that is running. */
  async stop(): Promise<void> {
    this.#stopped = true;
    if (this.#timer) clearTimeout(this.#timer);
    await this.#running;
  }

  private async turn(): Promise<void> {
    try {
      while ((await this.work()) > 0 && !this.#stopped);
    } catch (error) {
      this.onError(error);
    }
  }
}
