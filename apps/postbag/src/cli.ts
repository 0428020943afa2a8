import 'reflect-metadata';
import { ConfigError, EmbeddedPostgresError } from '@app/platform';
import { administratorCommand } from './cli/administrator';
import { backupCommand, restoreCommand } from './cli/archive';
import { migrateCommand } from './cli/migrate';
import { rebuildCommand } from './cli/rebuild';
import { reconcileCommand } from './cli/reconcile';
import { tokenCommand } from './cli/token';
import { rulesCommand } from './cli/rules';
import { CommandRefused } from './cli/session';
import { verifyLogCommand } from './cli/verify-log';

/** Returns the exit code. Results go to standard output, everything else to standard error. */
type CliCommand = (argv: readonly string[]) => Promise<number>;

const COMMANDS: Readonly<Record<string, CliCommand>> = {
  token: tokenCommand,
  reconcile: reconcileCommand,
  rebuild: rebuildCommand,
  'verify-log': verifyLogCommand,
  backup: backupCommand,
  restore: restoreCommand,
  migrate: migrateCommand,
  administrator: administratorCommand,
  rules: rulesCommand,
};

/** The commands of package.json, by name. */
export async function main(argv: readonly string[]): Promise<void> {
  const [name, ...rest] = argv;
  const command = COMMANDS[name ?? ''];
  try {
    if (!command) throw new CommandRefused(`there is no command ${name ?? ''}: ${Object.keys(COMMANDS).join(', ')}`);
    process.exitCode = await command(rest);
  } catch (error) {
    const isKnown =
      error instanceof CommandRefused || error instanceof ConfigError || error instanceof EmbeddedPostgresError;
    process.stderr.write(
      `${isKnown ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    );
    process.exitCode = 1;
  }
}
