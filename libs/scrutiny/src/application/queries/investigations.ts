import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '@app/platform';
import { chainFacts, type InvestigationState } from '../../domain/notices/investigation';
import { noticeChain, type ChainRule, type NoticeSlot } from '../../domain/notices/notice-chain';
import { CasesOfRecords } from '../cases-of-records';
import { ScrutinySettings } from '../scrutiny-settings';
import { ScrutinyTexts } from '../texts';
import { RecordLists, type ListedRecord, type RecordListRequest, type RecordPage } from './record-lists';

/** A long investigation of the force, as a line of the log. */
export interface InvestigationLine {
  readonly id: string;
  readonly office: string;
  readonly forceReference: string;
  readonly startedOn: string;
  readonly status: 'open' | 'finalised' | 'struck-out';
  /** The earliest notice that is waited for. */
  readonly nextDueOn: string | null;
  readonly isOverdue: boolean;
  readonly notices: number;
  readonly lastNoticeOn: string | null;
  readonly expectedEnd: string | null;
  readonly finalisedOn: string | null;
}

export interface InvestigationView extends InvestigationLine {
  readonly rule: ChainRule;
  readonly chain: readonly NoticeSlot[];
  /** How the next day was counted. */
  readonly steps: readonly string[];
  readonly received: readonly {
    readonly receivedOn: string;
    readonly caseReference: string | null;
    readonly expectedEnd: string | null;
    readonly reasons: string | null;
  }[];
}

/** Investigations in the log, those with an overdue notice first. */
export class ListInvestigations extends Query<RecordPage<InvestigationLine>> {
  constructor(readonly request: RecordListRequest) {
    super();
  }
}

/** One investigation with its chain of notices. */
export class GetInvestigation extends Query<InvestigationView> {
  constructor(readonly id: string) {
    super();
  }
}

@QueryHandler(ListInvestigations)
export class ListInvestigationsHandler implements IQueryHandler<ListInvestigations> {
  constructor(
    private readonly lists: RecordLists,
    private readonly settings: ScrutinySettings,
  ) {}

  async execute({ request }: ListInvestigations): Promise<RecordPage<InvestigationLine>> {
    const { items, next } = await this.lists.page<InvestigationState>('investigation', request);
    return { items: items.map((record) => lineOf(record, this.settings.today)), next };
  }
}

@QueryHandler(GetInvestigation)
export class GetInvestigationHandler implements IQueryHandler<GetInvestigation> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly lists: RecordLists,
    private readonly texts: ScrutinyTexts,
    private readonly cases: CasesOfRecords,
    private readonly settings: ScrutinySettings,
  ) {}

  async execute({ id }: GetInvestigation): Promise<InvestigationView> {
    const due = await this.settings.dueDays();
    const { today } = this.settings;
    return this.unitOfWork.run(async () => {
      const record = await this.lists.get<InvestigationState>('investigation', id);
      const { state } = record;
      const reasons = await this.texts.read(state.notices.map(({ reasonsId }) => reasonsId));
      const references = await this.cases.references(state.notices.map(({ caseId }) => caseId));
      const chain = noticeChain(chainFacts(state), today, due);
      const step = chain.findIndex(({ dueOn }) => dueOn === state.nextDueOn);
      const lastNotice = state.notices.at(-1)?.receivedOn;
      const isFromReceipt = state.rule.nextFrom === 'receipt' && lastNotice !== undefined;
      const counted = isFromReceipt
        ? due.months(lastNotice, state.rule.everyMonths, 'The last notice came')
        : due.months(state.startedOn, state.rule.firstMonths + Math.max(step, 0) * state.rule.everyMonths);
      return {
        ...lineOf(record, today),
        rule: state.rule,
        chain: state.struckOn === null ? chain : [],
        steps: state.nextDueOn === null ? [] : counted.steps,
        received: state.notices.map(({ receivedOn, caseId, expectedEnd, reasonsId }) => ({
          receivedOn,
          caseReference: references.get(caseId ?? '') ?? null,
          expectedEnd,
          reasons: reasons.get(reasonsId ?? '') ?? null,
        })),
      };
    });
  }
}

function lineOf({ id, office, dueOn, state }: ListedRecord<InvestigationState>, today: string): InvestigationLine {
  const last = state.notices.at(-1);
  const status = state.struckOn !== null ? 'struck-out' : state.finalisedOn !== null ? 'finalised' : 'open';
  return {
    id,
    office,
    forceReference: state.reference,
    startedOn: state.startedOn,
    status,
    nextDueOn: dueOn,
    isOverdue: dueOn !== null && dueOn < today,
    notices: state.notices.length,
    lastNoticeOn: last?.receivedOn ?? null,
    expectedEnd: last?.expectedEnd ?? null,
    finalisedOn: state.finalisedOn,
  };
}
