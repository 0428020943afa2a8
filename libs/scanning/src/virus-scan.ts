import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Config, Loop, Wake } from '@app/platform';
import { ScanContent } from './scan-content';
import { VirusScanner } from './virus-scanner';

const SWEEP_MS = 2000;
/** What is committed together is looked for together. */
const GATHERS_MS = 100;

/** Scans behind the scenes of a worker process. Does nothing without CLAMD_URL. */
@Injectable()
export class VirusScan implements OnModuleDestroy {
  #loop: Loop | null = null;
  #soon: NodeJS.Timeout | null = null;

  constructor(
    private readonly config: Config,
    private readonly wake: Wake,
    private readonly content: ScanContent,
    private readonly scanner: VirusScanner,
  ) {}

  start(onError: (what: string, error: unknown) => void): void {
    if (this.config.clamdUrl === null || this.#loop) return;
    const loop = new Loop(
      SWEEP_MS,
      () => this.content.turn(),
      (error) => onError('virus scan', error),
    );
    this.#loop = loop;
    this.wake.on('events', () => {
      this.#soon ??= setTimeout(() => {
        this.#soon = null;
        loop.kick();
      }, GATHERS_MS).unref();
    });
    loop.kick();
  }

  /** Before the database closes. A content whose scan is broken off is taken up again. */
  async onModuleDestroy(): Promise<void> {
    const stopped = this.#loop?.stop();
    this.scanner.close();
    await stopped;
  }
}
