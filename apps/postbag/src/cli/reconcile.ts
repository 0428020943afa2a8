import { QueryBus } from '@nestjs/cqrs';
import { Reconcile, renderCertificate } from '@app/assurance';
import { Clock, isDay, londonDate } from '@app/kernel';
import { CommandRefused, option, withSession } from './session';

const BEFORE_EVERYTHING = '2000-01-01';

/** Prints the reconciliation certificate; 1 if anything is unaccounted for. `--json` prints it as data. */
export async function reconcileCommand(argv: readonly string[]): Promise<number> {
  return withSession('reconcile', async ({ app }) => {
    const from = option(argv, 'from') ?? BEFORE_EVERYTHING;
    const to = option(argv, 'to') ?? londonDate(app.get(Clock).now());
    if (!isDay(from)) throw new CommandRefused('--from must be a day, such as 2026-04-01');
    if (!isDay(to) || to < from) throw new CommandRefused('--to must be a day not before --from, such as 2026-04-30');
    const office = option(argv, 'office');
    const result = await app
      .get(QueryBus)
      .execute(new Reconcile({ from, to, offices: office === null ? null : [office] }));
    process.stdout.write(
      argv.includes('--json') ? `${JSON.stringify(result, null, 2)}\n` : `${renderCertificate(result)}\n`,
    );
    return result.ok ? 0 : 1;
  });
}
