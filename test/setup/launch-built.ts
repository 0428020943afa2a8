import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const MAIN = join(__dirname, '../../dist/apps/postbag/src/main.js');

export interface Launched {
  readonly service: ChildProcess;
  readonly url: string;
  /** What it printed. */
  readonly output: () => string;
}

/** Starts what `npm run build` has built on any free ports. Resolves when it is ready. */
export async function launchBuilt(environment: NodeJS.ProcessEnv): Promise<Launched> {
  const env: NodeJS.ProcessEnv = { ...process.env, PORT: '0', SMTP_PORT: '0', ...environment };
  const service = spawn(process.execPath, [MAIN], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  // A test file that is interrupted leaves no service behind.
  const kill = (): void => void service.kill('SIGKILL');
  process.once('exit', kill);
  service.once('exit', () => process.off('exit', kill));
  let output = '';
  const url = await new Promise<string>((resolve, reject) => {
    service.once('exit', () => reject(new Error(`The service ended: ${output}`)));
    service.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      const found = /Contact form\s+(\S+)\/\s/.exec(output)?.[1];
      // The demonstration's sign-ins come last.
      const isWhole = env.POSTBAG_DEMO === '1' ? output.includes('review-manager, all') : output.endsWith('\n\n');
      if (found !== undefined && isWhole) resolve(found);
    });
  });
  return { service, url, output: () => output };
}

export async function endBuilt(service: ChildProcess): Promise<void> {
  const ended = once(service, 'exit');
  service.kill('SIGTERM');
  await ended;
}
