import { Injectable } from '@nestjs/common';
import { Clock, addDays, londonDate } from '@app/kernel';
import { Outgoing } from '@app/notifications';
import { Offices } from '@app/offices';
import { Consumer, Consumes, Timers, UnitOfWork } from '@app/platform';
import type { ClockName } from '../../domain/case.events';
import { CaseChanges } from '../case-changes';
import { CaseSettings } from '../case-settings';
import type { ContactEntry } from './alert-to-risk';

export const WATCH_DEADLINES = 'casework.watch-deadlines';
const EVERY_MS = 60_000;
const WARN_DAYS_BEFORE = 2;
const BATCH = 200;

interface DueRow {
  id: string;
  case_id: string;
  office: string;
  reference: string;
  clock: ClockName;
  due_on: string;
}

/**
 * The rows of `deadline` are the timers: this watch looks every minute for those that come due or have passed, warns
 * before and escalates after. A watch that was down catches up with everything at once.
 */
@Consumes({ name: 'casework.watch-deadlines', queue: 'deadlines', timers: [WATCH_DEADLINES] })
@Injectable()
export class WatchDeadlines extends Consumer {
  constructor(
    private readonly changes: CaseChanges,
    private readonly settings: CaseSettings,
    private readonly offices: Offices,
    private readonly outgoing: Outgoing,
    private readonly timers: Timers,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {
    super();
  }

  /** Sets the first watch; again and again is the same. */
  async arm(inMs = 0): Promise<void> {
    await this.timers.set({
      kind: WATCH_DEADLINES,
      office: null,
      subject: 'all',
      dueAt: new Date(this.clock.now().getTime() + inMs),
    });
  }

  async handle(): Promise<void> {
    const today = londonDate(this.clock.now());
    const missed = await this.due('escalated_at', addDays(today, -1));
    for (const row of missed) {
      await this.changes.byId(row.case_id, (caseFile, { now }) => void caseFile.miss(row.clock, row.due_on, now));
    }
    await this.mark('escalated_at', missed);
    const near = await this.due('warned_at', addDays(today, WARN_DAYS_BEFORE));
    for (const row of near) {
      await this.changes.byId(row.case_id, (caseFile, { now }) => void caseFile.warn(row.clock, row.due_on, now));
    }
    await this.mark('warned_at', near);
    await this.tell(missed, near);
    const hasMore = missed.length === BATCH || near.length === BATCH;
    await this.arm(hasMore ? 1000 : EVERY_MS);
  }

  private due(column: 'warned_at' | 'escalated_at', latest: string): Promise<DueRow[]> {
    return this.unitOfWork.manager.query(
      `SELECT d.id, d.case_id, d.office, c.reference, d.clock, d.due_on::text
         FROM deadline d JOIN case_file c ON c.id = d.case_id
        WHERE d.status = 'open' AND d.due_on <= $1 AND d.${column} IS NULL ORDER BY d.due_on, d.id LIMIT ${String(BATCH)}`,
      [latest],
    );
  }

  private async mark(column: 'warned_at' | 'escalated_at', rows: readonly DueRow[]): Promise<void> {
    if (rows.length === 0) return;
    await this.unitOfWork.manager.query(`UPDATE deadline SET ${column} = $2 WHERE id = ANY($1)`, [
      rows.map((row) => row.id),
      this.clock.now(),
    ]);
  }

  /** One letter an office and watch, with references and days and no content. */
  private async tell(missed: readonly DueRow[], near: readonly DueRow[]): Promise<void> {
    const offices = new Set([...missed, ...near].map((row) => row.office));
    for (const office of offices) {
      const contacts = await this.offices.inForce<ContactEntry>('contact', office, this.settings.today());
      const manager = contacts.find(({ key }) => key === 'casework-manager');
      const { mailboxes } = await this.settings.office(office);
      const first = [...missed, ...near].find((row) => row.office === office);
      if (!manager || !mailboxes[0] || !first) continue;
      const lines = (rows: readonly DueRow[]): string =>
        rows
          .filter((row) => row.office === office)
          .map((row) => `  ${row.reference}  ${row.clock}  due ${row.due_on}`)
          .join('\n');
      await this.outgoing.queue({
        office,
        // One letter names many cases; it is kept with the first of them.
        caseId: first.case_id,
        caseReference: first.reference,
        kind: 'deadline-warning',
        from: mailboxes[0],
        to: manager.data.email,
        subject: 'Deadlines that need attention',
        body: `Passed without being met:\n${lines(missed) || '  none'}\n\nDue soon:\n${lines(near) || '  none'}\n`,
        inReplyTo: null,
        attachedItemId: null,
        automatic: true,
      });
    }
  }
}
