import { DomainError, isDay, type FieldError } from '@app/kernel';
import { BREAKDOWNS, FIGURES, type Breakdown, type FigureKey } from '../domain/figures';

/** For which days, offices and groups figures are asked, and as of when. */
export interface FigureRequest {
  readonly from: string;
  readonly to: string;
  /** Those the caller may see: others are left out. */
  readonly offices: readonly string[];
  readonly by?: Breakdown | undefined;
  /** Without it: as of now. */
  readonly asOf?: Date | undefined;
}

/** Figures were asked for in a way that cannot be answered; `errors` names each wrong part. */
export class InvalidFigureRequest extends DomainError {
  readonly code = 'timeliness.invalid-request';
  readonly kind = 'invalid';

  constructor(errors: readonly FieldError[]) {
    super('The figures cannot be given.', { errors });
  }
}

const DAY = 'Must be a real day written as YYYY-MM-DD, for example 2026-04-07';

/** @throws InvalidFigureRequest naming every wrong part of the period and the instant. */
export function checkPeriod({ from, to, asOf }: FigureRequest): void {
  const errors: FieldError[] = [];
  if (!isDay(from)) errors.push({ pointer: '/from', message: DAY });
  if (!isDay(to)) errors.push({ pointer: '/to', message: DAY });
  else if (isDay(from) && to < from) errors.push({ pointer: '/to', message: 'Must not be before the first day' });
  if (asOf && Number.isNaN(asOf.getTime())) {
    errors.push({ pointer: '/asOf', message: 'Must be an instant such as 2026-04-02T09:00:00Z' });
  }
  if (errors.length > 0) throw new InvalidFigureRequest(errors);
}

/** @throws InvalidFigureRequest when figures cannot be broken down by it. */
export function checkBreakdown(by: string | undefined): asserts by is Breakdown | undefined {
  if (by !== undefined && !(BREAKDOWNS as readonly string[]).includes(by)) {
    throw new InvalidFigureRequest([{ pointer: '/by', message: `Must be one of ${BREAKDOWNS.join(', ')}` }]);
  }
}

/** @throws InvalidFigureRequest when there is no such figure. */
export function checkFigure(figure: string): asserts figure is FigureKey {
  if (!Object.hasOwn(FIGURES, figure)) {
    const message = `Must be one of ${Object.keys(FIGURES).join(', ')}`;
    throw new InvalidFigureRequest([{ pointer: '/figure', message }]);
  }
}
