import type { RunFile } from '@app/platform';
import { rowsOf, untilDrained } from './support/database';
import { DataFolder } from './support/data-folder';
import { certificate, contents, doneTwiceOrNever, timelinessDigest } from './support/effects';
import { envelopeFromOf, machineSign } from './support/raw-mail';
import { seededRandom, shuffled } from './support/random';
import { runCommand, startPostbag, type ServiceProcess } from './support/service-process';
import { SmtpBroken, sendOver, type SmtpReply } from './support/smtp-client';
import { spamAssassinMails, type CorpusMail } from './support/spam-assassin';

const CONNECTIONS = 8;
const SEED = 20_021_009;
const MAILBOX = 'opcc@west-mercia.example';

jest.setTimeout(20 * 60_000);

describe('The 3,250 mails of SpamAssassin over eight connections', () => {
  const mails = spamAssassinMails();
  let folder: DataFolder;
  let service: ServiceProcess;
  let run: RunFile;
  let caseOf: Map<string, string>;

  beforeAll(async () => {
    folder = await DataFolder.make();
    ({ service, run } = await startPostbag(folder.path));
  });
  afterAll(async () => {
    await service?.stop();
    await folder?.remove();
  });

  const environment = (): Record<string, string> => ({ POSTBAG_DATA: folder.path });
  const send = (order: readonly CorpusMail[]): Promise<(SmtpReply | SmtpBroken)[]> =>
    sendOver(
      run.smtpPort,
      CONNECTIONS,
      order.map(({ raw, headers }) => ({ from: envelopeFromOf(headers), to: MAILBOX, raw })),
    );
  const answers = (replies: readonly (SmtpReply | SmtpBroken)[]): string[] => [
    ...new Set(replies.map((reply) => (reply instanceof SmtpBroken ? reply.message : String(reply.code)))),
  ];

  it('are all taken in, in whatever order they come, and all filed', async () => {
    expect(mails).toHaveLength(3250);
    const began = Date.now();
    const replies = await send(shuffled(mails, seededRandom(SEED)));
    const accepted = Date.now() - began;
    expect(replies).toHaveLength(mails.length);
    expect(answers(replies)).toEqual(['250']);
    await untilDrained(run.databaseUrl);
    const filed = Date.now() - began;
    const rate = (ms: number): string => ((mails.length * 1000) / ms).toFixed(0);
    process.stdout.write(
      `SpamAssassin mails: ${rate(accepted)} a second accepted over ${String(CONNECTIONS)} connections, ` +
        `${rate(filed)} a second filed, sorted and answered\n`,
    );
  });

  it('are kept octet for octet and accounted for', async () => {
    const items = await rowsOf<{ digest: string; stored: string; case_id: string }>(
      run.databaseUrl,
      `SELECT encode(i.sha256, 'hex') AS digest, encode(sha256(c.bytes), 'hex') AS stored, i.case_id
         FROM intake_item i JOIN stored_content c USING (office, sha256)`,
    );
    expect(items.map(({ digest }) => digest).sort()).toEqual([...new Set(mails.map(({ sha256 }) => sha256))].sort());
    expect(items.filter(({ digest, stored }) => digest !== stored)).toEqual([]);
    caseOf = new Map(items.map(({ digest, case_id }) => [digest, case_id]));
    expect(await certificate(environment())).toMatchObject({
      ok: true,
      received: items.length,
      pending: 0,
      redelivered: 0,
    });
    expect(await doneTwiceOrNever(run.databaseUrl)).toEqual([]);
  });

  it('join the case of the mail they answer, whichever came first', () => {
    const casesOf = new Map<string, Set<string>>();
    for (const { messageId, sha256 } of mails) {
      if (messageId === null) continue;
      casesOf.set(messageId, (casesOf.get(messageId) ?? new Set()).add(caseOf.get(sha256) ?? ''));
    }
    const replies = mails.filter(({ parentId, messageId }) => parentId !== messageId && casesOf.has(parentId ?? ''));
    const apart = replies.filter(({ parentId, sha256 }) => !casesOf.get(parentId ?? '')?.has(caseOf.get(sha256) ?? ''));
    process.stdout.write(
      `SpamAssassin replies: ${String(replies.length - apart.length)} of ${String(replies.length)} on the case of their parent\n`,
    );
    expect(replies.length).toBeGreaterThan(500);
    expect(apart.length / replies.length).toBeLessThanOrEqual(0.01);
  });

  it('are never answered where a machine sent them, and nobody is answered twice', async () => {
    const sent = await rowsOf<{ to_address: string; kind: string; digest: string }>(
      run.databaseUrl,
      `SELECT o.to_address, o.kind, encode(i.sha256, 'hex') AS digest
         FROM outgoing_message o
         JOIN event_log e ON e.stream = 'case-' || o.case_id AND e.type = 'casework.case-opened'
         JOIN intake_item i ON i.id = (e.data ->> 'itemId')::uuid
        WHERE o.kind NOT IN ('risk-alert', 'deadline-warning')`,
    );
    const mailOf = new Map(mails.map((mail) => [mail.sha256, mail]));
    const wrong = sent.flatMap(({ digest, kind }) => {
      const mail = mailOf.get(digest);
      const sign = mail ? machineSign(mail.headers, envelopeFromOf(mail.headers)) : 'unknown mail';
      return sign === null ? [] : [`${kind} to ${mail?.name ?? ''}: ${sign}`];
    });
    expect(wrong).toEqual([]);
    expect(new Set(sent.map(({ kind }) => kind))).toEqual(new Set(['acknowledgement']));
    expect(new Set(sent.map(({ digest }) => digest)).size).toBe(sent.length);
    // A test that finds no machine answered must have seen people answered.
    expect(sent.length).toBeGreaterThan(20);
  });

  it('leave a log that verifies, and read models that a rebuild equals', async () => {
    const verified = await runCommand('verify-log', [], environment());
    expect(verified).toMatchObject({ code: 0, stdout: expect.stringMatching(/^OK: /) });
    const before = await timelinessDigest(run.databaseUrl);
    expect(before.rows).toBeGreaterThan(1000);
    expect(await runCommand('rebuild', [], environment())).toMatchObject({ code: 0 });
    expect(await timelinessDigest(run.databaseUrl)).toEqual(before);
  });

  it('add nothing when they all come again', async () => {
    const before = await contents(run.databaseUrl);
    expect(answers(await send(shuffled(mails, seededRandom(SEED + 1))))).toEqual(['250']);
    await untilDrained(run.databaseUrl);
    expect(await contents(run.databaseUrl)).toEqual(before);
    expect(await certificate(environment())).toMatchObject({
      ok: true,
      received: before.items,
      redelivered: mails.length,
      pending: 0,
    });
  });
});
