import { lockedPdf, readPdf, samplePdf, samplePng } from '../libs/documents/src/pdf/sample-files.fixture';
import { RunningOffice, type Desk } from './setup/running-office';

const PDF = 'application/pdf';

describe('Redacted renditions and bundles of a case', () => {
  let office: RunningOffice;
  let clerk: Desk;
  let other: Desk;
  let reference: string;

  beforeAll(async () => {
    office = await RunningOffice.open();
    clerk = await office.desk('caseworker', 'west-mercia');
    other = await office.desk('caseworker', 'warwickshire');
    reference = await office.log(
      'west-mercia',
      {
        subject: 'The lane',
        body: 'Kim Example of 2 Orchard Lane saw it.\n# Kim Example',
        correspondent: { name: 'Asha Ferris' },
      },
      {
        'statement.pdf': {
          contentType: PDF,
          bytes: Buffer.from(await samplePdf(['Seen by Kim Example', 'Signed by Kim Example'])),
        },
        'locked.pdf': { contentType: PDF, bytes: Buffer.from(await lockedPdf()) },
        'photo.png': { contentType: 'image/png', bytes: await samplePng() },
        'notes.odt': { contentType: 'application/vnd.oasis.opendocument.text', bytes: Buffer.from('PK') },
      },
    );
  }, 60_000);

  afterAll(() => office?.close());

  const path = (): string => `/staff/cases/${reference}`;

  async function paper(title: string): Promise<string> {
    const { text } = await clerk.get(`${path()}/redactions`);
    const found = new RegExp(`value="([a-z]+:[0-9a-f-]{36})">\\s*<label[^>]*>[A-Za-z]+: ${title}`).exec(text);
    return found?.[1] ?? `nothing is called ${title}`;
  }

  async function begun(title: string): Promise<string> {
    const { status, location } = await clerk.post(`${path()}/redactions`, { source: await paper(title) });
    expect([status, location]).toEqual([303, expect.stringMatching(/\/redactions\/[0-9a-f-]{36}$/)]);
    return location;
  }

  it('covers every place of some words in a file, shows it, and keeps a file without them', async () => {
    const address = await begun('statement.pdf');
    const nothing = await clerk.post(address, { do: 'words', words: 'Nobody', reason: 'child', version: '1' });
    expect([nothing.status, nothing.text.includes('“Nobody” was not found')]).toEqual([422, true]);
    expect((await clerk.post(address, { do: 'keep', version: '1' })).status).toBe(422);
    expect(
      (await clerk.post(address, { do: 'words', words: 'kim  example', reason: 'child', version: '1' })).status,
    ).toBe(303);
    const page = await clerk.get(address);
    expect(page.text).toMatch(/Covered: 2 places[^]*Seen by Kim Example[^]*A child/);
    const picture = await clerk.get(`${address}/pages/1`);
    expect([picture.headers.get('content-type'), picture.bytes.subarray(1, 4).toString()]).toEqual([
      'image/png',
      'PNG',
    ]);
    expect((await clerk.get(`${address}/pages/3`)).status).toBe(422);
    // A part of a page, and one place taken back.
    const part = { do: 'area', shown: '1', left: '10', top: '10', width: '20', height: '5', areaReason: 'address' };
    expect((await clerk.post(address, { ...part, left: 'x', version: '2' })).status).toBe(422);
    expect((await clerk.post(address, { ...part, version: '2' })).status).toBe(303);
    expect((await clerk.post(address, { do: 'remove', 'mark-1': 'yes', version: '3' })).status).toBe(303);
    expect((await clerk.post(address, { do: 'remove', 'mark-0': 'yes', version: '3' })).status).toBe(412);
    expect(
      (await clerk.post(address, { do: 'words', words: 'signed by kim example', reason: 'child', version: '4' }))
        .status,
    ).toBe(303);
    expect((await clerk.post(address, { do: 'keep', version: '5' })).status).toBe(303);
    const kept = await clerk.get(`${address}.pdf`);
    expect(kept.headers.get('content-disposition')).toContain('statement pdf redacted.pdf');
    expect((await readPdf(kept.bytes)).pages).toEqual([expect.stringMatching(/^(CHILD|ADDRESS| )+$/), 'CHILD']);
    expect((await clerk.post(address, { do: 'remove', 'mark-0': 'yes', version: '5' })).status).toBe(409);
    const [event] = await office.pages.sql<{ data: unknown }>(
      `SELECT data FROM event_log WHERE type = 'documents.rendition-kept'`,
    );
    expect(event?.data).toMatchObject({ sourceKind: 'attachment', reasons: ['address', 'child'] });
    expect(JSON.stringify(event)).not.toMatch(/kim/i);
  });

  it('takes words out of a message, which stays a text that can be read aloud', async () => {
    const address = await begun('The lane');
    await clerk.post(address, { do: 'words', words: 'Kim Example', reason: 'third-party', version: '1' });
    const page = await clerk.get(address);
    expect(page.text).toContain('<strong>[REDACTED: THIRD PARTY]</strong> of 2 Orchard Lane saw it.');
    expect((await clerk.post(address, { do: 'keep', version: '2' })).status).toBe(303);
    const [text] = (await readPdf((await clerk.get(`${address}.pdf`)).bytes)).pages;
    expect(text).toMatch(/\[REDACTED: THIRD PARTY\] of 2 Orchard Lane saw it\. # \[REDACTED/);
    expect(text).not.toContain('Kim');
  });

  it('says why a file cannot be redacted', async () => {
    for (const [title, why] of [
      ['locked.pdf', 'locked with a password'],
      ['notes.odt', 'Only PDF files'],
    ] as const) {
      const answer = await clerk.post(`${path()}/redactions`, { source: await paper(title) });
      expect([title, answer.status, answer.text.includes(why)]).toEqual([title, 422, true]);
    }
    expect((await clerk.post(`${path()}/redactions`, {})).status).toBe(422);
  });

  it('makes one PDF of what is chosen, in the order given', async () => {
    const page = await clerk.get(`${path()}/bundle`);
    const values = [...page.text.matchAll(/name="in-([a-z]+:[0-9a-f-]{36})"/g)].map(([, value = '']) => value);
    expect(values.length).toBeGreaterThanOrEqual(7);
    expect((await clerk.post(`${path()}/bundle`, { title: 'Bundle' })).status).toBe(422);
    const statement = await paper('statement.pdf');
    const chosen = Object.fromEntries(
      values.flatMap((value) => [
        [`in-${value}`, 'yes'],
        [`order-${value}`, value === statement ? '0' : '5'],
      ]),
    );
    const answer = await clerk.post(`${path()}/bundle`, {
      title: 'Papers',
      marking: 'OFFICIAL',
      ...chosen,
      [`name-${statement}`]: 'Statement of a witness',
    });
    expect([answer.status, answer.headers.get('content-disposition')]).toEqual([
      200,
      expect.stringContaining(`${reference} Papers.pdf`),
    ]);
    const { pages, bookmarks } = await readPdf(answer.bytes);
    expect(pages[0]).toMatch(
      /Papers .*1 Statement of a witness .* 2 to 3 .*Not in this bundle: the file is locked with a password/,
    );
    expect(pages[0]).toContain('only PDF files, pictures and texts can go in');
    expect(pages[1]).toMatch(/Seen by Kim Example.*Bundle 2 of/);
    expect(bookmarks[1]).toEqual({ title: '1. Statement of a witness', page: 1 });
  });

  it('is unknown to another office', async () => {
    const address = await begun('statement.pdf');
    for (const each of [address, `${address}/pages/1`, `${path()}/redactions`, `${path()}/bundle`]) {
      expect([each, (await other.get(each)).status]).toEqual([each, 404]);
    }
    expect((await other.post(address, { do: 'discard', version: '1' })).status).toBe(404);
    expect((await clerk.post(address, { do: 'discard', version: '1' })).status).toBe(303);
    expect((await clerk.get(address)).status).toBe(404);
  });
});
