import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { londonDate } from '@app/kernel';
import { UnitOfWork } from '@app/platform';
import type { PanelNumbersState } from '../../domain/panel/panel-numbers';
import { ScrutinyTexts } from '../texts';
import { RecordLists, type RecordListRequest, type RecordPage } from './record-lists';

export const COMMISSIONER_CATEGORY = 'commissioner-complaint';

/** What the panel said of one period. */
export interface PanelNumbersView {
  readonly id: string;
  readonly office: string;
  readonly from: string;
  readonly to: string;
  readonly numbers: Readonly<Record<string, number>>;
  readonly obtainedOn: string;
  readonly source: string | null;
  /** How often they were recorded: more than 1 is a correction. */
  readonly versions: number;
}

/** A complaint about the commissioner or deputy that came to the office. */
export interface CommissionerComplaint {
  readonly reference: string;
  readonly office: string;
  readonly receivedOn: string;
  readonly forwardedTo: string | null;
  readonly isClosed: boolean;
}

export class ListPanelNumbers extends Query<RecordPage<PanelNumbersView>> {
  constructor(readonly request: Omit<RecordListRequest, 'isOpen'>) {
    super();
  }
}

/** Complaints about the commissioner, those that are not passed on yet first, then the newest. */
export class ListCommissionerComplaints extends Query<readonly CommissionerComplaint[]> {
  constructor(
    readonly offices: readonly string[],
    readonly limit: number,
  ) {
    super();
  }
}

@QueryHandler(ListPanelNumbers)
export class ListPanelNumbersHandler implements IQueryHandler<ListPanelNumbers> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly lists: RecordLists,
    private readonly texts: ScrutinyTexts,
  ) {}

  execute({ request }: ListPanelNumbers): Promise<RecordPage<PanelNumbersView>> {
    return this.unitOfWork.run(async () => {
      const page = await this.lists.page<PanelNumbersState>('panel-numbers', { ...request, isOpen: false });
      const sources = await this.texts.read(page.items.map(({ state }) => state.sourceId));
      const items = page.items.map(({ id, office, state: { sourceId, ...state } }) => ({
        ...{ id, office, ...state },
        source: sources.get(sourceId) ?? null,
      }));
      return { items, next: page.next };
    });
  }
}

@QueryHandler(ListCommissionerComplaints)
export class ListCommissionerComplaintsHandler implements IQueryHandler<ListCommissionerComplaints> {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async execute({ offices, limit }: ListCommissionerComplaints): Promise<readonly CommissionerComplaint[]> {
    const rows: (Omit<CommissionerComplaint, 'receivedOn'> & { at: Date })[] = await this.unitOfWork.run((manager) =>
      manager.query(
        `SELECT reference, office, received_at AS at, forwarded_to AS "forwardedTo", closed_at IS NOT NULL AS "isClosed"
           FROM case_file WHERE category = $1 AND office = ANY ($2)
          ORDER BY (forwarded_to IS NULL AND closed_at IS NULL) DESC, received_at DESC, id LIMIT $3`,
        [COMMISSIONER_CATEGORY, offices, limit],
      ),
    );
    return rows.map(({ at, ...row }) => ({ ...row, receivedOn: londonDate(at) }));
  }
}
