import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '@app/platform';
import { SMALLEST_SHOWN } from '../../domain/equality-questions';

/** How often an answer was given; null where it is so seldom that it could point at somebody. */
export interface EqualityCount {
  readonly question: string;
  readonly answer: string;
  readonly number: number | null;
}

/** The equality answers of applicants in quarters that begin from one day to another, over the caller's offices. */
export class CountEqualityAnswers extends Query<readonly EqualityCount[]> {
  constructor(
    readonly offices: readonly string[],
    readonly from: string,
    readonly to: string,
  ) {
    super();
  }
}

@QueryHandler(CountEqualityAnswers)
export class CountEqualityAnswersHandler implements IQueryHandler<CountEqualityAnswers> {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  execute({ offices, from, to }: CountEqualityAnswers): Promise<readonly EqualityCount[]> {
    return this.unitOfWork.run((manager): Promise<readonly EqualityCount[]> =>
      manager.query(
        `SELECT question, answer, CASE WHEN sum(number) >= $4 THEN sum(number)::int END AS number FROM equality_count
          WHERE office = ANY ($1) AND quarter BETWEEN $2 AND $3 GROUP BY question, answer ORDER BY question, answer`,
        [offices, from, to, SMALLEST_SHOWN],
      ),
    );
  }
}
