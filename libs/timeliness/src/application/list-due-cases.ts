import { IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { addDays, Clock, isDay, londonDate } from '@app/kernel';
import { UnitOfWork } from '@app/platform';
import { DueCases, type DueCase, type DueSelection } from './due-cases';
import { FigureFrames } from './figure-frames';
import { InvalidFigureRequest } from './figure-request';
import { DAYS_AHEAD } from './get-due-cases';

export interface DueCasesRequest extends DueSelection {
  readonly offices: readonly string[];
  /** The instant of the report whose numbers are opened. */
  readonly asOf?: Date | undefined;
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
}

export interface DueCasesPage {
  readonly items: readonly DueCase[];
  readonly nextCursor: string | null;
}

const LONGEST_PAGE = 200;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Exactly the cases behind a number of what is late or will be. */
export class ListDueCases extends Query<DueCasesPage> {
  constructor(readonly request: DueCasesRequest) {
    super();
  }
}

@QueryHandler(ListDueCases)
export class ListDueCasesHandler implements IQueryHandler<ListDueCases> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly frames: FigureFrames,
    private readonly cases: DueCases,
    private readonly clock: Clock,
  ) {}

  execute({ request }: ListDueCases): Promise<DueCasesPage> {
    const { offices, asOf, due, queue, person, cursor } = request;
    if (due !== undefined && due !== 'overdue' && !isDay(due)) {
      throw new InvalidFigureRequest([{ pointer: '/due', message: 'Must be a day, or "overdue"' }]);
    }
    const after = positionOf(cursor);
    const limit = Math.min(Math.max(1, Math.trunc(request.limit ?? 50)), LONGEST_PAGE);
    return this.unitOfWork.run(async () => {
      const today = londonDate(this.clock.now());
      const { frame } = await this.frames.frame({ from: today, to: today, offices, asOf });
      const to = addDays(frame.asOfDay, DAYS_AHEAD);
      const found = await this.cases.list({ ...frame, to }, { due, queue, person }, after, limit + 1);
      const page = found.slice(0, limit);
      const last = page.at(-1);
      return {
        items: page.map(({ caseId: _, ...each }) => each),
        nextCursor:
          found.length > limit && last ? Buffer.from(`${last.respondBy} ${last.caseId}`).toString('base64url') : null,
      };
    });
  }
}

function positionOf(cursor: string | undefined): { respondBy: string; caseId: string } | null {
  if (cursor === undefined) return null;
  const [respondBy, caseId] = Buffer.from(cursor, 'base64url').toString().split(' ');
  if (!isDay(respondBy) || !UUID.test(caseId ?? '')) {
    throw new InvalidFigureRequest([{ pointer: '/cursor', message: 'Must be a cursor that a list gave' }]);
  }
  return { respondBy, caseId: caseId ?? '' };
}
