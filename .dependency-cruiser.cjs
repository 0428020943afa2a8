// Who may import whom: contexts meet at their public faces only, and rules know nothing of frameworks.
const testOnly = '(spec|\\.fixture)\\.ts$|/testing/|^test/';
const production = { path: '^(apps|libs|migrations)/', pathNot: testOnly };
const database = '(^|/)node_modules/(typeorm|@nestjs/typeorm|bullmq|@nestjs/bullmq|pg|ioredis)(/|$)';

module.exports = {
  forbidden: [
    {
      name: 'domain-imports-only-kernel',
      comment: 'Rules are plain TypeScript: their own folder, the kernel, and pure functions of Node.',
      severity: 'error',
      from: { path: '^libs/([^/]+)/src/domain/', pathNot: testOnly },
      to: { pathNot: '^libs/$1/src/domain/|^libs/kernel/src/index\\.ts$|^(crypto|url|util|buffer|string_decoder)$' },
    },
    {
      name: 'kernel-is-pure',
      severity: 'error',
      from: { path: '^libs/kernel/', pathNot: testOnly },
      to: {
        pathNot: '^libs/kernel/|(^|/)node_modules/(canonicalize|temporal-polyfill|temporal-utils)(/|$)|^(crypto|util)$',
      },
    },
    {
      name: 'application-knows-no-database',
      severity: 'error',
      from: { path: '^libs/[^/]+/src/application/', pathNot: testOnly },
      to: { path: `${database}|/src/infrastructure/` },
    },
    {
      name: 'no-deep-import-of-a-library',
      comment: "A library's index.ts is its whole public face.",
      severity: 'error',
      from: { path: '^libs/([^/]+)/', pathNot: testOnly },
      to: { path: '^libs/', pathNot: '^libs/$1/|^libs/[^/]+/src/index\\.ts$' },
    },
    {
      name: 'applications-use-public-faces',
      severity: 'error',
      from: { path: '^apps/', pathNot: testOnly },
      to: { path: '^libs/', pathNot: '^libs/[^/]+/src/index\\.ts$' },
    },
    {
      name: 'libraries-do-not-import-applications',
      severity: 'error',
      from: { path: '^libs/' },
      to: { path: '^apps/' },
    },
    {
      name: 'applications-are-apart',
      comment: 'Only the one that is all of them in one process composes the others.',
      severity: 'error',
      from: { path: '^apps/([^/]+)/', pathNot: '^apps/postbag/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'migrations-stand-alone',
      comment: 'An old migration must still work after the application has changed.',
      severity: 'error',
      from: { path: '^migrations/' },
      to: { path: '^(libs|apps|test)/' },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-cycles-between-libraries',
      severity: 'error',
      scope: 'folder',
      from: { path: '^libs/[^/]+/src$' },
      to: { circular: true, path: '^libs/[^/]+/src$' },
    },
    { name: 'no-test-code-in-production', severity: 'error', from: production, to: { path: testOnly } },
    {
      name: 'no-development-dependency-in-production',
      severity: 'error',
      from: production,
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    },
    // Scripts of the pages import from addresses, not from files.
    {
      name: 'everything-resolves',
      severity: 'error',
      from: { pathNot: '^apps/web/src/public/' },
      to: { couldNotResolve: true },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    // This release does not know TypeScript 6.
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    // Specs beside the code use the harness, which boots everything: they would make a circle of every library.
    exclude: { path: '^dist|spec\\.ts$|^test/setup/(running|template|booted-app|launch-built|demonstration)' },
    metrics: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['require', 'import', 'node', 'default', 'types'],
      mainFields: ['main', 'types'],
    },
  },
};
