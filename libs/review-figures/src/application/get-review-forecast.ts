import { IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { addDays } from '@app/kernel';
import { UnitOfWork } from '@app/platform';
import {
  expectApplications,
  expectOpen,
  FORECAST_METHOD,
  ratePerWeek,
  willPass,
  type Expectation,
} from '../domain/forecast';
import { endedOn, isCounted, isOpenOn, isPausedOn, type ReviewFacts } from '../domain/review-facts';
import { ReviewFactsStore } from './review-facts-store';
import { ReviewFigureFrames } from './review-figure-frames';

/** What an office has to expect. */
export interface OfficeForecast {
  readonly office: string;
  readonly openNow: number;
  readonly finishedAWeek: number;
  readonly decidedAWeek: number;
  readonly ahead: readonly (Expectation & { readonly expectedOpen: number })[];
}

/** An open review that will pass its day at the present rate. */
export interface ReviewAtRisk {
  /** Null for a case that is restricted to others. */
  readonly reference: string | null;
  readonly office: string;
  readonly decideBy: string;
  /** Null where nothing is decided at present. */
  readonly expectedOn: string | null;
  readonly isPast: boolean;
}

export interface ReviewForecast {
  readonly asOf: string;
  readonly method: readonly string[];
  readonly offices: readonly OfficeForecast[];
  readonly together: Omit<OfficeForecast, 'office'>;
  readonly atRisk: readonly ReviewAtRisk[];
}

/** How many weeks ahead. */
export const FORECAST_WEEKS = [4, 13] as const;
/** Two years and what is still open of before. */
const DAYS_LOOKED_AT = 2 * 364;

/** What work is to be expected, from what has come in and was done. */
export class GetReviewForecast extends Query<ReviewForecast> {
  constructor(
    readonly offices: readonly string[],
    readonly asOf?: Date,
  ) {
    super();
  }
}

@QueryHandler(GetReviewForecast)
export class GetReviewForecastHandler implements IQueryHandler<GetReviewForecast> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly frames: ReviewFigureFrames,
    private readonly store: ReviewFactsStore,
  ) {}

  execute({ offices, asOf }: GetReviewForecast): Promise<ReviewForecast> {
    return this.unitOfWork.run(async () => {
      const today = await this.frames.today(asOf);
      const request = { from: addDays(today, -DAYS_LOOKED_AT), to: today, offices, asOf };
      const framed = await this.frames.framed(request);
      const since = await this.store.firstReceipts(framed.offices);
      const reviews = framed.reviews.filter(isCounted);
      const first = [...since.values()].sort()[0] ?? today;
      return {
        asOf: framed.asOf.toISOString(),
        method: FORECAST_METHOD,
        offices: framed.offices.map((office) => {
          const own = reviews.filter((review) => review.office === office);
          return { office, ...forecastOf(own, today, since.get(office) ?? today) };
        }),
        together: forecastOf(reviews, today, first),
        atRisk: await this.atRisk(reviews, today),
      };
    });
  }

  /** Over all offices: one review manager decides them all. */
  private async atRisk(reviews: readonly ReviewFacts[], today: string): Promise<ReviewAtRisk[]> {
    const waiting = reviews.flatMap((review) => {
      const { decideBy } = review;
      return decideBy !== null && isOpenOn(review, today) && !isPausedOn(review, today)
        ? [{ ...review, decideBy }]
        : [];
    });
    const decided = ratePerWeek(
      reviews.flatMap(({ decidedOn }) => decidedOn ?? []),
      today,
    );
    const late = willPass(waiting, today, decided);
    const hidden = await this.store.hidden(late.map(({ caseId }) => caseId));
    return late.map(({ caseId, reference, office, decideBy, expectedOn }) => ({
      reference: hidden.has(caseId) ? null : reference,
      ...{ office, decideBy, expectedOn },
      isPast: decideBy < today,
    }));
  }
}

function forecastOf(reviews: readonly ReviewFacts[], today: string, since: string): Omit<OfficeForecast, 'office'> {
  const openNow = reviews.filter((review) => isOpenOn(review, today)).length;
  const finishedAWeek = ratePerWeek(
    reviews.flatMap((review) => endedOn(review) ?? []),
    today,
  );
  const decidedAWeek = ratePerWeek(
    reviews.flatMap(({ decidedOn }) => decidedOn ?? []),
    today,
  );
  const received = reviews.map(({ receivedOn }) => receivedOn);
  return {
    openNow,
    finishedAWeek: tenth(finishedAWeek),
    decidedAWeek: tenth(decidedAWeek),
    ahead: FORECAST_WEEKS.map((weeks) => {
      const expectation = expectApplications(received, today, weeks, since);
      return { ...expectation, expectedOpen: expectOpen(openNow, expectation.expected, finishedAWeek, weeks) };
    }),
  };
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}
