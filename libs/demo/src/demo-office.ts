import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { CorrespondenceLog } from '@app/intake';
import { Clock, addDays, londonDate, startOfLondonDay } from '@app/kernel';
import { UnitOfWork, runAs, systemCaller } from '@app/platform';

interface DemoItem {
  readonly daysAgo: number;
  readonly hour: number;
  readonly office: string;
  readonly channel: string;
  readonly subject: string;
  readonly body: string;
  readonly correspondent: Readonly<Record<string, string>>;
}

/** A few plainly invented items, so that a first start has something to show. */
@Injectable()
export class DemoOffice {
  constructor(
    private readonly log: CorrespondenceLog,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  async loadIfEmpty(): Promise<void> {
    const caller = systemCaller('demonstration');
    await runAs(caller, async () => {
      const [row] = await this.unitOfWork.run((manager): Promise<{ used: boolean }[]> =>
        manager.query(`SELECT EXISTS (SELECT FROM case_file) OR EXISTS (SELECT FROM intake_item) AS used`),
      );
      if (row?.used) return;
      const items = JSON.parse(readFileSync(join(__dirname, 'demo-items.json'), 'utf8')) as DemoItem[];
      const today = londonDate(this.clock.now());
      for (const { daysAgo, hour, correspondent, ...item } of items) {
        const day = startOfLondonDay(addDays(today, -daysAgo)).getTime();
        await this.log.log({
          ...item,
          source: 'api',
          receivedAt: new Date(Math.min(day + hour * 3_600_000, this.clock.now().getTime())),
          correspondent: {
            name: correspondent.name ?? null,
            email: correspondent.email ?? null,
            phone: correspondent.phone ?? null,
            postcode: correspondent.postcode ?? null,
            organisation: correspondent.organisation ?? null,
            capacity: correspondent.capacity ?? null,
          },
          attachments: [],
          caller,
          idempotency: null,
        });
      }
    });
  }
}
