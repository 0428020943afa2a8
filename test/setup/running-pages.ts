import { createServer } from 'node:net';
import { LoadDemonstrationPeople } from '@app/access';
import { ThrottleLimits } from '@app/http';
import { Config } from '@app/platform';
import { BootedApp } from './booted-app';

/** Pages and API behind their real HTTP interface, with the people of the demonstration. Nothing works in the background. */
export class RunningPages extends BootedApp {
  static async start(port: number, env: NodeJS.ProcessEnv = {}): Promise<RunningPages> {
    const booted = await this.boot({
      parts: ['api', 'pages'],
      port,
      env: { PUBLIC_URL: `http://127.0.0.1:${String(port)}`, ...env },
      isWorking: false,
      // A test is one address that does the work of many.
      prepare: (app) => void Object.assign(app.get(ThrottleLimits), { publicWrites: 10_000, failedSignIns: 10_000 }),
    });
    if (booted.app.get(Config).demo) await booted.app.get(LoadDemonstrationPeople).run();
    return new RunningPages(booted);
  }
}

/** A port that is free now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}
