import { Controller, Get, Query, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiExcludeController } from '@nestjs/swagger';
import { stringify } from 'csv-stringify/sync';
import type { FastifyReply } from 'fastify';
import { Requires } from '@app/http';
import { Clock, londonDate } from '@app/kernel';
import { currentCaller } from '@app/platform';
import {
  InvalidReviewFigureRequest,
  ListCountedReviews,
  REVIEW_BREAKDOWNS,
  type CountedReviewsRequest,
  type ReviewFigureReport,
} from '@app/review-figures';
import { REVIEW_STAGES } from '@app/reviews';
import { formErrors } from '../../case/form-fields';
import { HANDLING_WORDS, OUTCOME_WORDS, stageTag } from '../../reviews/review-words';
import { showStaffPage } from '../../staff/staff-page';
import { officeInWords } from '../../worklist/worklist-choices';
import { officeChoices, officesOf } from '../figures.controller';
import { textOf, textsOf } from '../figures-period';
import { groupInWords } from './review-figure-words';
import { ReviewFiguresPage, TIME_SECTION } from './review-figures-page';
import { reviewFiguresAsked, reviewPeriods, type ReviewFiguresAsked } from './review-periods';

type RawQuery = Readonly<Record<string, unknown>>;

const LISTED = 200;
const BY = [
  ['handling', 'How the complaint was handled'],
  ['office', 'Office'],
  ['month', 'Month'],
] as const;

/** What became of applications for a review: figures, their definitions, the reviews behind each, and what to expect. */
@ApiExcludeController()
@Controller('staff/figures')
export class ReviewFiguresPagesController {
  constructor(
    private readonly queries: QueryBus,
    private readonly page: ReviewFiguresPage,
    private readonly clock: Clock,
  ) {}

  @Get('reviews')
  @Requires('metrics:read', { audit: 'metrics-read' })
  async figures(@Query() query: RawQuery, @Res() reply: FastifyReply): Promise<void> {
    const today = londonDate(this.clock.now());
    const asked = reviewFiguresAsked(query, today);
    const offices = officesOf(asked.offices);
    const isWrong = asked.errors.length > 0;
    if (isWrong) void reply.status(422);
    const { errors, errorOf } = formErrors(asked.errors);
    await showStaffPage(reply, 'figures/views/reviews', {
      pageTitle: 'Figures of complaint reviews',
      isWide: true,
      current: '/staff/figures/reviews',
      ...{ asked, errors, errorOf, timeSection: TIME_SECTION },
      typed: {
        from: textOf(query.from) || asked.from,
        to: textOf(query.to) || asked.to,
        asOf: textOf(query.asOf),
      },
      periods: reviewPeriods(today).map((each) => ({ ...each, selected: each.value === asked.period })),
      breakdowns: BY.map(([value, text]) => ({ value, text, selected: value === asked.by })),
      officeChoices: officeChoices(asked.offices),
      csvHref: `/staff/figures/reviews.csv?${addressOf(asked, offices)}`,
      figures: isWrong ? null : await this.page.model(asked, offices),
    });
  }

  @Get('reviews.csv')
  @Requires('metrics:read', { audit: 'metrics-read' })
  async file(@Query() query: RawQuery, @Res() reply: FastifyReply): Promise<void> {
    const asked = reviewFiguresAsked(query, londonDate(this.clock.now()));
    if (asked.errors.length > 0) {
      throw new InvalidReviewFigureRequest(asked.errors.map(([field, message]) => ({ pointer: `/${field}`, message })));
    }
    const report = await this.page.report(asked, officesOf(asked.offices), asked.by, asked.asOfInstant);
    void reply
      .type('text/csv; charset=utf-8')
      .header('content-disposition', `attachment; filename="reviews-${asked.from}-${asked.to}.csv"`)
      .send(stringify(rowsOf(report), { header: true, bom: true, record_delimiter: 'windows' }));
  }

  @Get('reviews/cases')
  @Requires('metrics:read', { audit: 'case-list-read' })
  async cases(@Query() query: RawQuery, @Res() reply: FastifyReply): Promise<void> {
    const request = casesRequest(query);
    const found = await this.queries.execute(new ListCountedReviews(request));
    const next = new URLSearchParams(
      Object.entries(query).flatMap(([key, value]) => textsOf(value).map((each) => [key, each])),
    );
    if (found.nextCursor !== null) next.set('cursor', found.nextCursor);
    const { by, group } = request;
    await showStaffPage(reply, 'figures/views/review-cases', {
      pageTitle: request.part === 'denominator' ? `${found.title}: all that were looked at` : found.title,
      backHref: '/staff/figures/reviews',
      backText: 'Back to the figures of reviews',
      definition: found.definition,
      group: by === undefined || group === undefined ? null : groupInWords(group, by),
      period: { from: request.from, to: request.to },
      asOf: request.asOf?.toISOString() ?? null,
      total: found.total,
      isMeasured: found.items.some(({ days }) => days !== null),
      isSeveral: found.items.some(({ times }) => times > 1),
      nextHref: found.nextCursor === null ? null : `/staff/figures/reviews/cases?${next.toString()}`,
      hasOffices: currentCaller().offices.length > 1,
      rows: found.items.map((each) => ({
        ...each,
        officeInWords: officeInWords(each.office),
        handlingInWords: each.handling === null ? 'Not known yet' : (HANDLING_WORDS[each.handling] ?? each.handling),
        outcomeInWords: (OUTCOME_WORDS as Readonly<Record<string, string>>)[each.outcome ?? ''] ?? '',
        stage: REVIEW_STAGES.filter((stage) => stage === each.stage).map(stageTag)[0] ?? null,
      })),
    });
  }
}

function addressOf({ from, to, by, asOf }: ReviewFiguresAsked, offices: readonly string[]): string {
  const query = new URLSearchParams({ period: 'own', from, to, by });
  if (asOf !== '') query.set('asOf', asOf);
  for (const office of offices) query.append('office', office);
  return query.toString();
}

/** A row for each figure, and one for each group of it. */
function rowsOf({ from, to, asOf, by, figures }: ReviewFigureReport): object[] {
  return figures.flatMap((figure) => {
    const { key, section, title, definition, unit, measure, groups } = figure;
    const row = (group: string | null, numbers: typeof figure | (typeof groups)[number]): object => ({
      ...{ from, to, as_of: asOf, section, figure_key: key, figure: title, definition },
      ...{ group_by: group === null ? '' : by, group_key: group ?? '' },
      group: group === null || by === null ? '' : groupInWords(group, by),
      ...{ unit, measure, value: numbers.value, numerator: numbers.numerator, denominator: numbers.denominator },
    });
    return [row(null, figure), ...groups.map((each) => row(each.group, each))];
  });
}

function casesRequest(query: RawQuery): CountedReviewsRequest {
  const asOf = textOf(query.asOf);
  const instant = asOf === '' ? undefined : new Date(asOf);
  const by = REVIEW_BREAKDOWNS.find((each) => each === textOf(query.by));
  return {
    figure: textOf(query.figure),
    part: textOf(query.part) === 'denominator' ? 'denominator' : 'numerator',
    from: textOf(query.from),
    to: textOf(query.to),
    offices: officesOf(textsOf(query.office)),
    asOf: instant,
    ...(by === undefined ? {} : { by, group: textOf(query.group) }),
    limit: LISTED,
    cursor: textOf(query.cursor) || undefined,
  };
}
