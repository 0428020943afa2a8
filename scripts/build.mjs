// Compiles every app, library and migration into dist/ and puts the files they read beside the output.
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ensureBuilt, ensureInstalled, fail, filesUnder, fingerprint, isTestOnly, progress } from './ensure.mjs';
import { readBuildStamp, root, seconds, sourceFolders, sourcesFingerprint } from './ensure.mjs';

const dist = join(root, 'dist');
// Built aside and swapped in: a running service reads templates from dist, and a failed build leaves the last good one.
const staging = join(dist, `.next-${process.pid}`);
const styles = 'apps/web/src/assets/app.scss';
const stylesheet = 'apps/web/src/public/app.css';

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
    await Promise.all([
      compile(files.filter((path) => path.endsWith('.ts') && !path.endsWith('.d.ts') && !isTestOnly(path))),
      copy(files.filter((path) => !notShipped.test(path))),
      compileStyles(css, last.css),
    ]);
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
