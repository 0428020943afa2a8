import { dirname, join } from 'node:path';
import nunjucks from 'nunjucks';

let environment: nunjucks.Environment | null = null;

/** Nunjucks over our own pages and the components of govuk-frontend. Everything is escaped unless a component made it. */
export function renderer(): nunjucks.Environment {
  if (environment === null) {
    const govuk = join(dirname(require.resolve('govuk-frontend/package.json')), 'dist');
    const loader = new nunjucks.FileSystemLoader([join(__dirname, '..'), govuk], { noCache: false, watch: false });
    environment = new nunjucks.Environment(loader, { autoescape: true, throwOnUndefined: false });
  }
  return environment;
}
