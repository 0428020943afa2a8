import Module from 'node:module';
import { join } from 'node:path';

type Resolve = (request: string, ...rest: unknown[]) => string;

// Jest gives its global set-up no moduleNameMapper, so Node itself must be told where `@app/NAME` is. Imported first.
const loader = Module as unknown as { _resolveFilename: Resolve };
const resolveFilename = loader._resolveFilename.bind(loader);
const libs = join(__dirname, '..', '..', 'libs');

loader._resolveFilename = (request, ...rest) =>
  resolveFilename(
    request.replace(/^@app\/([^/]+)$/, (_all, name: string) => join(libs, name, 'src', 'index.ts')),
    ...rest,
  );
