import type { DataPeriod } from '../domain/financial-quarter';
import type { PublishedFigure } from '../domain/published-figure';

export interface FiguresAsked extends DataPeriod {
  readonly office: string;
  /** The kind of publication that they are for. */
  readonly kind: string;
  /** What was recorded later does not count. */
  readonly asOf: Date;
}

/** Where the numbers of a publication come from. Asked as the system, so that restricted cases are counted as any other. */
export abstract class PublishedFigures {
  abstract figures(asked: FiguresAsked): Promise<readonly PublishedFigure[]>;
}
