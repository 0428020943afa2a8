import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Offices } from '@app/offices';
import { UnitOfWork, currentCaller } from '@app/platform';
import type { QueueEntry } from '../../domain/triage/configuration';
import { CaseSettings } from '../case-settings';

/** A queue and what lies in it. */
export interface QueueView {
  readonly queue: string;
  readonly office: string;
  readonly name: string;
  readonly description: string;
  /** Cases that are not closed. */
  readonly open: number;
  /** Of those, the ones that nobody has. */
  readonly unassigned: number;
  /** Of those, the ones whose next deadline is past. */
  readonly overdue: number;
  readonly nextDeadline: string | null;
}

interface CountRow {
  office: string;
  queue: string;
  open: number;
  unassigned: number;
  overdue: number;
  next_deadline: string | null;
}

/** The queues of the caller's offices with their counts, empty ones too. */
export class ListQueues extends Query<readonly QueueView[]> {}

@QueryHandler(ListQueues)
export class ListQueuesHandler implements IQueryHandler<ListQueues> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly offices: Offices,
    private readonly settings: CaseSettings,
  ) {}

  async execute(): Promise<readonly QueueView[]> {
    const { offices } = currentCaller();
    const today = this.settings.today();
    const rows = await this.unitOfWork.run((manager): Promise<CountRow[]> =>
      manager.query(
        `SELECT office, queue, count(*)::int AS open, (count(*) FILTER (WHERE assignee IS NULL))::int AS unassigned,
                (count(*) FILTER (WHERE next_deadline < $2))::int AS overdue, min(next_deadline)::text AS next_deadline
           FROM case_file WHERE office = ANY($1) AND closed_at IS NULL AND queue IS NOT NULL GROUP BY office, queue`,
        [offices, today],
      ),
    );
    const views: QueueView[] = [];
    for (const office of [...offices].sort()) {
      const configured = await this.offices.inForce<QueueEntry>('queue', office, today);
      const names = new Map(configured.map(({ key, data }) => [key, data]));
      const counted = new Map(rows.filter((row) => row.office === office).map((row) => [row.queue, row]));
      // A queue that was abolished is shown as long as something lies in it.
      for (const queue of [...new Set([...names.keys(), ...counted.keys()])].sort()) {
        const count = counted.get(queue);
        views.push({
          queue,
          office,
          name: names.get(queue)?.name ?? queue,
          description: names.get(queue)?.description ?? '',
          open: count?.open ?? 0,
          unassigned: count?.unassigned ?? 0,
          overdue: count?.overdue ?? 0,
          nextDeadline: count?.next_deadline ?? null,
        });
      }
    }
    return views;
  }
}
