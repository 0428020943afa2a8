import 'reflect-metadata';
import { ConfigError, EmbeddedPostgresError, readConfig } from '@app/platform';
import { Postbag } from './postbag';
import { StartRefused } from './start-refused';

/** Starts everything, runs until SIGINT or SIGTERM, and ends with 0 after a clean stop or 1 with one clear line. */
async function main(): Promise<void> {
  let running: Postbag | null = null;
  let isStopping = false;
  const stop = (): void => {
    isStopping = true;
    if (!running) return;
    const postbag = running;
    running = null;
    postbag.stop().then(
      () => process.exit(0),
      (error: unknown) => fail(error),
    );
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  try {
    running = await Postbag.start(readConfig(process.env));
    if (isStopping) stop();
    else process.stdout.write(await running.welcome());
  } catch (error) {
    fail(error);
  }
}

function fail(error: unknown): void {
  const isKnown =
    error instanceof ConfigError || error instanceof EmbeddedPostgresError || error instanceof StartRefused;
  process.stderr.write(isKnown ? `Postbag cannot start: ${error.message}\n` : `Postbag failed: ${String(error)}\n`);
  if (!isKnown && error instanceof Error) process.stderr.write(`${error.stack ?? ''}\n`);
  process.exit(1);
}

void main();
