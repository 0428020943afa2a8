import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from './config';

/** POSTBAG_SECRET, or one that is made at the first start and kept in the data folder, readable by its user alone. */
export async function instanceSecret(config: Config): Promise<string> {
  if (config.secret !== null) return config.secret;
  const path = join(config.dataFolder, 'secret');
  const known = await readFile(path, 'utf8').catch(() => null);
  if (known !== null && known.length >= 32) return known;
  const made = randomBytes(32).toString('base64url');
  await mkdir(config.dataFolder, { recursive: true });
  await writeFile(path, made, { mode: 0o600 });
  return made;
}
