import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { countDeadline, dayInWords } from '@app/kernel';
import { Calendars } from '@app/offices';
import { UnitOfWork } from '@app/platform';
import { toDeadline, type DeadlineRow } from '../deadline-row';
import { CaseReader } from './read-case';

/** A deadline that explains itself. */
export interface DeadlineView {
  readonly clock: string;
  readonly dueOn: string | null;
  readonly status: string;
  readonly metOn: string | null;
  readonly rule: string;
  readonly source: string | null;
  readonly from: string;
  readonly unit: string;
  readonly count: number;
  readonly region: string;
  readonly calendarVersion: number;
  readonly pauses: readonly { readonly from: string; readonly to: string | null }[];
  readonly movedFrom: string | null;
  readonly movedBecause: string | null;
  /** The counting in plain English, a sentence each. */
  readonly steps: readonly string[];
}

/** Every deadline of a case with its rule, calendar version and the counting in words. */
export class ListCaseDeadlines extends Query<readonly DeadlineView[]> {
  constructor(readonly reference: string) {
    super();
  }
}

@QueryHandler(ListCaseDeadlines)
export class ListCaseDeadlinesHandler implements IQueryHandler<ListCaseDeadlines> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly reader: CaseReader,
    private readonly calendars: Calendars,
  ) {}

  execute({ reference }: ListCaseDeadlines): Promise<readonly DeadlineView[]> {
    return this.unitOfWork.run(async (manager) => {
      const { id } = await this.reader.find(reference, 'case-deadlines-read');
      const rows: DeadlineRow[] = await manager.query(
        `SELECT id, clock, policy, from_day::text, pauses, extension, calendar_version, due_on::text, moved_from::text,
                moved_because, status, met_on::text, created_at
           FROM deadline WHERE case_id = $1 ORDER BY created_at, clock, id`,
        [id],
      );
      const views: DeadlineView[] = [];
      for (const deadline of rows.map(toDeadline)) {
        const calendar = await this.calendars.version(deadline.calendarVersion);
        const { steps } = countDeadline(deadline.policy, deadline.fromDay, calendar, deadline.pauses);
        const extended =
          deadline.extendedTo === null ? [] : [`Extended by decision to ${dayInWords(deadline.extendedTo)}.`];
        const moved =
          deadline.movedFrom === null
            ? []
            : [`Moved from ${dayInWords(deadline.movedFrom)}: ${deadline.movedBecause ?? 'recounted'}.`];
        views.push({
          clock: deadline.clock,
          dueOn: deadline.dueOn,
          status: deadline.status,
          metOn: deadline.metOn,
          rule: deadline.policy.rule,
          source: deadline.policy.source ?? null,
          from: deadline.fromDay,
          unit: deadline.policy.unit,
          count: deadline.policy.count,
          region: deadline.policy.region,
          calendarVersion: deadline.calendarVersion,
          pauses: deadline.pauses,
          movedFrom: deadline.movedFrom,
          movedBecause: deadline.movedBecause,
          steps: [...steps, ...extended, ...moved],
        });
      }
      return views;
    });
  }
}
