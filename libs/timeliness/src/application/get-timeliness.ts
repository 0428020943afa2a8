import { IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '@app/platform';
import { TIMELINESS_FIGURES, type Breakdown } from '../domain/figures';
import { FigureCounter, type Figure } from './figure-counter';
import { FigureFrames } from './figure-frames';
import { checkBreakdown, type FigureRequest } from './figure-request';

/** Figures of a period as they were recorded at one instant. */
export interface FigureReport {
  readonly from: string;
  readonly to: string;
  readonly asOf: string;
  readonly by: Breakdown | null;
  /** The holiday calendar that the working days were counted with. */
  readonly calendarVersion: number;
  readonly figures: readonly Figure[];
}

/** How well the offices keep their time: received, in time, open, overdue, working days to answer. */
export class GetTimeliness extends Query<FigureReport> {
  constructor(readonly request: FigureRequest) {
    super();
  }
}

@QueryHandler(GetTimeliness)
export class GetTimelinessHandler implements IQueryHandler<GetTimeliness> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly frames: FigureFrames,
    private readonly counter: FigureCounter,
  ) {}

  execute({ request }: GetTimeliness): Promise<FigureReport> {
    checkBreakdown(request.by);
    const by = request.by ?? null;
    return this.unitOfWork.run(async () => {
      const { frame, calendar } = await this.frames.frame(request);
      const path = '/api/v1/metrics/timeliness/cases';
      const figures = await this.counter.count(TIMELINESS_FIGURES, { path, frame, calendar, by });
      const { from, to, asOf } = frame;
      return { from, to, asOf: asOf.toISOString(), by, calendarVersion: calendar.version, figures };
    });
  }
}
