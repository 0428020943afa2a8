import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunFile } from '@app/platform';
import { DataFolder } from './support/data-folder';
import { rowsOf, untilDrained } from './support/database';
import { certificate, doneTwiceOrNever } from './support/effects';
import { digestOf, envelopeFromOf, headersOf, letterMail } from './support/raw-mail';
import { root, startPostbag, type ServiceProcess } from './support/service-process';
import { SmtpBroken, sendOver, type OutgoingMail } from './support/smtp-client';

const bounces = join(process.env.CORPORA_DIR ?? join(root, '../shared/corpora'), 'bounces');
const MAILBOX = 'opcc@west-mercia.example';
const isThere = existsSync(bounces);

if (!isThere) process.stdout.write(`Bounces by SMTP: left out, ${bounces} is not there\n`);
jest.setTimeout(10 * 60_000);

(isThere ? describe : describe.skip)('The corpus of bounces by SMTP', () => {
  const mails = isThere
    ? readdirSync(bounces)
        .sort()
        .map((file) => asSent(readFileSync(join(bounces, file))))
    : [];
  const digests = new Set<string>();
  let folder: DataFolder;
  let service: ServiceProcess;
  let run: RunFile;

  beforeAll(async () => {
    folder = await DataFolder.make();
    ({ service, run } = await startPostbag(folder.path));
  });
  afterAll(async () => {
    await service?.stop();
    await folder?.remove();
  });

  async function send(outgoing: readonly OutgoingMail[]): Promise<void> {
    const replies = await sendOver(run.smtpPort, 8, outgoing);
    const answers = replies.map((reply) => (reply instanceof SmtpBroken ? reply.message : String(reply.code)));
    expect([...new Set(answers)]).toEqual(['250']);
    await untilDrained(run.databaseUrl);
    for (const { raw } of outgoing) digests.add(digestOf(raw));
  }

  /** Alerts go to the office's own people; all else goes to whoever wrote. */
  const answersSent = (): Promise<{ kind: string; to_address: string }[]> =>
    rowsOf(run.databaseUrl, `SELECT kind, to_address FROM outgoing_message WHERE kind <> 'risk-alert'`);

  async function expectAllOnCases(): Promise<void> {
    const items = await rowsOf<{ digest: string; outcome: string | null; reference: string | null }>(
      run.databaseUrl,
      `SELECT encode(i.sha256, 'hex') AS digest, i.outcome, c.reference
         FROM intake_item i LEFT JOIN case_file c ON c.id = i.case_id`,
    );
    expect(items.map(({ digest }) => digest).sort()).toEqual([...digests].sort());
    expect(items.filter(({ outcome, reference }) => outcome === null || reference === null)).toEqual([]);
    const result = await certificate({ POSTBAG_DATA: folder.path });
    expect(result).toMatchObject({ ok: true, received: digests.size, pending: 0 });
    expect(await doneTwiceOrNever(run.databaseUrl)).toEqual([]);
    process.stdout.write(`Bounces by SMTP: ${JSON.stringify(result.byOutcome)}\n`);
  }

  it('is filed and never answered when it comes with the null return path', async () => {
    expect(mails.length).toBeGreaterThanOrEqual(312);
    await send(mails.map((raw) => ({ from: '', to: MAILBOX, raw })));
    expect(await answersSent()).toEqual([]);
    await expectAllOnCases();
  });

  it('is filed and never answered when it comes from its author', async () => {
    const again = mails.map((raw) => ({
      from: envelopeFromOf(headersOf(raw)),
      to: MAILBOX,
      raw: Buffer.concat([Buffer.from('X-Relayed: once more\r\n'), raw]),
    }));
    expect(again.filter(({ from }) => from !== '').length).toBeGreaterThan(250);
    await send(again);
    expect(await answersSent()).toEqual([]);
    await expectAllOnCases();
  });

  it('leaves the service answering people', async () => {
    const from = 'person@mail.example';
    const raw = letterMail({
      from,
      subject: 'The crossing',
      messageId: 'letter@mail.example',
      text: 'Please look at the crossing by the school.',
    });
    await send([{ from, to: MAILBOX, raw }]);
    expect(await answersSent()).toEqual([{ kind: 'acknowledgement', to_address: from }]);
  });
});

/** The octets of the file, which need not be UTF-8, with line ends as SMTP has them. */
function asSent(file: Buffer): Buffer {
  const lines = file.toString('latin1').replace(/\r?\n/g, '\r\n');
  return Buffer.from(lines.endsWith('\r\n') ? lines : `${lines}\r\n`, 'latin1');
}
