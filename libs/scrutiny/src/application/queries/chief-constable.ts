import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { AccessRecords } from '@app/access';
import { londonDate } from '@app/kernel';
import { UnitOfWork } from '@app/platform';
import type { ChiefConstableState } from '../../domain/chief-constable/chief-constable-state';
import { ScrutinyRecordNotFound } from '../../domain/scrutiny.errors';
import { CasesOfRecords } from '../cases-of-records';
import { CHIEF_CONSTABLE_CATEGORY } from '../commands/chief-constable';
import { ScrutinySettings } from '../scrutiny-settings';
import { ScrutinyTexts } from '../texts';
import { RecordLists, type ListedRecord, type RecordListRequest, type RecordPage } from './record-lists';

export interface ChiefConstableLine {
  readonly reference: string;
  readonly office: string;
  readonly startedOn: string;
  readonly stage: 'to-assess' | 'to-record' | 'to-test' | 'to-route' | 'in-hand' | 'finished' | 'under-command';
  readonly updateDueOn: string | null;
  readonly isOverdue: boolean;
  readonly outcome: string | null;
}

export interface ChiefConstableView extends ChiefConstableLine {
  readonly delegatedTo: string;
  readonly delegation: string | null;
  readonly conduct: string | null;
  readonly recording: string | null;
  readonly referral: ChiefConstableState['referral'];
  readonly route: string | null;
  readonly updateDays: number;
  /** How the next update was counted. */
  readonly updateSteps: readonly string[];
  readonly outcomeOn: string | null;
  readonly reviewRightsOn: string | null;
  /** Who reviews: always the IOPC (R1.54). */
  readonly reviewBody: 'iopc';
  readonly steps: readonly {
    readonly what: string;
    readonly on: string;
    readonly code: string | null;
    readonly reasons: string | null;
  }[];
}

/** Records of complaints about the chief constable, those with an overdue update first. */
export class ListChiefConstableComplaints extends Query<RecordPage<ChiefConstableLine>> {
  constructor(readonly request: RecordListRequest) {
    super();
  }
}

/** Cases of that category that have no record yet, oldest first. */
export class ListUnopenedComplaints extends Query<readonly UnopenedComplaint[]> {
  constructor(readonly offices: readonly string[]) {
    super();
  }
}

export interface UnopenedComplaint {
  readonly reference: string;
  readonly office: string;
  readonly receivedOn: string;
}

/** The record beside a case; null where it has none yet. */
export class GetChiefConstableComplaint extends Query<ChiefConstableView | null> {
  constructor(readonly reference: string) {
    super();
  }
}

const MOST_UNOPENED = 100;

@QueryHandler(ListChiefConstableComplaints)
export class ListChiefConstableComplaintsHandler implements IQueryHandler<ListChiefConstableComplaints> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly lists: RecordLists,
    private readonly cases: CasesOfRecords,
    private readonly settings: ScrutinySettings,
  ) {}

  execute({ request }: ListChiefConstableComplaints): Promise<RecordPage<ChiefConstableLine>> {
    return this.unitOfWork.run(async () => {
      const { items, next } = await this.lists.page<ChiefConstableState>('chief-constable-complaint', request);
      const references = await this.cases.references(items.map(({ id }) => id));
      return {
        items: items.map((record) => lineOf(record, references.get(record.id) ?? '', this.settings.today)),
        next,
      };
    });
  }
}

@QueryHandler(ListUnopenedComplaints)
export class ListUnopenedComplaintsHandler implements IQueryHandler<ListUnopenedComplaints> {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async execute({ offices }: ListUnopenedComplaints): Promise<readonly UnopenedComplaint[]> {
    const rows: { reference: string; office: string; at: Date }[] = await this.unitOfWork.run((manager) =>
      manager.query(
        `SELECT c.reference, c.office, c.received_at AS at FROM case_file c
          WHERE c.category = $1 AND c.office = ANY ($2) AND c.closed_at IS NULL
            AND NOT EXISTS (SELECT FROM scrutiny_record r WHERE r.id = c.id)
          ORDER BY c.received_at, c.id LIMIT $3`,
        [CHIEF_CONSTABLE_CATEGORY, offices, MOST_UNOPENED],
      ),
    );
    return rows.map(({ reference, office, at }) => ({ reference, office, receivedOn: londonDate(at) }));
  }
}

@QueryHandler(GetChiefConstableComplaint)
export class GetChiefConstableComplaintHandler implements IQueryHandler<GetChiefConstableComplaint> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly lists: RecordLists,
    private readonly texts: ScrutinyTexts,
    private readonly cases: CasesOfRecords,
    private readonly settings: ScrutinySettings,
    private readonly access: AccessRecords,
  ) {}

  /** @throws ScrutinyRecordNotFound where there is no such case */
  async execute({ reference }: GetChiefConstableComplaint): Promise<ChiefConstableView | null> {
    const due = await this.settings.dueDays();
    return this.unitOfWork.run(async () => {
      const caseFile = await this.cases.find(reference);
      if (!caseFile) throw new ScrutinyRecordNotFound();
      const record = await this.lists
        .get<ChiefConstableState>('chief-constable-complaint', caseFile.id)
        .catch((error: unknown) => {
          if (error instanceof ScrutinyRecordNotFound) return null;
          throw error;
        });
      if (!record) return null;
      await this.access.record('case-read', [{ office: record.office, caseId: record.id }]);
      const { state } = record;
      const said = await this.texts.read([state.delegationId, ...state.steps.map(({ reasonsId }) => reasonsId)]);
      const { delegatedTo, conduct, recording, referral, route, updateDays, outcomeOn, reviewRightsOn } = state;
      const from = state.updates.at(-1);
      const counted = due.days(
        from ?? state.startedOn,
        updateDays,
        from ? 'The last update was given' : 'The complaint came',
      );
      return {
        ...lineOf(record, caseFile.reference, this.settings.today),
        ...{ delegatedTo, conduct, recording, referral, route, updateDays, outcomeOn, reviewRightsOn },
        delegation: said.get(state.delegationId ?? '') ?? null,
        updateSteps: state.updateDueOn === null ? [] : counted.steps,
        reviewBody: 'iopc',
        steps: state.steps.map(({ what, on, code, reasonsId }) => ({
          ...{ what, on, code, reasons: said.get(reasonsId ?? '') ?? null },
        })),
      };
    });
  }
}

function lineOf(
  { office, dueOn, state }: ListedRecord<ChiefConstableState>,
  reference: string,
  today: string,
): ChiefConstableLine {
  const { startedOn, conduct, recording, referral, route, outcome } = state;
  const stage =
    outcome !== null
      ? 'finished'
      : conduct === 'under-command'
        ? 'under-command'
        : conduct === null
          ? 'to-assess'
          : recording === null
            ? 'to-record'
            : referral === null
              ? 'to-test'
              : route === null
                ? 'to-route'
                : 'in-hand';
  const isOverdue = dueOn !== null && dueOn < today;
  return { reference, office, startedOn, stage, updateDueOn: dueOn, isOverdue, outcome };
}
