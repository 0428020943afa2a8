import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { CorrespondenceLog, MailStore } from '@app/intake';
import { Clock } from '@app/kernel';
import { Offices } from '@app/offices';
import { UnitOfWork, requestHash, runAs, systemCaller, type PastLog } from '@app/platform';
import { demonstrationPlan, HistoryWriter, type HistoryPlan } from './history/history-writer';
import { mailOctets } from './history/past-mail';

interface DemoItem {
  readonly minutesAgo: number;
  readonly office: string;
  readonly channel: string;
  readonly subject: string;
  readonly body: string;
  readonly correspondent: Readonly<Record<string, string>>;
}

/** How far the loading has come; kept in the database, in the transaction of what it speaks of. */
type Stage = 'history' | 'complete';

const SETTING = 'demonstration';
/** The history ends before the items that come in by the front door. */
const HISTORY_ENDS_BEFORE_MS = 150 * 60_000;

/** Fills an empty database with a demonstration office: two years of invented work, and letters that come in now. */
@Injectable()
export class DemoOffice {
  constructor(
    private readonly writer: HistoryWriter,
    private readonly log: CorrespondenceLog,
    private readonly mails: MailStore,
    private readonly offices: Offices,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Loads what is missing of a load that has begun, and nothing into a database that is in use. */
  async loadIfEmpty(
    say: (line: string) => void = () => undefined,
    planOf: (end: Date) => HistoryPlan = demonstrationPlan,
  ): Promise<void> {
    await runAs(systemCaller('demonstration'), async () => {
      const { stage, isEmpty } = await this.unitOfWork.run(async (manager) => ({
        stage: await stageOf(manager),
        isEmpty: await isEmptyOffice(manager),
      }));
      if (stage === 'complete' || (stage === null && !isEmpty)) return;
      if (stage === null) {
        say('Loading the demonstration office: two years of invented work …');
        if (!(await this.loadHistory(planOf))) return;
      }
      await this.takeInRecent();
      await this.unitOfWork.run((manager) => setStage(manager, 'complete', {}));
    });
  }

  /** Returns false when somebody else was quicker. */
  private async loadHistory(planOf: (end: Date) => HistoryPlan): Promise<boolean> {
    const end = new Date(this.clock.now().getTime() - HISTORY_ENDS_BEFORE_MS);
    const facts = await this.writer.write(planOf(end), {
      mayBegin: async ({ manager }) => (await stageOf(manager)) === null && (await isEmptyOffice(manager)),
      ended: ({ manager }, { cases, open }) => setStage(manager, 'history', { end: end.toISOString(), cases, open }),
    });
    return facts !== null;
  }

  /** By the same door as any letter, so that the newcomer sees them being sorted and answered. Repeating changes nothing. */
  private async takeInRecent(): Promise<void> {
    const items = JSON.parse(readFileSync(join(__dirname, 'data', 'recent-items.json'), 'utf8')) as DemoItem[];
    for (const [index, item] of items.entries()) {
      if (item.channel === 'email') await this.takeInMail(item, index);
      else await this.logItem(item, index);
    }
  }

  private async takeInMail({ office: id, subject, body, correspondent }: DemoItem, index: number): Promise<void> {
    const office = await this.offices.get(id);
    const mailbox = office.mailboxes[0] ?? '';
    const fromAddress = correspondent.email ?? '';
    // The same octets on each attempt: what was taken in already is counted as a repeat.
    const at = await this.historyEnd();
    const raw = mailOctets({
      ...{ fromName: correspondent.name ?? '', fromAddress, to: mailbox, subject, at, body },
      messageId: `recent-${String(index)}@${fromAddress.split('@')[1] ?? 'mail.example'}`,
    });
    await this.mails.accept(office, { mailbox, envelopeFrom: fromAddress, envelopeTo: [mailbox], raw });
  }

  private async logItem({ minutesAgo, correspondent, ...item }: DemoItem, index: number): Promise<void> {
    await this.log.log({
      ...item,
      source: item.channel === 'web-form' ? 'web-form' : 'api',
      receivedAt: new Date(this.clock.now().getTime() - minutesAgo * 60_000),
      correspondent: {
        name: correspondent.name ?? null,
        email: correspondent.email ?? null,
        phone: correspondent.phone ?? null,
        postcode: correspondent.postcode ?? null,
        organisation: correspondent.organisation ?? null,
        capacity: correspondent.capacity ?? null,
      },
      attachments: [],
      caller: systemCaller('demonstration'),
      idempotency: {
        scope: SETTING,
        key: `recent-${String(index)}`,
        requestHash: requestHash({ subject: item.subject }),
      },
    });
  }

  private async historyEnd(): Promise<Date> {
    const [row]: { end: string | null }[] = await this.unitOfWork.run((manager) =>
      manager.query(`SELECT value ->> 'end' AS end FROM instance_setting WHERE key = $1`, [SETTING]),
    );
    return new Date(row?.end ?? this.clock.now());
  }
}

type Manager = PastLog['manager'];

async function stageOf(manager: Manager): Promise<Stage | null> {
  const [row]: { stage: Stage }[] = await manager.query(
    `SELECT value ->> 'stage' AS stage FROM instance_setting WHERE key = $1`,
    [SETTING],
  );
  return row?.stage ?? null;
}

async function setStage(manager: Manager, stage: Stage, facts: Readonly<Record<string, unknown>>): Promise<void> {
  await manager.query(
    `INSERT INTO instance_setting (key, value) VALUES ($1, $2)
     ON CONFLICT (key) DO UPDATE SET value = instance_setting.value || excluded.value`,
    [SETTING, { ...facts, stage }],
  );
}

async function isEmptyOffice(manager: Manager): Promise<boolean> {
  const [row]: { used: boolean }[] = await manager.query(
    `SELECT EXISTS (SELECT FROM case_file) OR EXISTS (SELECT FROM intake_item) AS used`,
  );
  return row?.used === false;
}
