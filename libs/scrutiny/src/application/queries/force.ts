import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '@app/platform';
import type { ForceMeetingState } from '../../domain/force/force-meeting';
import type { OversightActionState } from '../../domain/force/oversight-action';
import { CasesOfRecords } from '../cases-of-records';
import { ScrutinySettings } from '../scrutiny-settings';
import { ScrutinyTexts } from '../texts';
import { RecordLists, type ListedRecord, type RecordListRequest, type RecordPage } from './record-lists';

export interface OversightActionView {
  readonly id: string;
  readonly office: string;
  readonly action: string;
  readonly ground: string;
  readonly on: string;
  readonly forceReference: string | null;
  readonly caseReference: string | null;
  readonly reasons: string | null;
  readonly answerBy: string | null;
  readonly isOverdue: boolean;
  readonly answeredOn: string | null;
  readonly answerCode: string | null;
  readonly answer: string | null;
}

export interface ForceMeetingView {
  readonly id: string;
  readonly office: string;
  readonly on: string;
  readonly agenda: readonly string[];
  readonly notes: string | null;
  readonly isOverdue: boolean;
  readonly heldOn: string | null;
  readonly minutes: string | null;
}

/** The log of what the office did about force complaints. */
export class ListOversightActions extends Query<RecordPage<OversightActionView>> {
  constructor(readonly request: RecordListRequest) {
    super();
  }
}

export class GetOversightAction extends Query<OversightActionView> {
  constructor(readonly id: string) {
    super();
  }
}

export class ListForceMeetings extends Query<RecordPage<ForceMeetingView>> {
  constructor(readonly request: RecordListRequest) {
    super();
  }
}

export class GetForceMeeting extends Query<ForceMeetingView> {
  constructor(readonly id: string) {
    super();
  }
}

@QueryHandler(ListOversightActions)
export class ListOversightActionsHandler implements IQueryHandler<ListOversightActions> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly lists: RecordLists,
    private readonly texts: ScrutinyTexts,
    private readonly cases: CasesOfRecords,
    private readonly settings: ScrutinySettings,
  ) {}

  execute({ request }: ListOversightActions): Promise<RecordPage<OversightActionView>> {
    return this.unitOfWork.run(async () => {
      const { items, next } = await this.lists.page<OversightActionState>('oversight-action', request);
      return { items: await actionViews(items, this.texts, this.cases, this.settings.today), next };
    });
  }
}

@QueryHandler(GetOversightAction)
export class GetOversightActionHandler implements IQueryHandler<GetOversightAction> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly lists: RecordLists,
    private readonly texts: ScrutinyTexts,
    private readonly cases: CasesOfRecords,
    private readonly settings: ScrutinySettings,
  ) {}

  execute({ id }: GetOversightAction): Promise<OversightActionView> {
    return this.unitOfWork.run(async () => {
      const record = await this.lists.get<OversightActionState>('oversight-action', id);
      const [view] = await actionViews([record], this.texts, this.cases, this.settings.today);
      return view as OversightActionView;
    });
  }
}

@QueryHandler(ListForceMeetings)
export class ListForceMeetingsHandler implements IQueryHandler<ListForceMeetings> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly lists: RecordLists,
    private readonly texts: ScrutinyTexts,
    private readonly settings: ScrutinySettings,
  ) {}

  execute({ request }: ListForceMeetings): Promise<RecordPage<ForceMeetingView>> {
    return this.unitOfWork.run(async () => {
      const { items, next } = await this.lists.page<ForceMeetingState>('force-meeting', request);
      return { items: await meetingViews(items, this.texts, this.settings.today), next };
    });
  }
}

@QueryHandler(GetForceMeeting)
export class GetForceMeetingHandler implements IQueryHandler<GetForceMeeting> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly lists: RecordLists,
    private readonly texts: ScrutinyTexts,
    private readonly settings: ScrutinySettings,
  ) {}

  execute({ id }: GetForceMeeting): Promise<ForceMeetingView> {
    return this.unitOfWork.run(async () => {
      const record = await this.lists.get<ForceMeetingState>('force-meeting', id);
      const [view] = await meetingViews([record], this.texts, this.settings.today);
      return view as ForceMeetingView;
    });
  }
}

async function actionViews(
  records: readonly ListedRecord<OversightActionState>[],
  texts: ScrutinyTexts,
  cases: CasesOfRecords,
  today: string,
): Promise<readonly OversightActionView[]> {
  const said = await texts.read(records.flatMap(({ state }) => [state.reasonsId, state.answerId]));
  const references = await cases.references(records.map(({ caseId }) => caseId));
  return records.map(({ id, office, caseId, dueOn, state: { reasonsId, answerId, ...state } }) => ({
    ...{ id, office, action: state.action, ground: state.ground, on: state.on, forceReference: state.forceReference },
    caseReference: references.get(caseId ?? '') ?? null,
    reasons: said.get(reasonsId) ?? null,
    ...{ answerBy: state.answerBy, answeredOn: state.answeredOn, answerCode: state.answerCode },
    answer: said.get(answerId ?? '') ?? null,
    isOverdue: dueOn !== null && dueOn < today,
  }));
}

async function meetingViews(
  records: readonly ListedRecord<ForceMeetingState>[],
  texts: ScrutinyTexts,
  today: string,
): Promise<readonly ForceMeetingView[]> {
  const said = await texts.read(records.flatMap(({ state }) => [state.notesId, state.minutesId]));
  return records.map(({ id, office, dueOn, state: { notesId, minutesId, on, agenda, heldOn } }) => ({
    ...{ id, office, on, agenda, heldOn },
    notes: said.get(notesId ?? '') ?? null,
    minutes: said.get(minutesId ?? '') ?? null,
    isOverdue: dueOn !== null && dueOn < today,
  }));
}
