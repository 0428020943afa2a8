import { copyFileSync, readFileSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';

const LARGEST_BYTES = 5_000_000;
const CHECK_EVERY_MS = 10 * 60_000;

/** What clients that came too early or too late are told says nothing about the server's own end. */
const REFUSED_SESSION = /the database system is |password authentication failed|terminating connection/;

/** PostgreSQL's own log, kept to two files of a few megabytes. */
export class ServerLog {
  readonly path: string;
  private timer: NodeJS.Timeout | null = null;

  constructor(dataFolder: string) {
    this.path = join(dataFolder, 'postgres.log');
  }

  get size(): number {
    return statSync(this.path, { throwIfNoEntry: false })?.size ?? 0;
  }

  /** Why the server went, from what it wrote after `offset`: the last line that names a failure, else the last. */
  lastFailureAfter(offset: number): string | null {
    if (this.size <= offset) return null;
    const text = readFileSync(this.path).subarray(offset).toString('utf8');
    const lines = text.split('\n').filter((line) => line.trim() !== '');
    const isFailure = (line: string): boolean => /(FATAL|PANIC|ERROR): /.test(line) && !REFUSED_SESSION.test(line);
    const line = lines.findLast(isFailure) ?? lines.at(-1) ?? null;
    return line === null ? null : line.replace(/^.*?(FATAL|PANIC|ERROR|LOG): +/, '');
  }

  /** Copied and cut short rather than renamed: the running server holds the file open and goes on appending. */
  rotateIfLarge(): void {
    if (this.size <= LARGEST_BYTES) return;
    copyFileSync(this.path, `${this.path}.1`);
    truncateSync(this.path, 0);
  }

  watch(onTrouble: (line: string) => void): void {
    this.timer = setInterval(() => {
      try {
        this.rotateIfLarge();
      } catch (error) {
        onTrouble(
          `The log of PostgreSQL could not be shortened: ${error instanceof Error ? error.message : 'unknown'}`,
        );
      }
    }, CHECK_EVERY_MS).unref();
  }

  unwatch(): void {
    if (this.timer !== null) clearInterval(this.timer);
  }
}
