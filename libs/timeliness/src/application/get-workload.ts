import { IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '@app/platform';
import { WORKLOAD_FIGURES } from '../domain/figures';
import { FigureCounter } from './figure-counter';
import { FigureFrames } from './figure-frames';
import { checkBreakdown, type FigureRequest } from './figure-request';
import type { FigureReport } from './get-timeliness';

/** How much there is to do, who has it, and what comes in and goes out per week. */
export class GetWorkload extends Query<FigureReport> {
  constructor(readonly request: FigureRequest) {
    super();
  }
}

@QueryHandler(GetWorkload)
export class GetWorkloadHandler implements IQueryHandler<GetWorkload> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly frames: FigureFrames,
    private readonly counter: FigureCounter,
  ) {}

  execute({ request }: GetWorkload): Promise<FigureReport> {
    checkBreakdown(request.by);
    const by = request.by ?? null;
    return this.unitOfWork.run(async () => {
      const { frame, calendar } = await this.frames.frame(request);
      const path = '/api/v1/metrics/workload/cases';
      const figures = await this.counter.count(WORKLOAD_FIGURES, { path, frame, calendar, by });
      const { from, to, asOf } = frame;
      return { from, to, asOf: asOf.toISOString(), by, calendarVersion: calendar.version, figures };
    });
  }
}
