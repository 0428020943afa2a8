import { IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { isDay } from '@app/kernel';
import { UnitOfWork } from '@app/platform';
import { FIGURES, type Breakdown, type FigureDefinition } from '../domain/figures';
import { CountedCases, type CasePosition, type CasesAsked, type CountedCase } from './counted-cases';
import { FigureFrames } from './figure-frames';
import { checkBreakdown, checkFigure, InvalidFigureRequest, type FigureRequest } from './figure-request';

export interface CountedCasesRequest extends Omit<FigureRequest, 'by'> {
  readonly figure: string;
  readonly part: 'numerator' | 'denominator';
  /** `week` for the figures that are counted by week. */
  readonly by?: Breakdown | 'week' | undefined;
  /** Only with `by`. Null or empty: the cases that have none; undefined: all. */
  readonly group?: string | null | undefined;
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
}

export interface CountedCasesPage {
  readonly items: readonly CountedCase[];
  readonly nextCursor: string | null;
}

const LONGEST_PAGE = 200;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Exactly the cases that a figure counted, page by page. */
export class ListCountedCases extends Query<CountedCasesPage> {
  constructor(readonly request: CountedCasesRequest) {
    super();
  }
}

@QueryHandler(ListCountedCases)
export class ListCountedCasesHandler implements IQueryHandler<ListCountedCases> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly frames: FigureFrames,
    private readonly cases: CountedCases,
  ) {}

  execute({ request }: ListCountedCases): Promise<CountedCasesPage> {
    const { figure, part, from, to, offices, asOf } = request;
    checkFigure(figure);
    const asked = { figure, part, group: groupAsked(request), after: positionOf(request.cursor) };
    const limit = Math.min(Math.max(1, Math.trunc(request.limit ?? 50)), LONGEST_PAGE);
    return this.unitOfWork.run(async () => {
      const { frame } = await this.frames.frame({ from, to, offices, asOf });
      // One more than the page tells whether another follows.
      const found = await this.cases.list(frame, { ...asked, limit: limit + 1 });
      const page = found.slice(0, limit);
      const last = page.at(-1);
      return {
        items: page.map(({ reference, office, receivedOn, respondBy, answeredOn, status }) => ({
          reference,
          office,
          receivedOn,
          respondBy,
          answeredOn,
          status,
        })),
        nextCursor: found.length > limit && last ? cursorOf(last) : null,
      };
    });
  }
}

function groupAsked({ figure, by, group }: CountedCasesRequest): CasesAsked['group'] {
  if (by === 'week') {
    checkFigure(figure);
    const definition: FigureDefinition = FIGURES[figure];
    if (definition.weekOf === undefined) {
      throw new InvalidFigureRequest([{ pointer: '/by', message: 'This figure is not counted by week' }]);
    }
  } else checkBreakdown(by);
  if (by === undefined || group === undefined) return undefined;
  return { by, value: group === '' ? null : group };
}

function cursorOf({ receivedOn, caseId }: CasePosition): string {
  return Buffer.from(`${receivedOn} ${caseId}`).toString('base64url');
}

function positionOf(cursor: string | undefined): CasePosition | null {
  if (cursor === undefined) return null;
  const [receivedOn, caseId] = Buffer.from(cursor, 'base64url').toString().split(' ');
  if (!isDay(receivedOn) || !UUID.test(caseId ?? '')) {
    throw new InvalidFigureRequest([{ pointer: '/cursor', message: 'Must be a cursor that a list gave' }]);
  }
  return { receivedOn, caseId: caseId ?? '' };
}
