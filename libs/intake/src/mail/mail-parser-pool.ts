import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import { MailUnreadable } from './mail-unreadable';
import { type MailWorkerAnswer, type MailWorkerRequest } from './mail-worker-messages';
import { DEFAULT_MAIL_LIMITS, type MailLimits, type ParsedMail } from './parsed-mail';

export interface MailParserPoolOptions {
  readonly workers?: number;
  readonly timeoutMs?: number;
  readonly idleMs?: number;
  readonly limits?: MailLimits;
  /** Another compiled worker, for tests of the pool. */
  readonly workerFile?: string;
}

interface Job {
  readonly raw: Uint8Array;
  readonly resolve: (mail: ParsedMail) => void;
  readonly reject: (error: Error) => void;
}

interface Slot {
  readonly worker: Worker;
  isReady: boolean;
  job: Job | null;
  timer: NodeJS.Timeout | null;
}

const DEFAULT_TIMEOUT_MS = 20_000;
const DEFAULT_IDLE_MS = 60_000;
const START_TIMEOUT_MS = 30_000;
const MAX_HEAP_MB = 512;
const MAX_FAILED_STARTS = 3;

/**
 * Parses mails in worker threads, so that no mail can hold up or take down the process: one that takes too long or
 * too much memory costs its own worker, which is replaced. Threads start when there is work and end when there has
 * been none for a while. Every call of `parse` is answered, whatever happens to the threads.
 */
export class MailParserPool {
  private readonly slots = new Set<Slot>();
  private readonly queue: Job[] = [];
  private readonly size: number;
  private readonly timeoutMs: number;
  private readonly idleMs: number;
  private readonly limits: MailLimits;
  private readonly workerFile: string;
  private failedStarts = 0;
  private closing: Promise<void> | null = null;
  private onDrained: (() => void) | null = null;

  constructor(options: MailParserPoolOptions = {}) {
    this.size = Math.max(1, options.workers ?? Math.min(4, availableParallelism() - 1));
    this.timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
    this.idleMs = options.idleMs ?? DEFAULT_IDLE_MS;
    this.limits = options.limits ?? DEFAULT_MAIL_LIMITS;
    this.workerFile = options.workerFile ?? defaultWorkerFile();
  }

  /** How many threads there are now, idle ones included. */
  get workerCount(): number {
    return this.slots.size;
  }

  /**
   * Reads one mail. Rejects with `MailUnreadable` when the mail cannot be read, takes too long or brings its worker
   * down; with another error when the pool is closed or its workers do not start, so that the caller tries again.
   */
  parse(raw: Uint8Array): Promise<ParsedMail> {
    if (this.closing !== null) return Promise.reject(new Error('The mail parser pool is closed.'));
    return new Promise((resolvePromise, reject) => {
      this.queue.push({ raw, resolve: resolvePromise, reject });
      this.dispatch();
    });
  }

  /** Lets the mails being read finish, refuses those still waiting, and ends all threads. */
  close(): Promise<void> {
    this.closing ??= this.end();
    return this.closing;
  }

  private async end(): Promise<void> {
    for (const job of this.queue.splice(0)) job.reject(new Error('The mail parser pool was closed.'));
    if (this.busyCount() > 0) await new Promise<void>((drained) => (this.onDrained = drained));
    await Promise.all([...this.slots].map((slot) => this.discard(slot)));
  }

  private dispatch(): void {
    for (const slot of this.slots) {
      if (this.queue.length === 0) return;
      if (slot.isReady && slot.job === null) this.give(slot, this.queue.shift());
    }
    const starting = [...this.slots].filter((slot) => !slot.isReady).length;
    for (let count = starting; count < this.queue.length && this.slots.size < this.size; count += 1) this.start();
  }

  private start(): void {
    const worker = new Worker(this.workerFile, {
      workerData: { limits: this.limits },
      resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB, maxYoungGenerationSizeMb: 32 },
    });
    const slot: Slot = { worker, isReady: false, job: null, timer: null };
    this.slots.add(slot);
    slot.timer = setTimeout(() => this.fail(slot, 'timeout'), START_TIMEOUT_MS);
    worker.on('message', (answer: MailWorkerAnswer) => this.receive(slot, answer));
    worker.on('error', (error) => this.fail(slot, 'crashed', error));
    worker.on('exit', () => this.fail(slot, 'crashed'));
  }

  private receive(slot: Slot, answer: MailWorkerAnswer): void {
    if (!this.slots.has(slot)) return;
    const { job } = slot;
    slot.isReady = true;
    slot.job = null;
    this.failedStarts = 0;
    if (answer.type === 'parsed') job?.resolve(answer.mail);
    else if (answer.type === 'unreadable') job?.reject(new MailUnreadable(answer.reason));
    this.rest(slot);
    this.dispatch();
    this.settleClosing();
  }

  private give(slot: Slot, job: Job | undefined): void {
    if (job === undefined) return;
    if (slot.timer !== null) clearTimeout(slot.timer);
    slot.job = job;
    slot.worker.ref();
    slot.timer = setTimeout(() => this.fail(slot, 'timeout'), this.timeoutMs);
    // A copy: the caller still needs its bytes, and a view may belong to a much larger buffer.
    const raw = new Uint8Array(job.raw);
    slot.worker.postMessage({ raw } satisfies MailWorkerRequest, [raw.buffer]);
  }

  /** Keeps an idle thread for a while without keeping the process alive. */
  private rest(slot: Slot): void {
    if (slot.timer !== null) clearTimeout(slot.timer);
    slot.worker.unref();
    slot.timer = setTimeout(() => void this.discard(slot), this.idleMs);
    slot.timer.unref();
  }

  private fail(slot: Slot, reason: 'timeout' | 'crashed', cause?: unknown): void {
    if (!this.slots.has(slot)) return;
    const { job, isReady } = slot;
    void this.discard(slot);
    job?.reject(new MailUnreadable(reason, { cause }));
    if (!isReady) this.countFailedStart(cause);
    this.dispatch();
    this.settleClosing();
  }

  // A thread that does not even start says nothing about the mail: those waiting are refused, not called unreadable.
  private countFailedStart(cause: unknown): void {
    this.failedStarts += 1;
    if (this.failedStarts < MAX_FAILED_STARTS) return;
    this.failedStarts = 0;
    for (const job of this.queue.splice(0)) job.reject(new Error('The mail parser does not start.', { cause }));
  }

  private async discard(slot: Slot): Promise<void> {
    this.slots.delete(slot);
    if (slot.timer !== null) clearTimeout(slot.timer);
    await slot.worker.terminate();
  }

  private busyCount(): number {
    return [...this.slots].filter((slot) => slot.job !== null).length;
  }

  private settleClosing(): void {
    if (this.closing !== null && this.busyCount() === 0) this.onDrained?.();
  }
}

// Threads cannot run TypeScript. Where the source itself runs, as under Jest, the compiled worker is taken from
// `dist` at the root of the repository.
function defaultWorkerFile(): string {
  if (!__filename.endsWith('.ts')) return join(__dirname, 'mail-parser.worker.js');
  return resolve(__dirname, '../../../../dist/libs/intake/src/mail/mail-parser.worker.js');
}
