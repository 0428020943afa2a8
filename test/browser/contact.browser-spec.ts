import { formatReference } from '@app/kernel';
import type { Page } from 'playwright-core';
import { barriers, BuiltService, tabTo } from '../setup/built-service';

const SUBMIT = 'main form:not(.postbag-leave) button[type=submit], main form:not(.postbag-leave) button:not([type])';

describe('the contact form', () => {
  let service: BuiltService;

  beforeAll(async () => {
    service = await BuiltService.start();
  }, 60_000);
  afterAll(() => service?.stop());

  const go = (page: Page): Promise<void> => page.locator(SUBMIT).first().click();
  const heading = (page: Page): Promise<string | null> => page.textContent('h1');

  /** From the first question to the summary. */
  async function write(page: Page): Promise<void> {
    await page.goto(`${service.url}/contact/office`);
    await page.check('input[value=west-mercia]');
    await go(page);
    await page.check('input[value=local]');
    await go(page);
    await page.fill('#subject', 'Street lights in Ludlow');
    await page.fill('#message', 'The lights by the bridge have been out for a month.');
    await go(page);
    await page.click('button[value=continue]');
    await page.check('input[value=email]');
    await go(page);
    await page.fill('#email', 'asha.ferris@post.example');
    await go(page);
    await go(page);
    await page.waitForURL(/check$/);
  }

  it.each([320, 1280])(
    'has no barrier at %d px on any page, with errors and without',
    async (width) => {
      const { page, complaints } = await service.open('/', { viewport: { width, height: 800 } });
      const found: string[] = [];
      const look = async (): Promise<void> => void found.push(...(await barriers(page)));
      for (const path of ['/', '/accessibility', '/privacy', '/contact', '/contact/expired', '/nowhere']) {
        await page.goto(`${service.url}${path}`);
        await look();
      }
      await page.goto(`${service.url}/contact/office`);
      const refused = async (fields: number): Promise<void> => {
        await look();
        await go(page);
        expect(await page.title()).toMatch(/^Error: /);
        expect(await page.locator('.govuk-error-summary__list a').count()).toBe(fields);
        for (const link of await page.locator('.govuk-error-summary__list a').all()) {
          expect(await page.locator((await link.getAttribute('href')) ?? '').count()).toBe(1);
        }
        await look();
      };
      await refused(1);
      await page.click('text=I am not sure');
      await refused(1);
      await page.fill('#postcode', 'ZZ99 1AA');
      await go(page);
      expect(await page.textContent('.govuk-inset-text')).toContain('cannot tell');
      await page.click('text=I am not sure');
      await page.fill('#postcode', 'wr1 2aa');
      await go(page);
      expect(await page.textContent('.govuk-inset-text')).toContain('WR1 2AA is in the area');
      expect(await page.isChecked('input[value=west-mercia]')).toBe(true);
      await look();
      await go(page);
      await refused(1);
      await page.check('input[value=complaint]');
      await go(page);
      expect(await page.textContent('h2')).toContain('The police force deals with your complaint first');
      await look();
      await page.click('text=Go on with my message');
      await refused(2);
      await page.fill('#subject', 'Stopped on the A49');
      await page.fill('#message', 'x'.repeat(20_001));
      await go(page);
      expect(await page.textContent('#message-error')).toContain('20,000');
      expect((await page.inputValue('#message')).length).toBe(20_001);
      await page.fill('#message', 'I was stopped and not told why.');
      await go(page);
      await page.click('button[value=add]');
      expect(await page.textContent('#files-error')).toContain('Choose a file');
      await look();
      await page.setInputFiles('#files', { name: 'empty.txt', mimeType: 'text/plain', buffer: Buffer.alloc(0) });
      await page.click('button[value=add]');
      expect(await page.textContent('#files-error')).toContain('nothing in the file empty.txt');
      await page.setInputFiles('#files', { name: 'road.png', mimeType: 'image/png', buffer: Buffer.from('picture') });
      await page.click('button[value=add]');
      await look();
      await page.click('button[value=continue]');
      for (const way of ['phone', 'post', 'email']) {
        if (way === 'phone') await refused(1);
        else await page.goto(`${service.url}/contact/reply`);
        await page.check(`input[value=${way}]`);
        await go(page);
        await refused(way === 'post' ? 2 : 1);
      }
      await page.fill('#email', 'asha.ferris@post.example');
      await go(page);
      await page.check('input[name=format-language]');
      await refused(1);
      expect(await page.isChecked('input[name=format-language]')).toBe(true);
      await page.fill('#more', 'Polish');
      await go(page);
      await look();
      await go(page);
      await page.waitForURL(/received/);
      await look();
      expect(found).toEqual([]);
      expect(complaints).toEqual([]);
      await page.context().close();
    },
    60_000,
  );

  it('is written and sent without JavaScript and without a mouse, with a file, and says what comes next', async () => {
    const { page } = await service.open('/', { javaScriptEnabled: false });
    const press = async (selector: string, key = 'Enter'): Promise<void> => {
      await tabTo(page, selector);
      const before = page.url();
      await page.keyboard.press(key);
      if (key === 'Enter') await page.waitForURL((url) => url.href !== before);
    };
    const type = async (selector: string, text: string): Promise<void> => {
      await tabTo(page, selector);
      await page.keyboard.type(text);
    };
    await press('.postbag-door a');
    await press('main a[role=button]');
    await press('input[name=office]', 'Space');
    await press('main button');
    await press('input[name=topic]', 'Space');
    await press('main button');
    await type('#subject', 'Dark path');
    await type('#message', 'The path to the school is dark. A photograph is attached.');
    await press('main button');
    await page.setInputFiles('#files', { name: 'path.png', mimeType: 'image/png', buffer: Buffer.from('picture') });
    await press('button[value=continue]');
    await tabTo(page, 'input[name=replyBy]');
    // The arrows move within a group of radio buttons.
    await page.keyboard.press('ArrowDown');
    await press('main button');
    await type('#phone', '01632 960 123');
    await type('#name', 'Bartek Wolny');
    await press('main button');
    await press('input[name=format-large-print]', 'Space');
    await press('input[name=format-language]', 'Space');
    await type('#more', 'Polish');
    await press('main button');
    await press('main button');
    await page.waitForURL(/received/);
    const text = (await page.textContent('main')) ?? '';
    const reference = /WM-\d{4}-\d{6}-[0-9A-Z]/.exec(text)?.[0];
    expect(text).toMatch(/You should hear from us by \w+day \d+ \w+ \d{4}\./);
    expect(text).toContain('W for Whisky, M for Mike');
    expect(text).toContain('We will telephone you');
    expect(text).toContain('call 999');
    const rows = await service.sql(
      `SELECT c.channel, p.phone, p.name, p.preferred_channel, p.adjustments, a.filename, a.size_bytes::int
         FROM case_file c JOIN correspondent p ON p.id = c.correspondent_id
         JOIN message_attachment a ON a.case_id = c.id WHERE c.reference = $1`,
      [reference],
    );
    expect(rows).toEqual([
      {
        channel: 'web-form',
        phone: '01632 960 123',
        name: 'Bartek Wolny',
        preferred_channel: 'phone',
        adjustments: 'In large print; In another language\nPolish',
        filename: 'path.png',
        size_bytes: 7,
      },
    ]);
    await page.context().close();
  }, 60_000);

  it('changes one answer from the summary and comes back to it, and the way back works', async () => {
    const { page } = await service.open('/contact');
    await write(page);
    await page.locator('a', { hasText: 'Change In a few words' }).click();
    expect(await page.inputValue('#message')).toBe('The lights by the bridge have been out for a month.');
    await page.fill('#subject', 'Lamps');
    await go(page);
    expect(page.url()).toMatch(/check$/);
    expect(await page.textContent('main')).toContain('Lamps');
    // Another way of reply needs other details, and the address given before is not used.
    await page.locator('a', { hasText: 'Change Reply' }).click();
    await page.check('input[value=phone]');
    await go(page);
    expect(page.url()).toMatch(/details$/);
    await page.fill('#phone', '01632 960 124');
    await go(page);
    expect(await page.textContent('main')).not.toContain('asha.ferris');
    await page.goBack();
    await page.goBack();
    await page.goForward();
    expect(await page.inputValue('#phone')).toBe('01632 960 124');
    await page.context().close();
  });

  it('is one letter when it is sent twice, also after the way back', async () => {
    const { page } = await service.open('/contact');
    await write(page);
    const send = async (): Promise<string | undefined> => {
      const response = await page.request.post(`${service.url}/contact/check`, { maxRedirects: 0 });
      expect(response.status()).toBe(303);
      return response.headers().location;
    };
    const [first, second] = await Promise.all([send(), send()]);
    expect(first).toMatch(/received\/WM-/);
    expect(second).toBe(first);
    expect(await send()).toBe(first);
    await page.goto(`${service.url}/contact/message`);
    expect(page.url()).toContain(first);
    await page.goto(`${service.url}/contact/office`);
    expect(await page.isChecked('input[value=west-mercia]')).toBe(false);
    await page.context().close();
  });

  it('keeps letters sealed, lets one be deleted, and tells kindly when its time is over', async () => {
    const { page } = await service.open('/contact');
    await write(page);
    const [row] = await service.sql<{ sealed: Buffer }>(
      `SELECT sealed FROM contact_draft ORDER BY created_at DESC LIMIT 1`,
    );
    expect(row?.sealed.includes('bridge')).toBe(false);
    await page.click('text=Delete my answers');
    expect(await heading(page)).toContain('Contact your police');
    await write(page);
    await service.sql(`UPDATE contact_draft SET expires_at = now() - interval '1 minute'`);
    await page.goto(`${service.url}/contact/check`);
    expect(await heading(page)).toBe('Please start again');
    await write(page);
    await page.goto(`${service.url}/contact/message`);
    await service.sql(`UPDATE contact_draft SET expires_at = now() - interval '1 minute'`);
    await page.fill('#message', 'A long letter that took an hour.');
    await go(page);
    expect(await page.textContent('main')).toContain('We have kept what you typed just now');
    await page.click('main a[role=button]');
    await page.goto(`${service.url}/contact/message`);
    expect(await page.inputValue('#message')).toBe('A long letter that took an hour.');
    await page.context().close();
  });

  it('explains itself to a browser that keeps no cookies', async () => {
    // Where the first answer leads, without the cookie that it set.
    const { page } = await service.open('/contact/topic?begun=1');
    expect(await heading(page)).toBe('Your browser did not keep our cookie');
    await page.context().close();
  });

  it('holds the limits of files over all pages', async () => {
    const { page } = await service.open('/contact');
    await write(page);
    await page.goto(`${service.url}/contact/files`);
    const files = (number: number, bytes: number): { name: string; mimeType: string; buffer: Buffer }[] =>
      Array.from({ length: number }, (_, index) => ({
        name: `${String(index)}.bin`,
        mimeType: 'application/octet-stream',
        buffer: Buffer.alloc(bytes, 1),
      }));
    await page.setInputFiles('#files', files(2, 10 * 1024 * 1024));
    await page.click('button[value=add]');
    await page.setInputFiles('#files', files(1, 11 * 1024 * 1024));
    await page.click('button[value=add]');
    expect(await page.textContent('#files-error')).toContain('30 megabytes');
    expect(await page.locator('.postbag-added-files__item').count()).toBe(2);
    await page.locator('.postbag-added-files__item button').first().click();
    expect(await page.locator('.postbag-added-files__item').count()).toBe(1);
    await page.setInputFiles('#files', files(20, 10));
    await page.click('button[value=add]');
    expect(await page.textContent('#files-error')).toContain('no more than 20');
    await page.context().close();
  }, 60_000);

  it('says the same for every reference, in pages under 100 KB', async () => {
    const { page } = await service.open('/contact');
    const network = await page.context().newCDPSession(page);
    let bytes = 0;
    network.on('Network.loadingFinished', ({ encodedDataLength }) => (bytes += encodedDataLength));
    await network.send('Network.enable');
    await network.send('Network.setCacheDisabled', { cacheDisabled: true });
    for (const path of ['/', '/contact', '/contact/office', '/accessibility', '/privacy']) {
      bytes = 0;
      await page.goto(`${service.url}${path}`, { waitUntil: 'networkidle' });
      expect([path, bytes > 10_000, bytes < 100_000]).toEqual([path, true, true]);
    }
    await network.detach();
    await write(page);
    await go(page);
    await page.waitForURL(/received/);
    const known = new URL(page.url()).pathname;
    const stranger = await service.open('/');
    const seen = async (path: string): Promise<string> => {
      const response = await stranger.page.goto(`${service.url}${path}`);
      expect(response?.status()).toBe(200);
      const reference = path.split('/').at(-1) ?? '';
      const text = (await stranger.page.textContent('main')) ?? '';
      return text.replaceAll(reference, 'REFERENCE').replace(/On the telephone, say.*?Keep/s, 'Keep');
    };
    const unknown = formatReference({ officeCode: 'WM', year: 2026, number: 999_999 });
    expect(await seen(known)).toBe(await seen(`/contact/received/${unknown}`));
    await stranger.page.context().close();
    await page.context().close();
  }, 60_000);

  it('offers no other language while there is none, and names the one it is in', async () => {
    const { page } = await service.open('/?lang=cy');
    expect(await page.getAttribute('html', 'lang')).toBe('en');
    expect(await page.locator('a[hreflang]').count()).toBe(0);
    await page.context().close();
  });
});
