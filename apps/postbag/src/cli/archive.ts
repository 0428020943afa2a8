import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { ArchiveRefused, backup, restore } from '@app/archive';
import { readConfig } from '@app/platform';
import { CommandRefused, withDatabase } from './session';

/** Writes one archive of database and stored files. */
export async function backupCommand(argv: readonly string[]): Promise<number> {
  const target = fileArgument(argv);
  const config = readConfig(process.env);
  return withDatabase(config, async (databaseUrl) => {
    const { tables, files } = await backup(databaseUrl, join(config.dataFolder, 'files'), target);
    const { size } = await stat(target);
    process.stdout.write(`${target}: ${String(tables)} tables, ${String(files)} files, ${String(size)} bytes\n`);
    return 0;
  });
}

/** Puts an archive in the place of what is there, after keeping that in an archive of its own. */
export async function restoreCommand(argv: readonly string[]): Promise<number> {
  const source = fileArgument(argv);
  if (!(await stat(source).catch(() => null))?.isFile()) throw new CommandRefused(`there is no file ${source}`);
  const config = readConfig(process.env);
  const files = join(config.dataFolder, 'files');
  return withDatabase(config, async (databaseUrl) => {
    const kept = join(config.dataFolder, `before-restore-${new Date().toISOString().replace(/[:.]/g, '-')}.tar.gz`);
    await backup(databaseUrl, files, kept);
    process.stdout.write(`What was there is kept in ${kept}\n`);
    try {
      const summary = await restore(databaseUrl, files, source);
      process.stdout.write(`Restored ${String(summary.tables)} tables and ${String(summary.files)} files\n`);
    } catch (error) {
      if (error instanceof ArchiveRefused) throw new CommandRefused(error.message);
      throw error;
    }
    return 0;
  });
}

function fileArgument(argv: readonly string[]): string {
  const file = argv.find((argument) => !argument.startsWith('--'));
  if (file === undefined) throw new CommandRefused('name the file of the archive');
  // npm runs scripts in the project folder; the path was meant from where the person stood.
  return resolve(process.env.INIT_CWD ?? process.cwd(), file);
}
