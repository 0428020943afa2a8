// `node scripts/cli.mjs NAME ARGUMENTS`: the commands of an office's administrator. Standard output is the command's own.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ensureBuilt, ensureInstalled, root } from './ensure.mjs';

ensureInstalled();
ensureBuilt();
process.chdir(root);
const { main } = createRequire(import.meta.url)(join(root, 'dist/apps/postbag/src/cli.js'));
await main(process.argv.slice(2));
