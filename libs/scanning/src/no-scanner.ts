import { VirusScanner } from './virus-scanner';

/** Without CLAMD_URL nothing is scanned, and nobody asks. */
export class NoScanner extends VirusScanner {
  ping(): Promise<void> {
    return Promise.reject(new Error('There is no virus scanner'));
  }

  scan(): Promise<never> {
    return Promise.reject(new Error('There is no virus scanner'));
  }

  close(): void {
    // Nothing is open.
  }
}
