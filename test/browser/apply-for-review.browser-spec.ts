import { addDays, dayInWords, londonDate } from '@app/kernel';
import type { Page } from 'playwright-core';
import { barriers, BuiltService } from '../setup/built-service';

const GO = 'main form:not(.postbag-leave form) button[type=submit]';

/** What to choose and fill on each page, by its path; a page without an entry is left as it is. */
type Answers = Readonly<Record<string, readonly (readonly [field: string, value: string])[]>>;

const daysAgo = (days: number): string => addDays(londonDate(new Date()), -days);
const on = (field: string, day: string): [string, string][] =>
  ['year', 'month', 'day'].map((part, index) => [`${field}-${part}`, day.split('-')[index] ?? '']);

const IN_TIME: Answers = {
  force: [['force', 'west-mercia']],
  who: [['who', 'complainant']],
  outcome: [['outcome', 'yes']],
  recorded: [['recorded', 'yes']],
  handling: [['handling', 'otherwise']],
  letter: on('letterOn', daysAgo(10)),
  rights: [['told', 'letter']],
  body: [['named', 'office']],
  made: on('madeOn', daysAgo(90)),
  sent: [['sentTo', 'no']],
  complaint: [['complaint', 'I was stopped on the A49 and not told why.']],
  grounds: [['grounds', 'Nobody watched the recording.']],
  reply: [['replyBy', 'email']],
  details: [
    ['name', 'Asha Ferris'],
    ['email', 'asha.ferris@post.example'],
  ],
  equality: [['equality-age', '35-44']],
};

describe('applying for a review', () => {
  let service: BuiltService;

  beforeAll(async () => {
    service = await BuiltService.start();
  }, 60_000);
  afterAll(() => service?.stop());

  const stepOf = (page: Page): string => new URL(page.url()).pathname.split('/').at(-1) ?? '';
  const main = async (page: Page): Promise<string> => (await page.innerText('main')).replace(/\s+/g, ' ');

  async function fill(page: Page, [name, value]: readonly [string, string]): Promise<void> {
    const field = page.locator(`[name="${name}"]`);
    const type = await field.first().getAttribute('type');
    if (type === 'radio' || type === 'checkbox') await page.check(`[name="${name}"][value="${value}"]`);
    else await field.fill(value);
  }

  /** From where the form is to a page, looking at each on the way. */
  async function walk(
    page: Page,
    answers: Answers,
    until: string,
    look = (): Promise<void> => Promise.resolve(),
  ): Promise<string[]> {
    const walked: string[] = [];
    for (let step = stepOf(page); step !== until; step = stepOf(page)) {
      if (walked.length > 40) throw new Error(`The form goes round: ${walked.join(', ')}`);
      walked.push(step);
      for (const answer of answers[step] ?? []) await fill(page, answer);
      await look();
      const before = page.url();
      await page.locator(GO).first().click();
      await page.waitForURL((url) => url.href.split('?')[0] !== before.split('?')[0]);
    }
    return walked;
  }

  const send = async (page: Page): Promise<string> => {
    await page.locator(GO).first().click();
    await page.waitForURL(/received\//);
    return stepOf(page);
  };

  it('in time, without JavaScript: sees the days counted, and what happens next', async () => {
    const { page } = await service.open('/apply-for-a-review', { javaScriptEnabled: false });
    await page.click('main a[role=button]');
    const walked = await walk(page, IN_TIME, 'result');
    expect(walked).not.toContain('late');
    expect(await page.textContent('h1')).toBe('From what you have told us, you can ask us for a review');
    const last = daysAgo(10 - 28);
    expect(await main(page)).toContain(`The last day is ${dayInWords(last)}`);
    expect(await page.locator('.postbag-strip__day--counted').count()).toBe(28);
    expect(await page.locator('.postbag-strip__list tbody tr').count()).toBe(3);
    await walk(page, IN_TIME, 'check');
    expect(await main(page)).toContain('Answered: kept apart from your application');
    await page.locator('a', { hasText: 'Change What would put it right' }).click();
    await page.fill('#wanted', 'Watch it.');
    await page.locator(GO).first().click();
    expect(stepOf(page)).toBe('check');
    expect(await send(page)).toMatch(/^WM-/);
    expect(await main(page)).toContain('We will confirm in writing that we have it by');
    await page.goBack();
    expect(stepOf(page)).toMatch(/^WM-/);
    await page.context().close();
  }, 60_000);

  it.each([320, 1280])(
    'late, with a representative, at %d px: no barrier on any page, with errors and without',
    async (width) => {
      const { page, complaints } = await service.open('/apply-for-a-review', { viewport: { width, height: 800 } });
      const found: string[] = [];
      const look = async (): Promise<void> => void found.push(...(await barriers(page)));
      await look();
      await page.click('main a[role=button]');
      await page.locator(GO).first().click();
      expect(await page.title()).toMatch(/^Error: /);
      const answers: Answers = {
        ...IN_TIME,
        who: [['who', 'representative']],
        consent: [['consent', 'no']],
        letter: on('letterOn', daysAgo(200)),
        made: on('madeOn', daysAgo(290)),
        late: [['lateReasons-health', 'yes']],
        complainant: [['complainantName', 'Bram Tarn']],
      };
      const walked = await walk(page, answers, 'result', look);
      expect(walked).toEqual(expect.arrayContaining(['consent', 'late']));
      expect(await page.textContent('h1')).toBe('There may be a difficulty, but you can still apply');
      expect(await main(page)).toContain('172 days late');
      expect(await main(page)).toContain('We need their written consent before we can decide');
      expect(await main(page)).toMatch(/\d+ weeks in which nothing was counted are not shown/);
      await walk(page, answers, 'check', look);
      await look();
      await send(page);
      await look();
      await page.goto(`${service.url}/apply-for-a-review/dead-link`);
      await look();
      expect(found).toEqual([]);
      expect(complaints).toEqual([]);
      await page.context().close();
    },
    120_000,
  );

  it('at the wrong body: is told that nothing need be sent twice, and goes on by a saved link', async () => {
    const { page } = await service.open('/apply-for-a-review/force');
    await walk(page, { ...IN_TIME, body: [['named', 'iopc']] }, 'result');
    expect(await main(page)).toContain('You need not send anything twice');
    await page.click('text=Save and go on later');
    await page.fill('#email', 'asha.ferris@post.example');
    await page.locator(GO).first().click();
    expect(await page.textContent('h1')).toBe('Look in your e-mail');
    const [mail] = await service.sql<{ body: string }>(`SELECT body FROM outgoing_message WHERE kind = 'draft-link'`);
    const link = /\/apply-for-a-review\/go-on\/\S+/.exec(mail?.body ?? '')?.[0] ?? '';
    const elsewhere = await service.open(link);
    expect(await barriers(elsewhere.page)).toEqual([]);
    await elsewhere.page.locator(GO).first().click();
    expect(stepOf(elsewhere.page)).toBe('result');
    await elsewhere.page.goto(`${service.url}${link}`);
    await elsewhere.page.locator(GO).first().click();
    expect(await elsewhere.page.textContent('h1')).toBe('This link does not work any more');
    await elsewhere.page.context().close();
    await page.context().close();
  }, 60_000);
});
