import { DomainError, isDay, type FieldError } from '@app/kernel';
import { REVIEW_BREAKDOWNS, type ReviewBreakdown } from '../domain/review-figures';

/** For which days, offices and groups figures of reviews are asked, and as of when. */
export interface ReviewFigureRequest {
  readonly from: string;
  readonly to: string;
  /** Those the caller may see: others are left out. */
  readonly offices: readonly string[];
  readonly by?: ReviewBreakdown | undefined;
  /** Without it: as of now. */
  readonly asOf?: Date | undefined;
}

/** Figures of reviews were asked for in a way that cannot be answered; `errors` names each wrong part. */
export class InvalidReviewFigureRequest extends DomainError {
  readonly code = 'review-figures.invalid-request';
  readonly kind = 'invalid';

  constructor(errors: readonly FieldError[]) {
    super('The figures cannot be given.', { errors });
  }
}

const DAY = 'Must be a real day written as YYYY-MM-DD, for example 2026-04-07';

/** @throws InvalidReviewFigureRequest naming every wrong part. */
export function checkRequest({ from, to, asOf, by }: Omit<ReviewFigureRequest, 'offices'>): void {
  const errors: FieldError[] = [];
  if (!isDay(from)) errors.push({ pointer: '/from', message: DAY });
  if (!isDay(to)) errors.push({ pointer: '/to', message: DAY });
  else if (isDay(from) && to < from) errors.push({ pointer: '/to', message: 'Must not be before the first day' });
  if (asOf && Number.isNaN(asOf.getTime())) {
    errors.push({ pointer: '/asOf', message: 'Must be an instant such as 2026-04-02T09:00:00Z' });
  }
  if (by !== undefined && !REVIEW_BREAKDOWNS.includes(by)) {
    errors.push({ pointer: '/by', message: `Must be one of ${REVIEW_BREAKDOWNS.join(', ')}` });
  }
  if (errors.length > 0) throw new InvalidReviewFigureRequest(errors);
}
