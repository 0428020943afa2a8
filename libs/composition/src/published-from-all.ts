import { Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { PublishedFigures, type FiguresAsked, type PublishedFigure } from '@app/publication';
import { UnitOfWork } from '@app/platform';
import { correspondenceFigures, forwardedComplaints } from './correspondence-figures';
import { reviewPublishedFigures } from './review-published-figures';
import { scrutinyPublishedFigures } from './scrutiny-published-figures';

/** What is published comes from every context that has figures of it: another source is another line. */
@Injectable()
export class PublishedFromAll extends PublishedFigures {
  constructor(
    private readonly queries: QueryBus,
    private readonly unitOfWork: UnitOfWork,
  ) {
    super();
  }

  async figures(asked: FiguresAsked): Promise<readonly PublishedFigure[]> {
    return [
      ...(await reviewPublishedFigures(this.queries, asked)),
      ...(await scrutinyPublishedFigures(this.queries, asked)),
      ...(await forwardedComplaints(this.unitOfWork, asked)),
      ...(await correspondenceFigures(this.queries, asked)),
    ];
  }
}
