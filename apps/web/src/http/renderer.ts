import { dirname, join } from 'node:path';
import { dayInWords, londonDateTimeInWords } from '@app/kernel';
import nunjucks from 'nunjucks';
import { fill } from './messages';

/** Days and instants as people of the office read them, in London time. */
const FILTERS: Readonly<Record<string, (value: string) => string>> = {
  /** `2026-11-24` as "Tuesday 24 November 2026". */
  dayInWords: (day) => (day ? dayInWords(day) : ''),
  /** An ISO instant as "24 November 2026 at 9:32am". */
  instantInWords: (instant) => (instant ? londonDateTimeInWords(new Date(instant)) : ''),
};

/** A day as readers of another language see it; "Tuesday 24 November 2026" in English. */
function dayIn(day: string, language = 'en'): string {
  if (!day || language === 'en') return day ? dayInWords(day) : '';
  const noon = new Date(`${day}T12:00:00Z`);
  return new Intl.DateTimeFormat(language, { dateStyle: 'full', timeZone: 'Europe/London' }).format(noon);
}

let environment: nunjucks.Environment | null = null;

/** Nunjucks over our own pages and the components of the design systems. Everything is escaped unless a component made it. */
export function renderer(): nunjucks.Environment {
  if (environment === null) {
    const govuk = join(dirname(require.resolve('govuk-frontend/package.json')), 'dist');
    const moj = dirname(require.resolve('@ministryofjustice/frontend/package.json'));
    const loader = new nunjucks.FileSystemLoader([join(__dirname, '..'), govuk, moj], { noCache: false, watch: false });
    environment = new nunjucks.Environment(loader, { autoescape: true, throwOnUndefined: false });
    for (const [name, filter] of Object.entries(FILTERS)) environment.addFilter(name, filter);
    environment.addFilter('dayIn', dayIn);
    environment.addFilter('fill', fill);
  }
  return environment;
}
