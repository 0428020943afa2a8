import { readFileSync } from 'node:fs';
import type AxeCore from 'axe-core';
import type { Page } from 'playwright-core';

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/**
 * What would keep somebody out: faults against WCAG 2.2 A and AA, and a page wider than the screen.
 *
 * axe runs within the page, as our pages have no frames: what @axe-core/playwright does for those (the result of each
 * frame, passes included, carried to a page of its own) takes ten times as long.
 */
export async function barriers(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const { violations, overflow, frames } = await page.evaluate(async (tags) => {
    const { axe } = window as unknown as { axe: typeof AxeCore };
    const found = await axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] });
    return {
      violations: found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`),
      overflow: document.documentElement.scrollWidth - window.innerWidth,
      frames: window.frames.length,
    };
  }, WCAG);
  if (frames > 0) throw new Error(`${page.url()} has frames, which axe was not asked to look into`);
  return overflow > 0 ? [...violations, `${page.url()} is ${String(overflow)} px too wide`] : violations;
}

/** Chromium itself reports every answer of 4xx: those that a test asks for are no fault. */
export function unexpected(complaints: readonly string[]): string[] {
  return complaints.filter((text) => !/status of (409|412|422)/.test(text));
}

/** Walks with Tab until the control has the focus, as somebody without a mouse does. */
export async function tabTo(page: Page, selector: string, most = 60): Promise<void> {
  for (let presses = 0; presses < most; presses++) {
    await page.keyboard.press('Tab');
    const isThere = await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector);
    if (isThere) return;
  }
  throw new Error(`Tab does not reach ${selector}`);
}
