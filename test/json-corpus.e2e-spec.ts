import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { boot, sendTo } from './http-problems/try-out-app.fixture';
import { TryOut } from './http-problems/try-out.fixture';

const corpus = join(process.env.CORPORA_DIR ?? join(__dirname, '../../shared/corpora'), 'json-parsing');
if (!existsSync(corpus)) process.stdout.write(`JSON texts: left out, ${corpus} is not there\n`);

(existsSync(corpus) ? describe : describe.skip)('JSON texts of others', () => {
  let app: NestFastifyApplication;

  beforeAll(async () => {
    app = await boot([TryOut]);
  });

  afterAll(async () => {
    await app.close();
  });

  it('get 400 where they must be refused, and never fail where they must be read', async () => {
    const url = await app.getUrl();
    const names = readdirSync(corpus).filter((each) => each.endsWith('.json'));
    expect(names.length).toBeGreaterThan(300);
    const wrong: string[] = [];
    for (const name of names) {
      const body = Uint8Array.from(readFileSync(join(corpus, name)));
      for (const path of ['/letters', '/anything']) {
        const answer = await sendTo(url, 'POST', path, { body });
        const isProblem = answer.body.status === answer.status;
        if (name.startsWith('n_') && !(answer.status === 400 && isProblem)) wrong.push(`${name} ${path} taken`);
        if (name.startsWith('y_') && answer.status === 400) wrong.push(`${name} ${path} refused`);
        if (answer.status >= 500) wrong.push(`${name} ${path} ${String(answer.status)}`);
      }
    }
    expect(wrong).toEqual([]);
  });
});
