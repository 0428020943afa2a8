import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { eventually } from '../setup/eventually';
import { barriers, BuiltService, unexpected } from '../setup/built-service';

const WIDTHS = [320, 1280];
const view = (width: number): { viewport: { width: number; height: number } } => ({ viewport: { width, height: 900 } });

// Whole journeys of pages with axe on each, on machines that do other work as well.
jest.setTimeout(120_000);

describe('the page of a case', () => {
  let service: BuiltService;

  beforeAll(async () => {
    service = await BuiltService.startDemonstration();
  }, 300_000);
  afterAll(() => service.stop());

  /** A case of its own for each test, sorted by the rules. */
  async function opened(changes: object = {}): Promise<string> {
    const marker = randomUUID().slice(0, 8);
    const { reference } = await service.api('caseworker', 'POST', '/correspondence', {
      channel: 'letter',
      subject: `Speeding past the school ${marker}`,
      body: 'Cars come down Orchard Lane at forty every morning. Could somebody look at it? http://post.example/track',
      correspondent: { name: `Asha Ferris ${marker}`, email: `asha.${marker}@post.example` },
      ...changes,
    });
    const path = `/cases/${String(reference)}`;
    for (let tries = 0; tries < 200; tries++) {
      const found = await service.api('caseworker', 'GET', path);
      if (found.category !== null && found.queue !== 'triage') return String(reference);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return String(reference);
  }

  const find = async (reference: string): Promise<Record<string, unknown>> =>
    service.api('caseworker', 'GET', `/cases/${reference}`);

  /** What follows from an act may change the case a moment later; a person would look again and go on. */
  async function settled(reference: string): Promise<void> {
    await eventually(async () => {
      expect(await service.sql(`SELECT consumer FROM outbox WHERE state = 'open'`)).toEqual([]);
      expect(await find(reference)).toMatchObject({ acknowledgedAt: expect.any(String) as unknown });
    }, 20_000);
  }

  async function press(page: Page, name: string | RegExp, role: 'button' | 'link' = 'button'): Promise<void> {
    await page.getByRole(role, { name }).first().focus();
    await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
  }

  /** Clicks what leads to another page, and waits for that. */
  async function click(page: Page, selector: string): Promise<void> {
    await Promise.all([page.waitForEvent('load'), page.click(selector)]);
  }

  it.each(WIDTHS)('is read, taken, answered from a template, approved and sent by keyboard at %d px', async (width) => {
    const reference = await opened();
    await settled(reference);
    const clerk = await service.openAs('caseworker', `/staff/cases/${reference}`, view(width));
    const { page } = clerk;
    expect(await page.textContent('h1')).toContain('Speeding past the school');
    expect(await page.textContent('main')).toMatch(/Reply due on \w+ \d+ \w+ \d{4}: in \d+ working days/);
    // A link in a stranger's text is text.
    expect(await page.locator('.postbag-letter a').count()).toBe(0);
    expect(await barriers(page)).toEqual([]);
    await press(page, 'Take this case');
    expect(await page.textContent('main')).toContain('You have this case');
    expect(await barriers(page)).toEqual([]);
    await press(page, 'Write a reply');
    expect(await barriers(page)).toEqual([]);
    await page.selectOption('#template', 'reply-blank');
    await press(page, 'Fill in');
    expect(await page.inputValue('#body')).toContain('[Write your answer here]');
    await press(page, 'Save and preview');
    expect(await page.title()).toMatch(/^Error: /);
    expect(await page.textContent('.govuk-error-summary')).toContain('Write your answer in place of');
    expect(await barriers(page)).toEqual([]);
    const letter = (await page.inputValue('#body')).replace(
      '[Write your answer here]',
      'Officers will watch the lane.',
    );
    await page.fill('#body', letter);
    await page.focus('#body');
    await Promise.all([page.waitForURL(/preview/), page.keyboard.press('Control+Enter')]);
    const preview = await page.textContent('.postbag-preview');
    expect(preview).toContain('opcc@west-mercia.example');
    expect(preview).toContain('@post.example');
    expect(preview).toContain('Officers will watch the lane.');
    expect(preview).toContain('Yours sincerely');
    expect(await barriers(page)).toEqual([]);
    await press(page, 'Submit for approval');
    expect(await page.textContent('main')).toContain('waits for approval');
    const chief = await service.openAs('manager', `/staff/cases/${reference}/reply/preview`, view(width));
    await press(chief.page, 'Approve');
    expect(await chief.page.textContent('main')).toContain('Approved. It can be sent.');
    expect(await barriers(chief.page)).toEqual([]);
    await page.goto(`${service.url}/staff/cases/${reference}/reply/preview`);
    await press(page, 'Send the reply');
    expect(await page.textContent('main')).toContain('Until then it can be taken back');
    expect(await barriers(page)).toEqual([]);
    await page.goto(`${service.url}/staff/outgoing?status=queued`);
    expect(await page.textContent('table')).toContain(reference);
    expect(await barriers(page)).toEqual([]);
    await press(page, new RegExp(`Reply to your message: ${reference}`), 'link');
    expect(await page.textContent('main')).toContain('Officers will watch the lane.');
    expect(await barriers(page)).toEqual([]);
    expect(unexpected([...clerk.complaints, ...chief.complaints])).toEqual([]);
    await clerk.close();
    await chief.close();
  });

  it('takes a reply back within its minute, and the case waits for its answer again', async () => {
    const reference = await opened();
    await service.api('caseworker', 'POST', `/cases/${reference}/draft`, { subject: 'Yours', body: 'Dear Ms Ferris' });
    await service.api('caseworker', 'POST', `/cases/${reference}/submit`);
    await service.api('manager', 'POST', `/cases/${reference}/approve`);
    const { page, close } = await service.openAs('caseworker', `/staff/cases/${reference}/reply/preview`);
    await click(page, 'text=Send the reply');
    expect(await find(reference)).toMatchObject({ status: 'sent', answeredAt: expect.any(String) });
    await click(page, 'text=Take the reply back');
    expect(await page.textContent('.govuk-notification-banner')).toContain('The reply was taken back');
    expect(await find(reference)).toMatchObject({ status: 'approved', answeredAt: null, draft: { state: 'approved' } });
    expect(await page.textContent('main')).toMatch(/Reply due on .*: in \d+ working days/);
    expect(await page.textContent('main')).toContain('Reply taken back before it went out');
    await close();
  });

  it('shows both letters before a case is passed on, and says to the destination only what is true', async () => {
    const reference = await opened();
    await settled(reference);
    const { page, complaints, close } = await service.openAs('caseworker', `/staff/cases/${reference}/forward`);
    expect(await barriers(page)).toEqual([]);
    await page.selectOption('#destination', '');
    await click(page, 'text=See both letters');
    expect(await page.textContent('.govuk-error-summary')).toContain('Choose to whom it is passed');
    expect(await barriers(page)).toEqual([]);
    await page.selectOption('#destination', 'force-neighbourhoods');
    await page.fill('#reason', 'the policing of one street is for the force to decide');
    await page.fill('#lawfulBasis', 'Public task');
    await click(page, 'text=See both letters');
    expect(await page.locator('.postbag-preview').count()).toBe(2);
    expect(await page.textContent('main')).toContain('The sender has been told');
    expect(await page.textContent('main')).toContain('We have passed it to West Mercia Police');
    expect(await barriers(page)).toEqual([]);
    expect(await find(reference)).toMatchObject({ forwardedTo: null });
    await click(page, 'text=Change something');
    await page.check('input[name=notifySender][value=no]');
    await click(page, 'text=See both letters');
    expect(await page.textContent('main')).not.toContain('The sender has been told');
    await click(page, 'button:has-text("Pass it on")');
    expect(await page.textContent('.govuk-notification-banner')).toContain('passed on');
    expect(await find(reference)).toMatchObject({ status: 'forwarded', forwardedTo: 'force-neighbourhoods' });
    expect(unexpected(complaints)).toEqual([]);
    await close();
  });

  it.each(WIDTHS)('is paused, resumed, extended, linked, noted and closed at %d px', async (width) => {
    const [reference, other] = [await opened(), await opened()];
    await settled(reference);
    const { page, complaints, close } = await service.openAs('caseworker', `/staff/cases/${reference}`, view(width));
    const go = (action: string): Promise<unknown> => page.goto(`${service.url}/staff/cases/${reference}/${action}`);
    await go('pause');
    expect(await barriers(page)).toEqual([]);
    await click(page, 'button:has-text("Pause the case")');
    expect(await page.title()).toMatch(/^Error: /);
    expect(await barriers(page)).toEqual([]);
    await page.fill('#reason', 'We wait for the force.');
    await click(page, 'button:has-text("Pause the case")');
    expect(await page.textContent('main')).toContain('waits while the case is paused');
    expect(await page.textContent('main')).toContain('We wait for the force.');
    await click(page, 'text=Resume: the clocks run on');
    expect(await page.textContent('main')).toContain('Resumed: the clocks run on');
    await go('extend');
    expect(await barriers(page)).toEqual([]);
    await page.check('input[value=reply]');
    await page.fill('#dueOn', '2020-01-01');
    await page.fill('#reason', 'The force needs a month.');
    await click(page, 'button:has-text("Extend the deadline")');
    expect(await page.textContent('#dueOn-error')).toContain('Must be later than');
    await page.fill('#dueOn', '2031-03-03');
    await click(page, 'button:has-text("Extend the deadline")');
    expect(await page.textContent('main')).toContain('Monday 3 March 2031');
    await go('link');
    await page.fill('#reference', other);
    await click(page, 'button:has-text("Link the cases")');
    expect(await page.textContent('main')).toContain(other);
    await page.fill('#text', 'She prefers <b>mornings</b>.');
    await click(page, 'button:has-text("Add the note")');
    expect(await page.textContent('.postbag-note')).toContain('<b>mornings</b>');
    expect(await barriers(page)).toEqual([]);
    await click(page, 'text=Remove link');
    expect(await page.textContent('main')).toContain('The link was removed');
    await go('triage');
    expect(await barriers(page)).toEqual([]);
    await go('close');
    await page.check('input[value=other-words]');
    await click(page, 'button:has-text("Close the case")');
    expect(await page.textContent('#words-error')).toContain('Say why it can be closed');
    await page.check('input[value=no-reply-needed]');
    await click(page, 'button:has-text("Close the case")');
    expect(await find(reference)).toMatchObject({ status: 'closed', closeReason: 'no-reply-needed' });
    expect(await barriers(page)).toEqual([]);
    expect(unexpected(complaints)).toEqual([]);
    await close();
  });

  it('shows a risk alert first and loud, until somebody confirms it', async () => {
    const reference = await opened({
      body: 'My ex partner threatened to kill me last night. I am scared.',
      channel: 'web-form',
    });
    const { page, complaints, close } = await service.openAs('caseworker', `/staff/cases/${reference}`, view(320));
    const alert = page.getByRole('alert').first();
    expect(await alert.textContent()).toContain('Somebody must look at this now');
    expect(await barriers(page)).toEqual([]);
    await press(page, 'I have looked and take it on');
    expect(await page.getByRole('alert').count()).toBe(1);
    expect(await page.textContent('main')).toContain('confirmed by');
    expect(unexpected(complaints)).toEqual([]);
    await close();
  });

  it('keeps what was typed when somebody else changes the case, and says who', async () => {
    const reference = await opened();
    await settled(reference);
    const { page, close } = await service.openAs('caseworker', `/staff/cases/${reference}/pause`, {
      javaScriptEnabled: false,
    });
    await page.fill('#reason', 'A long reason that took a while to write.');
    await service.api('manager', 'POST', `/cases/${reference}/note`, { text: 'Seen.' });
    await click(page, 'button:has-text("Pause the case")');
    expect(await page.textContent('.postbag-changed')).toMatch(/changed this case while you were on this page/);
    expect(await page.inputValue('#reason')).toBe('A long reason that took a while to write.');
    expect(await find(reference)).not.toMatchObject({ status: 'paused' });
    await click(page, 'button:has-text("Pause the case")');
    expect(await find(reference)).toMatchObject({ status: 'paused' });
    await close();
  });

  it('tells somebody who has the page open that another changed the case', async () => {
    const reference = await opened();
    await settled(reference);
    const { page, close } = await service.openAs('caseworker', `/staff/cases/${reference}`);
    const readings = async (): Promise<unknown> =>
      (await page.request.get(`${service.url}/staff/cases/${reference}/version`)).json();
    expect(await readings()).toMatchObject({ version: expect.any(Number), isOwn: false });
    await service.api('manager', 'POST', `/cases/${reference}/note`, { text: 'Seen.' });
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await page.getByText('changed this case a moment ago').waitFor({ timeout: 20_000 });
    expect(await page.locator('[data-live] a').textContent()).toBe('Load it again');
    expect(await barriers(page)).toEqual([]);
    await close();
  });

  it('wants a tick before anything goes to somebody with a safe-contact note', async () => {
    const reference = await opened();
    const { correspondent } = await find(reference);
    await service.sql(`UPDATE correspondent SET safe_contact_note = 'Never by post: he opens it' WHERE id = $1`, [
      (correspondent as { id: string }).id,
    ]);
    await service.api('caseworker', 'POST', `/cases/${reference}/draft`, { subject: 'Yours', body: 'Dear Ms Ferris' });
    await service.api('caseworker', 'POST', `/cases/${reference}/submit`);
    await service.api('manager', 'POST', `/cases/${reference}/approve`);
    const { page, close } = await service.openAs('caseworker', `/staff/cases/${reference}`);
    const order = await page.evaluate(() => {
      const [note, answer] = [document.querySelector('.postbag-caution'), document.querySelector('#answer')];
      return note && answer ? note.compareDocumentPosition(answer) : 0;
    });
    expect(order & 4).toBe(4);
    await page.goto(`${service.url}/staff/cases/${reference}/reply/preview`);
    await click(page, 'text=Send the reply');
    expect(await page.title()).toMatch(/^Error: /);
    expect(await page.textContent('.govuk-error-summary')).toContain('Confirm that you have read');
    expect(await barriers(page)).toEqual([]);
    await page.check('input[name=cautionRead]');
    await click(page, 'text=Send the reply');
    expect(await find(reference)).toMatchObject({ status: 'sent' });
    await close();
  });

  it('keeps what was typed in a window that closed', async () => {
    const reference = await opened();
    await settled(reference);
    const first = await service.openAs('caseworker', `/staff/cases/${reference}/reply`);
    const before = await find(reference);
    await first.page.fill('#body', 'Half a letter');
    await first.page.getByText('What you typed is kept.').waitFor({ timeout: 20_000 });
    await first.close();
    expect(await find(reference)).toMatchObject({ version: before.version, draft: null });
    const second = await service.openAs('caseworker', `/staff/cases/${reference}/reply`);
    expect(await second.page.inputValue('#body')).toBe('Half a letter');
    expect(await barriers(second.page)).toEqual([]);
    await second.close();
    const other = await service.openAs('manager', `/staff/cases/${reference}/reply`);
    expect(await other.page.inputValue('#body')).toBe('');
    await other.close();
  });

  it('records who looked, for those who may see the record', async () => {
    const reference = await opened();
    const { page, close } = await service.openAs('caseworker', `/staff/cases/${reference}`);
    expect(await page.locator('text=Who has looked at this case').count()).toBe(0);
    expect((await page.goto(`${service.url}/staff/cases/${reference}/readers`))?.status()).toBe(403);
    await close();
    const manager = await service.openAs('manager', `/staff/cases/${reference}`);
    await click(manager.page, 'text=Who has looked at this case');
    expect(await manager.page.textContent('table')).toContain('Case');
    expect(await barriers(manager.page)).toEqual([]);
    await manager.close();
  });

  it('is not found for who may not know of it, and says so of a file or message that is not there', async () => {
    const { page, close } = await service.openAs('caseworker', '/staff/cases/WD-2026-000001-X');
    for (const path of ['WM-2026-999999-2', 'nonsense', `${await opened()}/messages/${randomUUID()}`]) {
      expect((await page.goto(`${service.url}/staff/cases/${path}`))?.status()).toBe(404);
    }
    await close();
  });

  it('weighs less than 100 KB', async () => {
    const { page, close } = await service.openAs('caseworker', '/health/live');
    const network = await page.context().newCDPSession(page);
    let bytes = 0;
    network.on('Network.loadingFinished', ({ encodedDataLength }) => (bytes += encodedDataLength));
    await network.send('Network.enable');
    await page.goto(`${service.url}/staff/cases/${await opened()}`, { waitUntil: 'networkidle' });
    expect(bytes).toBeGreaterThan(10_000);
    expect(bytes).toBeLessThan(100_000);
    await close();
  });

  describe('logging a call', () => {
    it.each(WIDTHS)('finds the caller while one types and saves with Ctrl and Enter at %d px', async (width) => {
      const marker = randomUUID().slice(0, 6);
      const phone = `01632 960 ${String(Math.floor(Math.random() * 900) + 100)}`;
      await opened({ correspondent: { name: `Dilys Quince ${marker}`, phone } });
      const { page, complaints, close } = await service.openAs('caseworker', '/staff/log', view(width));
      expect(await page.evaluate(() => document.activeElement?.id)).toBe('find');
      expect(await barriers(page)).toEqual([]);
      await page.keyboard.type(`quince ${marker}`);
      await page.locator('[data-caller]').first().waitFor();
      expect(await barriers(page)).toEqual([]);
      await page.keyboard.press('Tab');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      expect(await page.inputValue('#phone')).toBe(phone);
      await page.keyboard.type('Parking by the school');
      await page.keyboard.press('Tab');
      await page.keyboard.type('She asks who enforces it.');
      await Promise.all([page.waitForURL(/\/staff\/cases\//), page.keyboard.press('Control+Enter')]);
      expect(await page.textContent('main')).toContain('Parking by the school');
      expect(await page.textContent('main')).toContain(`Dilys Quince ${marker}`);
      expect(unexpected(complaints)).toEqual([]);
      await close();
    });

    it('closes what was answered on the call, without JavaScript, with a file', async () => {
      const { page, close } = await service.openAs('caseworker', '/staff/log', { javaScriptEnabled: false });
      await click(page, 'button:has-text("Save") >> nth=1');
      expect(await page.title()).toMatch(/^Error: /);
      await page.fill('#find', 'nobody of that name');
      await click(page, 'button:has-text("Find")');
      expect(await page.textContent('[data-found]')).toContain('Nobody known by that');
      await page.fill('#name', 'Tomos Quill');
      await page.fill('#phone', '01632 960 777');
      await page.fill('#subject', 'Opening hours');
      await page.fill('#body', 'When are you open?');
      await page.check('input[name=answered]');
      await page.fill('#answer', 'Nine to five on weekdays.');
      await page.setInputFiles('#files', { name: 'note.txt', mimeType: 'text/plain', buffer: Buffer.from('note') });
      await click(page, 'button:has-text("Save") >> nth=1');
      await page.waitForURL(/\/staff\/cases\//);
      const text = (await page.textContent('main')) ?? '';
      expect(text).toContain('Nine to five on weekdays.');
      expect(text).toContain('note.txt');
      expect(text).toContain('Not scanned for viruses');
      const reference = /WM-\d{4}-\d{6}-[0-9A-Z]/.exec(page.url())?.[0] ?? '';
      expect(await find(reference)).toMatchObject({ status: 'closed', closeReason: 'answered-by-telephone' });
      await close();
    });
  });
});
