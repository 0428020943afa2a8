import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@app/platform';
import { isEnded } from '../domain/case-status';
import { CaseChanges } from './case-changes';

/** Puts a case in order that the assurance sweep found without owner or without clock. */
@Injectable()
export class MendOverlookedCase {
  constructor(
    private readonly changes: CaseChanges,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** Each in a transaction of its own. True when the case is in order now. */
  async giveQueue(caseId: string): Promise<boolean> {
    await this.unitOfWork.run(() =>
      this.changes.byId(caseId, (caseFile, { now }) => {
        const { queue, assignee, status } = caseFile.snapshot();
        if (queue === null && assignee === null && !isEnded(status)) caseFile.route('triage', now);
      }),
    );
    return true;
  }

  async startClocks(caseId: string): Promise<boolean> {
    await this.unitOfWork.run(() =>
      this.changes.byId(caseId, async (caseFile, { clocks, counter, newId, now }) =>
        caseFile.startMissingClocks(await clocks(), counter, newId, now),
      ),
    );
    return true;
  }
}
