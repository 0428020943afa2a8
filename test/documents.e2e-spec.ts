import { createHash } from 'node:crypto';
import { strFromU8, unzipSync } from 'fflate';
import { runAs, systemCaller, UnitOfWork } from '@app/platform';
import { PdfReader } from '../libs/documents/src/pdf/pdf-reader';
import { OutgoingMails } from '../libs/notifications/src/application/outgoing-mails';
import { RunningOffice, type Desk } from './setup/running-office';

const FERRIS = { name: 'Asha Ferris', email: 'asha@post.example', postcode: 'ZZ99 2WM' };

describe('Letters of a case', () => {
  let office: RunningOffice;
  let clerk: Desk;
  let other: Desk;
  let reference: string;

  beforeAll(async () => {
    office = await RunningOffice.open();
    clerk = await office.desk('caseworker', 'west-mercia');
    other = await office.desk('caseworker', 'warwickshire');
    reference = await office.log('west-mercia', { subject: 'The lane', body: 'Nobody came.', correspondent: FERRIS });
  }, 60_000);

  afterAll(() => office?.close());

  const path = (): string => `/staff/cases/${reference}/documents`;

  async function drafted(fields: Record<string, string> = {}): Promise<string> {
    const answer = await clerk.post(`${path()}/new`, {
      template: 'reply-blank',
      title: 'Our answer',
      party: 'Applicant',
      addressee: 'Ms Asha Ferris\n2 Orchard Lane',
      date: '2026-11-20',
      marking: 'OFFICIAL',
      ...fields,
    });
    expect([answer.status, answer.location]).toEqual([303, expect.stringMatching(/\/documents\/[0-9a-f-]{36}\/edit$/)]);
    return answer.location.replace(/\/edit$/, '');
  }

  /** A letter with nothing left to fill in. */
  async function finished(): Promise<string> {
    const address = await drafted();
    const text = 'Dear Ms Ferris,\n\nWe **looked** at it.\n\n- Once\n- Twice\n\nYours sincerely,\n\nWren Ŷates';
    const { status } = await clerk.post(`${address}/edit`, {
      version: '1',
      title: 'Our answer',
      subject: 'The lane',
      text,
      date: '2026-11-20',
      do: 'save',
    });
    expect(status).toBe(303);
    return address;
  }

  async function wordsOf(pdf: Buffer): Promise<string> {
    const reader = await PdfReader.open(pdf);
    const text = Array.from({ length: reader.pageCount }, (_, page) => reader.text(page)).join(' ');
    reader.close();
    return text.replace(/\s+/g, ' ');
  }

  it('begins from a template, says what is still open and is not approved before that is filled in', async () => {
    const address = await drafted();
    const page = await clerk.get(address);
    expect(page.text).toContain('<code>[[replyText]]</code>');
    expect(page.text).not.toContain('>Approve<');
    expect((await clerk.post(`${address}/approve`, { version: '1' })).status).toBe(422);
    const edit = await clerk.get(`${address}/edit`);
    expect(edit.text).toContain(`Thank you for your message of`);
    expect((await clerk.get(path())).text).toMatch(/Our answer[^]*Applicant[^]*Draft/);
  });

  it('shows what is written as a safe preview, and keeps what was typed when it is refused', async () => {
    const address = await drafted();
    const text = '# <script>alert(1)</script>\n\n**Bold** words';
    await clerk.post(`${address}/edit`, { version: '1', title: 'Our answer', text, do: 'preview' });
    const page = await clerk.get(`${address}/edit`);
    expect(page.text).toContain('<h3>&lt;script&gt;alert(1)&lt;/script&gt;</h3>');
    expect(page.text).toContain('<strong>Bold</strong> words');
    const stale = await clerk.post(`${address}/edit`, {
      version: '1',
      title: 'Our answer',
      text: 'Typed in vain?',
      do: 'preview',
    });
    expect([stale.status, stale.text.includes('Typed in vain?')]).toEqual([412, true]);
    const bad = await clerk.post(`${address}/edit`, { version: '2', title: ' ', date: '2026-02-30', text: 'x' });
    expect([bad.status, bad.text.includes('Error: ')]).toEqual([422, true]);
  });

  it('gives a draft as a file that says so, and what was approved byte for byte', async () => {
    const address = await finished();
    const draft = await clerk.get(`${address}.pdf`);
    expect(await wordsOf(draft.bytes)).toContain('OFFICIAL – DRAFT, version 2'.replace('OFFICIAL – ', ''));
    expect((await clerk.post(`${address}/approve`, { version: '2' })).status).toBe(303);
    const [first, again] = [await clerk.get(`${address}.pdf`), await clerk.get(`${address}.pdf`)];
    expect(first.bytes.equals(again.bytes)).toBe(true);
    expect(first.headers.get('content-disposition')).toContain(`filename="${reference} Our answer.pdf"`);
    expect(await wordsOf(first.bytes)).toMatch(
      /Dear Ms Ferris, The lane We looked at it\. • Once • Twice Yours sincerely, Wren Ŷates/,
    );
    expect(await wordsOf(first.bytes)).not.toContain('DRAFT');
    const page = await clerk.get(address);
    expect(page.text).toContain(createHash('sha256').update(first.bytes).digest('hex'));
    const docx = await clerk.get(`${address}.docx`);
    expect(strFromU8(unzipSync(docx.bytes)['word/document.xml'] ?? new Uint8Array())).toContain('Wren Ŷates');
    expect((await clerk.get(`${address}.pdf?print=1`)).headers.get('content-disposition')).toMatch(/^inline/);
  });

  it('goes out by mail with the file that was approved, shows in the thread, and changes no more', async () => {
    const address = await finished();
    await clerk.post(`${address}/approve`, { version: '2' });
    const pdf = await clerk.get(`${address}.pdf`);
    const mail = {
      way: 'email',
      to: 'asha@post.example',
      subject: 'Our letter',
      body: 'It is attached.',
      version: '2',
    };
    expect((await clerk.post(`${address}/issue`, { ...mail, way: '' })).status).toBe(422);
    expect((await clerk.post(`${address}/issue`, { ...mail, to: 'nobody' })).status).toBe(422);
    expect((await clerk.post(`${address}/issue`, mail)).status).toBe(303);
    const [sent] = await office.pages.sql<{ id: string }>(`SELECT id FROM outgoing_message WHERE kind = 'letter'`);
    const files = await runAs(systemCaller('test'), () =>
      office.pages.app.get(UnitOfWork).run(async () => {
        const found = await office.pages.app.get(OutgoingMails).find(sent?.id ?? '');
        return (await found?.mail())?.files ?? [];
      }),
    );
    expect(files.map(({ filename, contentType }) => [filename, contentType])).toEqual([
      [`${reference} Our answer.pdf`, 'application/pdf'],
    ]);
    expect(files[0]?.content.equals(pdf.bytes)).toBe(true);
    expect((await clerk.get(`/staff/cases/${reference}`)).text).toContain(`${reference} Our answer.pdf`);
    expect((await clerk.get(address)).text).toMatch(/Issued by e-mail/);
    expect((await clerk.post(`${address}/edit`, { version: '2', title: 'Another', text: 'x' })).status).toBe(409);
    expect((await clerk.post(`${address}/issue`, mail)).status).toBe(409);
  });

  it('is recorded as posted in the thread of the case', async () => {
    const address = await finished();
    await clerk.post(`${address}/approve`, { version: '2' });
    expect((await clerk.post(`${address}/issue`, { way: 'post', version: '2' })).status).toBe(303);
    const rows = await office.pages.sql(
      `SELECT channel, text FROM case_message WHERE direction = 'outbound' AND channel = 'letter'`,
    );
    expect(rows).toEqual([{ channel: 'letter', text: expect.stringContaining('We looked at it.') }]);
  });

  it('is unknown to another office, and reading it is recorded', async () => {
    const address = await drafted();
    for (const each of [path(), address, `${address}.pdf`, `${address}.docx`, `${address}/edit`]) {
      expect([each, (await other.get(each)).status]).toEqual([each, 404]);
    }
    expect((await other.post(`${address}/approve`, { version: '1' })).status).toBe(404);
    expect((await clerk.get(`${path()}/00000000-0000-4000-8000-000000000000`)).status).toBe(404);
    const [read] = await office.pages.sql<{ count: string }>(
      `SELECT count(*) FROM access_record WHERE action = 'document-read'`,
    );
    expect(Number(read?.count)).toBeGreaterThan(3);
  });

  it('leaves no word in the event log', async () => {
    await finished();
    const rows = await office.pages.sql<{ type: string; data: string }>(
      `SELECT type, data::text FROM event_log WHERE stream LIKE 'document-%' ORDER BY recorded_at, version`,
    );
    expect(new Set(rows.map(({ type }) => type))).toEqual(
      new Set([
        'documents.document-drafted',
        'documents.document-edited',
        'documents.document-approved',
        'documents.document-issued',
      ]),
    );
    for (const { data } of rows) expect(data).not.toMatch(/Ferris|answer|lane|looked/i);
  });
});
