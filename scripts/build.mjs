// Compiles every app, library and migration into dist/ and puts the files they read beside the output.
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress } from 'node:zlib';
import { ensureBuilt, ensureInstalled, fail, filesUnder, fingerprint, isTestOnly, progress } from './ensure.mjs';
import { readBuildStamp, root, seconds, sourceFolders, sourcesFingerprint } from './ensure.mjs';

const dist = join(root, 'dist');
// Built aside and swapped in: a running service reads templates from dist, and a failed build leaves the last good one.
const staging = join(dist, `.next-${process.pid}`);
const styles = 'apps/web/src/assets/app.scss';
const publicFolder = 'apps/web/src/public';
const stylesheet = `${publicFolder}/app.css`;
// What the pages load from packages; the rest of those packages is not served.
const typeface = 'node_modules/@fontsource/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-';
const vendored = {
  'govuk-frontend.js': 'node_modules/govuk-frontend/dist/govuk/govuk-frontend.min.js',
  'moj-frontend.js': 'node_modules/@ministryofjustice/frontend/moj/moj-frontend.min.js',
  ...Object.fromEntries(
    ['latin-400', 'latin-700', 'latin-ext-400', 'latin-ext-700'].map((name) => [
      `${name}.woff2`,
      `${typeface}${name}-normal.woff2`,
    ]),
  ),
};

const notShipped = /(\.ts|\.scss|\.md|(^|\/)tsconfig[^/]*\.json)$/;

async function compile(paths) {
  const { transformFile } = await import('@swc/core');
  await Promise.all(
    paths.map(async (path) => {
      const { code, map } = await transformFile(join(root, path), { cwd: root, swcrc: true });
      const target = join(staging, path.replace(/\.ts$/, '.js'));
      await mkdir(dirname(target), { recursive: true });
      const name = target.slice(target.lastIndexOf('/') + 1);
      await writeFile(target, map ? `${code}\n//# sourceMappingURL=${name}.map\n` : code);
      if (map) await writeFile(`${target}.map`, map);
    }),
  );
}

async function copy(paths) {
  for (const path of paths) {
    await mkdir(dirname(join(staging, path)), { recursive: true });
    await copyFile(join(root, path), join(staging, path));
  }
}

async function copyVendored() {
  await mkdir(join(staging, publicFolder), { recursive: true });
  for (const [name, from] of Object.entries(vendored))
    await copyFile(join(root, from), join(staging, publicFolder, name));
}

/** Once at build time and as small as it gets, so that no request pays for it. */
async function compressAssets() {
  const folder = join(staging, publicFolder);
  const names = (await readdir(folder)).filter((name) => /\.(css|js)$/.test(name));
  await Promise.all(
    names.map(async (name) => {
      await writeFile(join(folder, `${name}.br`), await promisify(brotliCompress)(await readFile(join(folder, name))));
    }),
  );
}

/** The style sheet takes longer than all the rest, so an unchanged one is carried over. */
async function compileStyles(mark, last) {
  if (mark === null) return;
  const target = join(staging, stylesheet);
  await mkdir(dirname(target), { recursive: true });
  if (mark === last && existsSync(join(dist, stylesheet))) return copyFile(join(dist, stylesheet), target);
  const { Logger, compileAsync } = await import('sass');
  const { css } = await compileAsync(join(root, styles), {
    loadPaths: [root],
    quietDeps: true,
    style: 'compressed',
    logger: Logger.silent,
  });
  await writeFile(target, css);
}

async function swapIn() {
  const old = join(dist, `.old-${process.pid}`);
  await mkdir(old);
  for (const name of await readdir(dist)) {
    if (join(dist, name) === staging || join(dist, name) === old) continue;
    await rename(join(dist, name), join(old, name));
    if (existsSync(join(staging, name))) await rename(join(staging, name), join(dist, name));
  }
  for (const name of await readdir(staging)) await rename(join(staging, name), join(dist, name));
  await rm(staging, { recursive: true });
  await rm(old, { recursive: true });
}

/** Waits for all to end, so that a failure finds nobody still writing. */
async function all(tasks) {
  const failed = (await Promise.allSettled(tasks)).find(({ status }) => status === 'rejected');
  if (failed) throw failed.reason;
}

async function build() {
  const started = Date.now();
  // Taken before reading: a file saved during the build must be built again.
  const sources = sourcesFingerprint();
  const files = sourceFolders.flatMap((folder) => [...filesUnder(folder)]);
  const css = existsSync(join(root, styles))
    ? fingerprint([...files.filter((path) => path.endsWith('.scss')), 'package-lock.json'])
    : null;
  const last = readBuildStamp();
  await mkdir(staging, { recursive: true });
  try {
    await all([
      compile(files.filter((path) => path.endsWith('.ts') && !path.endsWith('.d.ts') && !isTestOnly(path))),
      copy(files.filter((path) => !notShipped.test(path))),
      compileStyles(css, last.css),
      copyVendored(),
    ]);
    await compressAssets();
    await writeFile(join(staging, '.stamp'), JSON.stringify({ sources, css }));
    await swapIn();
  } catch (error) {
    await rm(staging, { recursive: true, force: true });
    // The compiler appends its own native stack.
    fail(String(error?.message ?? error).split(/\s*Caused by:/)[0]);
  }
  progress(`Built in ${seconds(started)} s`);
}

if (process.argv.includes('--locked')) await build();
else {
  ensureInstalled();
  ensureBuilt({ evenIfFresh: true });
}
