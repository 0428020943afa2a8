import { IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { addDays, Clock, londonDate } from '@app/kernel';
import { UnitOfWork } from '@app/platform';
import { DueCases, type DueCount } from './due-cases';
import { FigureFrames } from './figure-frames';

/** Today and the six days after it. */
export const DAYS_AHEAD = 6;

export interface DueReport {
  readonly today: string;
  readonly asOf: string;
  /** Seven days, the first is today. */
  readonly days: readonly string[];
  readonly counts: readonly DueCount[];
}

/** What is late or will be: open cases by the day their answer is due, queue and person. */
export class GetDueCases extends Query<DueReport> {
  constructor(readonly offices: readonly string[]) {
    super();
  }
}

@QueryHandler(GetDueCases)
export class GetDueCasesHandler implements IQueryHandler<GetDueCases> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly frames: FigureFrames,
    private readonly cases: DueCases,
    private readonly clock: Clock,
  ) {}

  execute({ offices }: GetDueCases): Promise<DueReport> {
    return this.unitOfWork.run(async () => {
      const today = londonDate(this.clock.now());
      const { frame } = await this.frames.frame({ from: today, to: addDays(today, DAYS_AHEAD), offices });
      const days = Array.from({ length: DAYS_AHEAD + 1 }, (_, index) => addDays(frame.asOfDay, index));
      const counts = await this.cases.counts({ ...frame, to: addDays(frame.asOfDay, DAYS_AHEAD) });
      return { today: frame.asOfDay, asOf: frame.asOf.toISOString(), days, counts };
    });
  }
}
