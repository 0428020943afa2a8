import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const root = join(__dirname, '..');

/** A small project that keeps the rules, and one file for each way to break them. */
const sound = {
  'libs/kernel/src/index.ts': `export { day } from './day';`,
  'libs/kernel/src/day.ts': `import { createHash } from 'node:crypto';\nexport const day = createHash;`,
  'libs/cases/src/index.ts': `export { CasesModule } from './cases.module';`,
  'libs/cases/src/cases.module.ts': `import { Module } from '@nestjs/common';\nimport './application/open-case';\nexport class CasesModule { m = Module; }`,
  'libs/cases/src/domain/case.ts': `import { day } from '@app/kernel';\nexport const open = day;`,
  'libs/cases/src/application/open-case.ts': `import { Injectable } from '@nestjs/common';\nimport { open } from '../domain/case';\nexport const use = [Injectable, open];`,
  'libs/cases/src/infrastructure/case-rows.ts': `import { Entity } from 'typeorm';\nexport const row = Entity;`,
  'libs/cases/src/testing/a-case.ts': `export const aCase = 1;`,
  'libs/letters/src/index.ts': `export { letter } from './letter';`,
  'libs/letters/src/letter.ts': `import { CasesModule } from '@app/cases';\nexport const letter = CasesModule;`,
  'libs/letters/src/letter.spec.ts': `import { aCase } from '../../cases/src/testing/a-case';\nexport const x = aCase;`,
  'apps/api/src/main.ts': `import { letter } from '@app/letters';\nexport const main = letter;`,
  'apps/postbag/src/main.ts': `import { main } from '../../api/src/main';\nexport const all = main;`,
  'migrations/1-create.ts': `import type { QueryRunner } from 'typeorm';\nexport type R = QueryRunner;`,
};

/** By rule: the file, its text, and what is named if that is not the file. */
const broken: Record<string, [path: string, text: string, named?: string][]> = {
  'domain-imports-only-kernel': [
    ['libs/cases/src/domain/a.ts', `import { Injectable } from '@nestjs/common';\nexport const a = Injectable;`],
    ['libs/cases/src/domain/b.ts', `import type { EntityManager } from 'typeorm';\nexport type B = EntityManager;`],
    ['libs/cases/src/domain/c.ts', `import { use } from '../application/open-case';\nexport const c = use;`],
    ['libs/cases/src/domain/d.ts', `import { readFileSync } from 'node:fs';\nexport const d = readFileSync;`],
  ],
  'kernel-is-pure': [
    ['libs/kernel/src/e.ts', `import { Injectable } from '@nestjs/common';\nexport const e = Injectable;`],
  ],
  'application-knows-no-database': [
    ['libs/cases/src/application/f.ts', `import { row } from '../infrastructure/case-rows';\nexport const f = row;`],
    [
      'libs/cases/src/application/g.ts',
      `import type { EntityManager } from 'typeorm';\nexport type G = EntityManager;`,
    ],
    ['libs/cases/src/application/h.ts', `import { Queue } from 'bullmq';\nexport const h = Queue;`],
  ],
  'no-deep-import-of-a-library': [
    ['libs/letters/src/i.ts', `import { use } from '../../cases/src/application/open-case';\nexport const i = use;`],
  ],
  'applications-use-public-faces': [
    [
      'apps/api/src/j.ts',
      `import { use } from '../../../libs/cases/src/application/open-case';\nexport const j = use;`,
    ],
  ],
  'libraries-do-not-import-applications': [
    ['libs/letters/src/k.ts', `import { main } from '../../../apps/api/src/main';\nexport const k = main;`],
  ],
  'applications-are-apart': [
    ['apps/web/src/l.ts', `import { main } from '../../api/src/main';\nexport const l = main;`],
  ],
  'migrations-stand-alone': [['migrations/2-m.ts', `import { day } from '@app/kernel';\nexport const m = day;`]],
  'no-cycles': [
    ['libs/cases/src/s.ts', `import { t } from './t';\nexport const s = (): number => t;`],
    ['libs/cases/src/t.ts', `import { s } from './s';\nexport const t = s();`, 'libs/cases/src/s.ts'],
  ],
  'no-cycles-between-libraries': [
    ['libs/cases/src/n.ts', `import { letter } from '@app/letters';\nexport const n = letter;`, 'libs/cases/src'],
  ],
  'no-test-code-in-production': [
    ['libs/cases/src/o.ts', `import { aCase } from './testing/a-case';\nexport const o = aCase;`],
  ],
  'no-development-dependency-in-production': [
    ['libs/cases/src/p.ts', `import { check } from 'fast-check';\nexport const p = check;`],
  ],
  'everything-resolves': [['libs/cases/src/q.ts', `import { r } from './nowhere';\nexport const q = r;`]],
};

describe('the boundary rules', () => {
  let folder: string;

  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), `${text}\n`);
  };

  function violations(): string[] {
    const cruiser = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
    const { stdout, stderr } = spawnSync(
      process.execPath,
      [cruiser, 'apps', 'libs', 'migrations', '--output-type', 'json'],
      { cwd: folder, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
    );
    if (stderr) throw new Error(stderr);
    const { summary } = JSON.parse(stdout) as { summary: { violations: { from: string; rule: { name: string } }[] } };
    return summary.violations.map(({ from, rule }) => `${rule.name}: ${from}`).sort();
  }

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'postbag-boundaries-'));
    for (const name of ['package.json', 'tsconfig.json', '.dependency-cruiser.cjs']) {
      cpSync(join(root, name), join(folder, name));
    }
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
    for (const [path, text] of Object.entries(sound)) write(path, text);
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('find nothing in a project that keeps them', () => {
    expect(violations()).toEqual([]);
  });

  it('name each file that breaks one', () => {
    for (const [path, text] of Object.values(broken).flat()) write(path, text);
    const expected = Object.entries(broken).flatMap(([rule, files]) =>
      files.map(([path, , named = path]) => `${rule}: ${named}`),
    );
    const found = violations();
    expect(expected.filter((each) => !found.includes(each))).toEqual([]);
  });
});
