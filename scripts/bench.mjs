// `npm run bench`: installs and builds what is missing, then measures (see bench/run.mjs).
import { ensureBuilt, ensureInstalled } from './ensure.mjs';

await ensureInstalled();
await ensureBuilt();
await import('../bench/run.mjs');
