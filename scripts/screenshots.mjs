// `npm run screenshots`: starts the built service on an empty folder with the demonstration office, signs in as people
// of it and takes pictures of the main pages into docs/screenshots/, for README.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ensureBuilt, ensureInstalled, fail, progress, root } from './ensure.mjs';

const pictures = join(root, 'docs', 'screenshots');
const CASEWORKER = 'Casey Inkwell';
const MANAGER = 'Maya Blotter';
const ADMINISTRATOR = 'Ada Keyring';
const REVIEWER = 'Wren Foolscap';
const NARROW = { width: 320, height: 640 };
const WIDE = { width: 1280, height: 800 };
/** Taller pages are cut: a picture in a README is for a glance. */
const TALLEST = 1500;

/** What is photographed. `path` may be found out from another page by `find`; `only` limits a run to some of them. */
const shots = [
  { name: 'start', path: '/' },
  { name: 'start-320', path: '/', viewport: NARROW },
  { name: 'contact', path: '/contact', before: firstQuestion },
  { name: 'follow', path: '/follow' },
  { name: 'sign-in', path: '/sign-in' },
  { name: 'home', as: CASEWORKER, path: '/staff' },
  { name: 'worklist', as: CASEWORKER, path: '/staff/cases?tab=open' },
  { name: 'worklist-320', as: CASEWORKER, path: '/staff/cases?tab=open', viewport: NARROW },
  { name: 'case', as: CASEWORKER, path: ownCase },
  { name: 'composing', as: CASEWORKER, path: async (page) => `${await ownCase(page)}/reply` },
  { name: 'figures', as: MANAGER, path: '/staff/figures?period=financial-year&by=queue' },
  { name: 'late', as: MANAGER, path: '/staff/figures/late' },
  { name: 'certificate', as: MANAGER, path: '/staff/figures/nothing-missing?period=last-month' },
  { name: 'reviews', as: REVIEWER, path: '/staff/reviews' },
  { name: 'review', as: REVIEWER, path: ownReview },
  { name: 'review-application', as: REVIEWER, path: async (page) => `${await ownReview(page)}/eligibility` },
  { name: 'review-figures', as: REVIEWER, path: '/staff/figures/reviews' },
  { name: 'recommendations', as: REVIEWER, path: '/staff/recommendations' },
  { name: 'oversight', as: REVIEWER, path: '/staff/scrutiny' },
  { name: 'complaints-performance', path: '/complaints-performance/west-mercia' },
  { name: 'apply-for-a-review', path: '/apply-for-a-review' },
  { name: 'configuration', as: ADMINISTRATOR, path: '/staff/configuration' },
];

/** Past the cookie question to the first page that asks something. */
async function firstQuestion(page) {
  const start = page.locator('main a[role=button], main button').first();
  if (await start.isVisible().catch(() => false)) await start.click();
  await page.waitForLoadState('networkidle');
}

/** A case of one's own with a thread to look at: the first of the list that can be answered. */
async function ownCase(page) {
  await page.goto(`${base}/staff/cases?tab=mine`);
  const href = await page.locator('a[data-open]').first().getAttribute('href');
  return href;
}

function chromiumPath() {
  for (const name of ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome']) {
    const { status, stdout } = spawnSync('/bin/sh', ['-c', 'command -v "$1"', 'sh', name], { encoding: 'utf8' });
    if (status === 0) return stdout.trim();
  }
  return fail('No Chromium on the PATH: install one to take pictures.');
}

/** The first review of the queue: what is due first. */
async function ownReview(page) {
  await page.goto(`${base}/staff/reviews`);
  return page.locator('main table a[href^="/staff/reviews/"]').first().getAttribute('href');
}
let base = '';

async function startService(folder) {
  const env = { ...process.env, POSTBAG_DATA: folder, PORT: '0', SMTP_PORT: '0', POSTBAG_DEMO: '1' };
  const service = spawn(process.execPath, [join(root, 'dist/apps/postbag/src/main.js')], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  base = await new Promise((resolve, reject) => {
    let output = '';
    service.once('exit', () => reject(new Error('The service did not start')));
    service.stdout.on('data', (chunk) => {
      output += chunk.toString();
      const found = /(http:\/\/localhost:\d+)\//.exec(output)?.[1];
      if (found) resolve(found);
    });
  });
  return service;
}

async function signIn(page, name) {
  await page.goto(`${base}/sign-in`);
  await page.locator('.sign-in-person', { hasText: name }).first().click();
  await page.waitForURL(/\/staff/);
}

/** The figures are counted from the log in the background. */
async function settled(page) {
  for (let tries = 0; tries < 120; tries++) {
    await page.goto(`${base}/staff/figures?period=year`);
    const open = await page.locator('[data-figure="Closed"]').textContent();
    const before = open?.trim();
    await sleep(2000);
    await page.reload();
    if (before !== '0 cases: Closed' && before === (await page.locator('[data-figure="Closed"]').textContent())?.trim())
      return;
  }
}

async function take(browser, shot) {
  const context = await browser.newContext({ viewport: shot.viewport ?? WIDE, deviceScaleFactor: 1, locale: 'en-GB' });
  try {
    const page = await context.newPage();
    if (shot.as) await signIn(page, shot.as);
    const path = typeof shot.path === 'function' ? await shot.path(page) : shot.path;
    await page.goto(`${base}${path}`, { waitUntil: 'networkidle' });
    if (shot.before) await shot.before(page);
    const width = (shot.viewport ?? WIDE).width;
    const height = Math.min(TALLEST, await page.evaluate('document.documentElement.scrollHeight'));
    await page.screenshot({
      path: join(pictures, `${shot.name}.png`),
      fullPage: true,
      clip: { x: 0, y: 0, width, height },
    });
    progress(`${shot.name}: ${path}`);
  } finally {
    await context.close();
  }
}

ensureInstalled();
ensureBuilt();
const only = process.argv.slice(2);
const folder = process.env.POSTBAG_DATA ?? mkdtempSync(join(tmpdir(), 'postbag-screenshots-'));
mkdirSync(pictures, { recursive: true });
const { chromium } = await import('playwright-core');
const service = await startService(folder);
const browser = await chromium.launch({
  executablePath: chromiumPath(),
  args: ['--headless', '--no-sandbox', '--disable-quic', '--disable-background-networking', '--lang=en-GB'],
});
let failed = 0;
try {
  const page = await browser.newPage();
  await signIn(page, MANAGER);
  await settled(page);
  await page.close();
  for (const shot of shots.filter(({ name }) => only.length === 0 || only.includes(name))) {
    try {
      await take(browser, shot);
    } catch (error) {
      failed++;
      progress(`${shot.name}: ${String(error?.message ?? error).split('\n')[0]}`);
    }
  }
} finally {
  await browser.close();
  service.kill('SIGTERM');
  await once(service, 'exit');
  if (!process.env.POSTBAG_DATA) rmSync(folder, { recursive: true, force: true });
}
process.exitCode = failed > 0 ? 1 : 0;
