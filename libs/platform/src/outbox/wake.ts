import { EventEmitter } from 'node:events';
import { Client } from 'pg';

export type WakeSignal = 'events' | 'timers' | 'configuration';

const CHANNEL = 'postbag';
const NOTIFY_EVERY_MS = 25;

/**
 * Tells this process at once, and others through NOTIFY, that there is something to do. Only ever a hint: sweeps find
 * what a lost hint missed. NOTIFY is sent after the commit and bundled, because inside a transaction it would
 * serialise commits on the server's notification queue.
 */
export class Wake {
  readonly #emitter = new EventEmitter();
  readonly #pending = new Set<WakeSignal>();
  #client: Client | null = null;
  #timer: NodeJS.Timeout | null = null;
  #closed = false;
  #isSending = false;

  constructor(private readonly directUrl: string) {
    this.#emitter.setMaxListeners(50);
  }

  /** Keeps one LISTEN connection open, again after it broke. Resolves when the first attempt has ended. */
  async listen(): Promise<void> {
    if (this.#closed) return;
    const client = new Client({
      connectionString: this.directUrl,
      application_name: 'postbag listen',
      keepAlive: true,
    });
    const again = (): void => {
      if (this.#client === client) this.#client = null;
      client.removeAllListeners('end');
      void client.end().catch(() => undefined);
      if (!this.#closed) setTimeout(() => void this.listen(), 500).unref();
    };
    client.on('error', again);
    try {
      await client.connect();
      await client.query(`LISTEN ${CHANNEL}`);
    } catch {
      again();
      return;
    }
    client.on('end', again);
    client.on('notification', ({ payload }) => {
      for (const signal of (payload ?? '').split(',')) this.#emitter.emit(signal);
    });
    this.#client = client;
  }

  on(signal: WakeSignal, listener: () => void): void {
    this.#emitter.on(signal, listener);
  }

  signal(signal: WakeSignal): void {
    this.#emitter.emit(signal);
    this.#pending.add(signal);
    // One after the other: a client does one thing at a time. What comes meanwhile goes with the next.
    if (!this.#isSending) this.later();
  }

  async close(): Promise<void> {
    this.#closed = true;
    if (this.#timer) clearTimeout(this.#timer);
    const client = this.#client;
    this.#client = null;
    client?.removeAllListeners('end');
    await client?.end().catch(() => undefined);
  }

  private flush(): void {
    this.#timer = null;
    const payload = [...this.#pending].join(',');
    this.#pending.clear();
    const client = this.#client;
    if (!client) return;
    this.#isSending = true;
    const sent = client.query(`SELECT pg_notify('${CHANNEL}', $1)`, [payload]).catch(() => undefined);
    void sent.then(() => {
      this.#isSending = false;
      if (this.#pending.size > 0 && !this.#closed) this.later();
    });
  }

  private later(): void {
    this.#timer ??= setTimeout(() => this.flush(), NOTIFY_EVERY_MS).unref();
  }
}
