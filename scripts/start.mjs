// `npm start`: installs and builds what is missing, then becomes the service. One process, so that signals
// reach it as they are sent and the memory of a second Node is saved.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ensureBuilt, ensureInstalled, root } from './ensure.mjs';

ensureInstalled();
ensureBuilt();
process.chdir(root);
createRequire(import.meta.url)(join(root, 'dist/apps/postbag/src/main.js'));
