import { Injectable } from '@nestjs/common';
import { Consumer, Consumes, type ConsumedMessage } from '@app/platform';
import { CaseChanges } from '../case-changes';

/** Puts a case that the rules sorted into its queue. */
@Consumes({ name: 'casework.route', queue: 'routing', events: ['casework.case-triaged'] })
@Injectable()
export class RouteTriagedCase extends Consumer {
  constructor(private readonly changes: CaseChanges) {
    super();
  }

  async handle({ stream, data }: ConsumedMessage): Promise<void> {
    if (data.byPerson === true || typeof data.queue !== 'string') return;
    const queue = data.queue;
    await this.changes.byId(stream.replace(/^case-/, ''), (caseFile, { now }) => {
      // Somebody may have transferred it in the meantime.
      if (caseFile.snapshot().queue === 'triage') caseFile.route(queue, now);
    });
  }
}
