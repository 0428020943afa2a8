// The worklist of an office with many cases: how long one page takes from the request to its last byte, one at a time.
import { performance } from 'node:perf_hooks';
import { fillLargeOffice } from './large-office.mjs';
import { startPostbag } from './service.mjs';

/** What people open: the list as it comes, filtered, sorted each way, and further down. */
const PAGES = [
  '/staff/cases?tab=open',
  '/staff/cases?tab=open&sort=-received',
  '/staff/cases?tab=open&sort=priority',
  '/staff/cases?tab=overdue',
  '/staff/cases?tab=unassigned',
  '/staff/cases?tab=open&queue=casework',
];
const ROUNDS = 40;

/** p50 and p95 in milliseconds of the worklist pages among `cases` cases, of which `open` are open. */
export async function worklist({ cases, open, token }) {
  const postbag = await startPostbag({ POSTBAG_DEMO: '0' });
  try {
    await fillLargeOffice(postbag.databaseUrl, { cases, open });
    const headers = { authorization: `Bearer ${await token(postbag.databaseUrl)}`, accept: 'text/html' };
    const base = `http://127.0.0.1:${postbag.port}`;
    const times = [];
    for (let round = -3; round < ROUNDS; round += 1) {
      for (const first of PAGES) {
        let path = first;
        // The first page and the next one.
        for (let page = 0; page < 2 && path; page += 1) {
          const started = performance.now();
          const response = await fetch(`${base}${path}`, { headers });
          const html = await response.text();
          if (response.status !== 200 || !html.includes('-20')) throw new Error(`${path}: ${response.status}`);
          if (round >= 0) times.push(performance.now() - started);
          path = /rel="next"[^>]*href="([^"]+)"|href="([^"]+)"[^>]*rel="next"/.exec(html)?.slice(1).find(Boolean);
          path = path?.replaceAll('&amp;', '&');
        }
      }
    }
    times.sort((a, b) => a - b);
    return {
      p50: times[Math.floor(times.length * 0.5)],
      p95: times[Math.floor(times.length * 0.95)],
      pages: times.length,
    };
  } finally {
    await postbag.stop();
  }
}
