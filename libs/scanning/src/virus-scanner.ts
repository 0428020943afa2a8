import type { ScanVerdict } from '@app/casework';

export type { ScanVerdict };

/** A program that knows harmful content. */
export abstract class VirusScanner {
  /** @throws Error while it is away */
  abstract ping(): Promise<void>;
  /** @throws Error when there is no verdict: the content stays unscanned */
  abstract scan(content: Buffer): Promise<ScanVerdict>;
  /** Breaks off what is being scanned. */
  abstract close(): void;
}
