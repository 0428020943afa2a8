import { shippedCalendar } from '@app/offices';
import { nonWorkingDays, reviewDecisionTable } from '@app/reviews';
import { CommandRefused } from './session';
import { decisionTableAsMarkdown, decisionTableAsText } from './rules-tables';

/** Prints what the rules answer, by asking them: `rules reviews [--markdown]`. Needs no database. */
export function rulesCommand(argv: readonly string[]): Promise<number> {
  const [subject, ...options] = argv;
  const unknown = options.find((each) => each !== '--markdown');
  if (subject !== 'reviews')
    throw new CommandRefused('say whose rules to print: npm run rules -- reviews [--markdown]');
  if (unknown !== undefined) throw new CommandRefused(`rules knows no option ${unknown}: only --markdown`);
  const calendar = shippedCalendar();
  const table = reviewDecisionTable({ isNonWorkingDay: nonWorkingDays(calendar) });
  const width = Math.min(process.stdout.columns || 100, 120);
  process.stdout.write(options.length > 0 ? decisionTableAsMarkdown(table) : decisionTableAsText(table, width));
  return Promise.resolve(0);
}
