import { randomUUID } from 'node:crypto';
import { ClamdServer, harmfulSample, hasClamd } from '../setup/clamd-server';
import { eventually } from '../setup/eventually';
import { barriers, BuiltService, unexpected } from '../setup/built-service';

jest.setTimeout(180_000);

(hasClamd() ? describe : describe.skip)('files that are scanned for viruses', () => {
  let clamd: ClamdServer;
  let service: BuiltService;

  beforeAll(async () => {
    clamd = await ClamdServer.prepare();
    service = await BuiltService.startDemonstration({ CLAMD_URL: clamd.url });
  }, 300_000);
  afterAll(async () => {
    await service?.stop();
    await clamd?.stop();
  });

  async function logged(): Promise<string> {
    const file = (name: string, content: Buffer): object => ({
      filename: name,
      contentType: 'application/octet-stream',
      contentBase64: content.toString('base64'),
    });
    const { reference } = await service.api('caseworker', 'POST', '/correspondence', {
      channel: 'letter',
      subject: 'Orchard Lane',
      body: 'Photographs of the lane are attached.',
      correspondent: { name: 'Asha Ferris', email: `asha.${randomUUID()}@post.example` },
      attachments: [
        file('lane.txt', Buffer.from(randomUUID())),
        file('invoice.com', Buffer.concat([harmfulSample(), Buffer.from(` ${randomUUID()}`)])),
      ],
    });
    return String(reference);
  }

  it.each([1280, 320])('wait, then open or are held back, in words at %d px', async (width) => {
    await clamd.halt();
    const path = `/staff/cases/${await logged()}`;
    const { page, complaints, close } = await service.openAs('caseworker', path, { viewport: { width, height: 900 } });
    const files = '.postbag-files >> nth=0';
    expect((await page.textContent(files))?.match(/Being checked for viruses/g)).toHaveLength(2);
    expect(await page.locator(`${files} >> a`).count()).toBe(0);
    expect(await barriers(page)).toEqual([]);
    await clamd.start();
    await eventually(async () => {
      await page.reload();
      expect(await page.textContent(files)).not.toContain('Being checked');
    }, 40_000);
    expect(await page.locator(`${files} >> a`).allTextContents()).toEqual(['lane.txt']);
    expect(await page.textContent(files)).toMatch(/invoice\.com.*Held back.*It contains something harmful/s);
    expect(await page.textContent('main')).toContain('Original kept back until a virus scan finds it harmless');
    expect(await page.textContent('main')).toContain('the virus scan found Eicar-Test-Signature.UNOFFICIAL in it');
    expect(await barriers(page)).toEqual([]);
    const reference = path.slice('/staff/cases/'.length);
    const [own] = await service.sql(
      `SELECT a.id FROM message_attachment a JOIN case_file c ON c.id = a.case_id
        WHERE a.scan_status = 'infected' AND c.reference = $1`,
      [reference],
    );
    await page.goto(`${service.url}${path}/files/${String(own?.id)}`);
    expect(await page.textContent('h1')).toContain('This file is held back');
    expect(await barriers(page)).toEqual([]);
    expect(unexpected(complaints)).toEqual([]);
    await close();
  });
});
