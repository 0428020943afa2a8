import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import nunjucks from 'nunjucks';
import { renderer } from './renderer';

const SOURCES = join(__dirname, '..');
const TEMPLATES = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.njk'));

describe('the templates of the pages', () => {
  it.each(TEMPLATES)('%s can be read', (name) => {
    const text = readFileSync(join(SOURCES, name), 'utf8');
    expect(() => new nunjucks.Template(text, renderer(), name, true)).not.toThrow();
  });
});
