import { randomUUID } from 'node:crypto';
import { Tokens, type Role } from '@app/access';
import { AttachmentVerdicts } from '@app/casework';
import { MailStore } from '@app/intake';
import { Offices } from '@app/offices';
import { ContentStore, Engine, UnitOfWork } from '@app/platform';
import { Clamd, ScanContent, VirusScan, VirusScanner, clamdAddress } from '@app/scanning';
import { ClamdServer, harmfulSample, hasClamd } from './setup/clamd-server';
import { eventually } from './setup/eventually';
import { RunningPages, freePort } from './setup/running-pages';

const OURS = 'opcc@west-mercia.example';
const whereClamdIs = hasClamd() ? describe : describe.skip;

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly type: string;
}

interface Attachment {
  readonly id: string;
  readonly scanStatus: string;
  readonly isReleased: boolean;
}

interface Message {
  readonly id: string;
  readonly isOriginalReleased: boolean;
  readonly attachments: readonly Attachment[];
}

/** A letter that was logged: its reference, first message and that message's files. */
interface Logged extends Message {
  readonly path: string;
}

class Office {
  private constructor(
    readonly pages: RunningPages,
    private readonly tokens: ReadonlyMap<Role, string>,
  ) {}

  static async open(clamdUrl: string | null): Promise<Office> {
    const env = { POSTBAG_DEMO: '0', ...(clamdUrl === null ? {} : { CLAMD_URL: clamdUrl }) };
    const pages = await RunningPages.start(await freePort(), env);
    await pages.app.get(Engine).start(() => undefined);
    const tokens = new Map<Role, string>();
    for (const role of ['service', 'caseworker'] as const) {
      const asked = { role, offices: ['west-mercia'], label: role, expiresInDays: 1 };
      tokens.set(role, await pages.app.get(Tokens).mint(asked, 'command:token'));
    }
    return new Office(pages, tokens);
  }

