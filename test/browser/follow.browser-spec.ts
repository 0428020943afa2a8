import type { Page } from 'playwright-core';
import { barriers, BuiltService, tabTo } from '../setup/built-service';

const GO = 'main form button[type=submit]';

describe('following a case', () => {
  let service: BuiltService;
  let people = 0;

  beforeAll(async () => {
    service = await BuiltService.start();
  }, 60_000);
  afterAll(() => service?.stop());

  const heading = (page: Page): Promise<string | null> => page.textContent('h1');

  /** Writes a letter on the form and answers its reference and the address that it gave. */
  async function letter(page: Page): Promise<{ reference: string; email: string }> {
    const email = `asha.ferris-${String(++people)}@post.example`;
    const go = (): Promise<void> => page.locator(GO).first().click();
    await page.goto(`${service.url}/contact/office`);
    await page.check('input[value=west-mercia]');
    await go();
    await page.check('input[value=local]');
    await go();
    await page.fill('#subject', 'Street lights in Ludlow');
    await page.fill('#message', 'The lights by the bridge have been out for a month.');
    await go();
    await page.click('button[value=continue]');
    await page.check('input[value=email]');
    await go();
    await page.fill('#email', email);
    await go();
    await go();
    await go();
    await page.waitForURL(/received/);
    return { reference: page.url().split('/').at(-1) ?? '', email };
  }

  /** The link that came by mail. */
  async function mailed(reference: string): Promise<string> {
    for (let tries = 0; tries < 150; tries++) {
      const [row] = await service.sql<{ body: string }>(
        `SELECT o.body FROM outgoing_message o JOIN case_file c ON c.id = o.case_id
          WHERE c.reference = $1 AND o.kind = 'follow-link' ORDER BY o.queued_at DESC LIMIT 1`,
        [reference],
      );
      const link = /\/follow\/open\/[\w-]{43}/.exec(row?.body ?? '')?.[0];
      if (link !== undefined) return link;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error('No link was mailed');
  }

  it.each([320, 1280])(
    'has no barrier at %d px on any page, with errors and without',
    async (width) => {
      const { page, complaints } = await service.open('/', { viewport: { width, height: 800 } });
      const { reference, email } = await letter(page);
      const found: string[] = [];
      const look = async (): Promise<void> => void found.push(...(await barriers(page)));
      const refused = async (fields: number): Promise<void> => {
        await page.locator(GO).first().click();
        expect(await page.title()).toMatch(/^Error: /);
        for (const link of await page.locator('.govuk-error-summary__list a').all()) {
          expect(await page.locator((await link.getAttribute('href')) ?? '').count()).toBe(1);
        }
        expect(await page.locator('.govuk-error-summary__list a').count()).toBe(fields);
        await look();
      };
      await page.goto(`${service.url}/follow`);
      await look();
      await refused(2);
      await page.fill('#reference', reference.toLowerCase().replaceAll('-', ' '));
      await page.fill('#email', email.toUpperCase());
      await page.locator(GO).first().click();
      expect(await heading(page)).toBe('Look in your e-mail');
      await look();
      await page.goto(`${service.url}${await mailed(reference)}`);
      await look();
      await page.click(GO);
      expect(await heading(page)).toContain(reference);
      await look();
      for (const [what, fields] of [
        ['add', 1],
        ['not-answered', 1],
        ['format', 1],
        ['withdraw', 0],
      ] as const) {
        await page.goto(`${service.url}/follow/case`);
        await page.click(`a[href="/follow/case/${what}"]`);
        await look();
        if (fields > 0) await refused(fields);
      }
      await page.click(GO);
      expect(await page.textContent('.govuk-notification-banner')).toContain('We have noted that you withdraw it');
      await look();
      await page.click('text=Close my case on this device');
      await look();
      for (const path of ['/follow/ended', '/follow/dead']) {
        await page.goto(`${service.url}${path}`);
        await look();
      }
      expect(found).toEqual([]);
      expect(complaints).toEqual([]);
      await page.context().close();
    },
    180_000,
  );

  it('is done without JavaScript and without a mouse, from asking to adding a file', async () => {
    const { page } = await service.open('/', { javaScriptEnabled: false });
    const { reference, email } = await letter(page);
    const press = async (selector: string): Promise<void> => {
      await tabTo(page, selector);
      const before = page.url();
      await page.keyboard.press('Enter');
      await page.waitForURL((url) => url.href !== before);
    };
    await page.goto(service.url);
    await press('.postbag-door a[href="/follow"]');
    await tabTo(page, '#reference');
    await page.keyboard.type(reference);
    await tabTo(page, '#email');
    await page.keyboard.type(email);
    await press('main button');
    await page.goto(`${service.url}${await mailed(reference)}`);
    await press('main button');
    await press('a[href="/follow/case/add"]');
    await tabTo(page, '#text');
    await page.keyboard.type('Here is a photograph of the bridge at night.');
    await page.setInputFiles('#files', { name: 'bridge.png', mimeType: 'image/png', buffer: Buffer.from('picture') });
    await press('main button');
    const text = (await page.textContent('main')) ?? '';
    expect(text).toContain('It is with your case');
    expect(text).toContain('Here is a photograph of the bridge at night.');
    expect(text).toContain('bridge.png (1 KB)');
    await press('a[href="/follow/case/not-answered"]');
    await tabTo(page, '#text');
    await page.keyboard.type('You have not told me about the lights.');
    await press('main button');
    expect(await page.textContent('main')).toContain('somebody will look at it again');
    // The link is used up, and the way back does not open the case again after it was closed.
    await press('.postbag-leave button');
    await page.goto(`${service.url}/follow/case`);
    expect(await heading(page)).toBe('Please ask for a new link');
    await page.context().close();
  }, 120_000);
});
