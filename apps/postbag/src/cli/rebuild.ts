import { ProjectionRunner, Sequencer } from '@app/platform';
import { CommandRefused, withSession } from './session';

/** Rebuilds read models from the event log, live. */
export async function rebuildCommand(argv: readonly string[]): Promise<number> {
  return withSession('rebuild', async ({ app }) => {
    const runner = app.get(ProjectionRunner);
    const names = argv.length > 0 ? argv : runner.names();
    const unknown = names.find((name) => !runner.names().includes(name));
    if (unknown) throw new CommandRefused(`there is no read model ${unknown}: ${runner.names().join(', ')}`);
    while ((await app.get(Sequencer).number()) > 0);
    for (const name of names) {
      const events = await runner.rebuild(name);
      process.stdout.write(`${name}: rebuilt from ${String(events)} events\n`);
    }
    return 0;
  });
}