  async send(role: Role, path: string, body?: object, accept = 'application/json'): Promise<Answer> {
    const response = await fetch(`${this.pages.url}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        accept,
        authorization: `Bearer ${this.tokens.get(role) ?? ''}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json', 'idempotency-key': randomUUID() }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const type = response.headers.get('content-type') ?? '';
    return { status: response.status, text: Buffer.from(await response.arrayBuffer()).toString('latin1'), type };
  }

  /** Logs a letter with these files. */
  async log(...files: readonly Buffer[]): Promise<Logged> {
    const { status, text } = await this.send('service', '/api/v1/correspondence', {
      office: 'west-mercia',
      channel: 'letter',
      subject: `The lane ${randomUUID()}`,
      body: 'Could somebody look at the attached?',
      correspondent: { name: 'Asha Ferris' },
      attachments: files.map((file, index) => ({
        filename: `file-${String(index)}.bin`,
        contentType: 'application/octet-stream',
        contentBase64: file.toString('base64'),
      })),
    });
    expect(status).toBe(201);
    return this.look(`/cases/${String((JSON.parse(text) as { reference: string }).reference)}`);
  }

  /** Takes a mail in and waits for its case. */
  async mail(file: Buffer | null): Promise<Logged> {
    const part = file === null ? 'x' : file.toString('base64');
    const raw = Buffer.from(
      [
        'From: Asha Ferris <asha@post.example>',
        `To: ${OURS}`,
        `Subject: The lane ${randomUUID()}`,
        `Message-ID: <${randomUUID()}@post.example>`,
        'MIME-Version: 1.0',
        'Content-Type: multipart/mixed; boundary=part',
        '',
        '--part',
        'Content-Type: text/plain',
        '',
        'Could somebody look at the attached?',
        '--part',
        `Content-Type: application/octet-stream; name=lane.bin`,
        'Content-Disposition: attachment; filename=lane.bin',
        'Content-Transfer-Encoding: base64',
        '',
        part,
        '--part--',
        '',
      ].join('\r\n'),
    );
    const office = await this.pages.app.get(Offices).get('west-mercia');
    const from = 'asha@post.example';
    const { itemId } = await this.pages.app
      .get(MailStore)
      .accept(office, { mailbox: OURS, envelopeFrom: from, envelopeTo: [OURS], raw });
    const reference = await eventually(async () => {
      const [row] = await this.pages.sql<{ reference: string }>(
        `SELECT c.reference FROM intake_item i JOIN case_file c ON c.id = i.case_id WHERE i.id = $1`,
        [itemId],
      );
      if (!row) throw new Error('The mail is not on a case');
      return row.reference;
    });
    return this.look(`/cases/${reference}`);
  }

  async look(path: string): Promise<Logged> {
    const { status, text } = await this.send('caseworker', `/api/v1${path}/messages`);
    expect(status).toBe(200);
    const [message] = (JSON.parse(text) as { items: Message[] }).items;
    if (!message) throw new Error('The case has no message');
    return { ...message, path };
  }

  fileOf({ path, attachments }: Logged, index = 0): Promise<Answer> {
    return this.send('caseworker', `/api/v1${path}/attachments/${attachments[index]?.id ?? ''}`);
  }

  originalOf({ path, id }: Logged): Promise<Answer> {
    return this.send('caseworker', `/api/v1${path}/messages/${id}/original`);
  }

  page(path: string): Promise<Answer> {
    return this.send('caseworker', `/staff${path}`, undefined, 'text/html');
  }

  async scanned(logged: Logged, status: string): Promise<Logged> {
    return eventually(async () => {
      const now = await this.look(logged.path);
      expect(now.attachments.map(({ scanStatus }) => scanStatus)).toEqual(now.attachments.map(() => status));
      return now;
    }, 20_000);
  }
}

whereClamdIs('With CLAMD_URL', () => {
  let clamd: ClamdServer;
  let office: Office;

  beforeAll(async () => {
    clamd = await ClamdServer.prepare();
    await clamd.start();
    office = await Office.open(clamd.url);
    office.pages.app.get(VirusScan).start(() => undefined);
  }, 60_000);

  afterAll(async () => {
    await office?.pages.stop();
    await clamd?.stop();
  });

  it('gives a file out once the scan found nothing in it', async () => {
    const harmless = Buffer.from(`the lane ${randomUUID()}`);
    const logged = await office.scanned(await office.log(harmless, Buffer.alloc(200_000, randomUUID())), 'clean');
    expect(await office.fileOf(logged)).toMatchObject({ status: 200, text: harmless.toString() });
    await eventually(async () => expect(await office.originalOf(logged)).toMatchObject({ status: 200 }));
    const page = await office.page(logged.path);
    expect(page.text).not.toMatch(/viruses|Held back/);
  });

  it('holds a harmful file back, with the mail that it came in, and the history says so', async () => {
    const logged = await office.scanned(await office.mail(harmfulSample()), 'infected');
    expect(logged).toMatchObject({ isOriginalReleased: false, attachments: [{ isReleased: false }] });
    for (const answer of [await office.fileOf(logged), await office.originalOf(logged)]) {
      expect(answer).toMatchObject({ status: 409, type: expect.stringContaining('application/problem+json') });
      expect(answer.text).toContain('contains something harmful');
      expect(answer.text).not.toContain('EICAR-STANDARD');
    }
    const file = await office.page(`${logged.path}/files/${logged.attachments[0]?.id ?? ''}`);
    expect(file).toMatchObject({ status: 409, text: expect.stringContaining('This file is held back') });
    const page = await office.page(logged.path);
    expect(page.text).toContain('It contains something harmful');
    for (const link of [`/files/${logged.attachments[0]?.id ?? ''}`, `/messages/${logged.id}/original`]) {
      expect(page.text).not.toContain(link);
    }
    const events = await office.send('caseworker', `/api/v1${logged.path}/events`);
    const found = (JSON.parse(events.text) as { items: { type: string; data: object }[] }).items.filter(
      ({ type }) => type === 'casework.virus-found',
    );
    expect(found.map(({ data }) => data)).toEqual([
      { attachmentId: logged.attachments[0]?.id, messageId: logged.id, finding: 'Eicar-Test-Signature.UNOFFICIAL' },
    ]);
  });

  it('does not pass a harmful file on', async () => {
    const logged = await office.scanned(await office.log(harmfulSample()), 'infected');
    const body = { destination: 'police-contact', reason: 'For them.', consent: true, notifySender: false };
    const [destination] = await office.pages.sql<{ key: string }>(
      `SELECT key FROM configuration_entry WHERE kind = 'destination' AND data ->> 'email' IS NOT NULL LIMIT 1`,
    );
    const forward = { ...body, destination: destination?.key, lawfulBasis: 'public task' };
    const refused = await office.send('caseworker', `/api/v1${logged.path}/forward`, forward);
    expect(refused).toMatchObject({ status: 409, text: expect.stringContaining('It cannot be passed on') });
    const sent = await office.pages.sql(`SELECT FROM outgoing_message WHERE kind = 'forward'`);
    expect(sent).toEqual([]);
  });

  it('gives the verdict on a content to every file that holds it, without another scan', async () => {
    const scan = jest.spyOn(office.pages.app.get(VirusScanner), 'scan');
    const same = Buffer.from(`the lane ${randomUUID()}`);
    await office.scanned(await office.log(same), 'clean');
    const scans = (): number => scan.mock.calls.filter(([content]) => content.equals(same)).length;
    expect(scans()).toBe(1);
    await office.scanned(await office.log(same), 'clean');
    expect(scans()).toBe(1);
    await office.pages.sql(`UPDATE stored_content SET scanned_at = now() - interval '2 days' WHERE bytes = $1`, [same]);
    await office.scanned(await office.log(same), 'clean');
    expect(scans()).toBe(2);
    scan.mockRestore();
  });

  it('holds back what is larger than the scanner takes', async () => {
    const logged = await office.scanned(await office.log(Buffer.alloc(3_000_000, 'lane')), 'too-large');
    expect(await office.fileOf(logged)).toMatchObject({ status: 409, text: expect.stringContaining('too large') });
  });

  it('keeps every file in while the scanner is away, and scans when it is back', async () => {
    await clamd.halt();
    const logged = await office.log(Buffer.from(`the lane ${randomUUID()}`));
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect(await office.look(logged.path)).toMatchObject({ attachments: [{ scanStatus: 'unscanned' }] });
    expect(await office.fileOf(logged)).toMatchObject({ status: 409, text: expect.stringContaining('being checked') });
    expect(await office.originalOf(logged)).toMatchObject({ status: 409 });
    const page = await office.page(logged.path);
    expect(page.text).toContain('Being checked for viruses');
    await clamd.start();
    const later = await office.scanned(logged, 'clean');
    expect(await office.fileOf(later)).toMatchObject({ status: 200 });
  });
});

whereClamdIs('Two workers', () => {
  it('scan each content once', async () => {
    const clamd = await ClamdServer.prepare();
    await clamd.start();
    const office = await Office.open(clamd.url);
    const scanned: string[] = [];
    class Counting extends Clamd {
      override scan(content: Buffer): ReturnType<Clamd['scan']> {
        scanned.push(content.toString('latin1'));
        return super.scan(content);
      }
    }
    const { app } = office.pages;
    const worker = (): ScanContent =>
      new ScanContent(
        new Counting(clamdAddress(clamd.url)),
        app.get(AttachmentVerdicts),
        app.get(ContentStore),
        app.get(Offices),
        app.get(UnitOfWork),
      );
    try {
      const files = Array.from({ length: 12 }, () => Buffer.from(randomUUID()));
      const logged = await office.log(...files);
      const work = async (own: ScanContent): Promise<void> => {
        while ((await own.turn()) > 0);
      };
      await Promise.all([work(worker()), work(worker())]);
      await office.scanned(logged, 'clean');
      for (const file of files) expect(scanned.filter((each) => each === file.toString())).toHaveLength(1);
    } finally {
      await office.pages.stop();
      await clamd.stop();
    }
  }, 60_000);
});

describe('Without CLAMD_URL', () => {
  it('gives files out unscanned, with a warning', async () => {
    const office = await Office.open(null);
    try {
      office.pages.app.get(VirusScan).start(() => undefined);
      const logged = await office.mail(harmfulSample());
      expect(logged).toMatchObject({ isOriginalReleased: true, attachments: [{ isReleased: true }] });
      expect(await office.fileOf(logged)).toMatchObject({ status: 200, text: harmfulSample().toString('latin1') });
      expect(await office.originalOf(logged)).toMatchObject({ status: 200 });
      const page = await office.page(logged.path);
      expect(page.text).toContain('Not scanned for viruses');
      // Found while there was a scanner.
      await office.pages.sql(`UPDATE message_attachment SET scan_status = 'infected' WHERE id = $1`, [
        logged.attachments[0]?.id,
      ]);
      expect(await office.fileOf(logged)).toMatchObject({ status: 409 });
      expect(await office.originalOf(logged)).toMatchObject({ status: 409 });
    } finally {
      await office.pages.stop();
    }
  }, 60_000);
});
