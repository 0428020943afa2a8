import { Injectable } from '@nestjs/common';
import { Consumer, Consumes, UnitOfWork, type ConsumedMessage } from '@app/platform';
import { CaseChanges } from '../case-changes';

/** A new holiday calendar: every open deadline is counted again and says whether it moved; closed ones never move. */
@Consumes({ name: 'casework.recount-deadlines', queue: 'deadlines', events: ['offices.holiday-calendar-changed'] })
@Injectable()
export class RecountDeadlines extends Consumer {
  constructor(
    private readonly changes: CaseChanges,
    private readonly unitOfWork: UnitOfWork,
  ) {
    super();
  }

  async handle({ data }: ConsumedMessage): Promise<void> {
    const rows: { case_id: string }[] = await this.unitOfWork.manager.query(
      `SELECT DISTINCT case_id FROM deadline WHERE status IN ('open', 'missed') AND met_on IS NULL AND calendar_version < $1 ORDER BY case_id`,
      [data.version],
    );
    const because = `holiday calendar version ${JSON.stringify(data.version)}`;
    for (const { case_id } of rows) {
      await this.changes.byId(case_id, (caseFile, { counter, now }) =>
        caseFile.recountDeadlines(counter, because, now),
      );
    }
  }
}
