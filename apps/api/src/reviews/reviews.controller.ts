import { Body, Controller, Get, Param, Post, Query, Res, UseInterceptors } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import {
  ApiCreatedResponse,
  ApiHeader,
  ApiOkResponse,
  ApiOperation,
  ApiPropertyOptional,
  ApiTags,
} from '@nestjs/swagger';
import {
  decodeCursor,
  encodeCursor,
  IdempotencyKey,
  idempotentRequest,
  InvalidRequest,
  Requires,
  type CursorShape,
} from '@app/http';
import { CorrespondenceLog } from '@app/intake';
import { Clock } from '@app/kernel';
import { currentCaller } from '@app/platform';
import { GetReview, ListReviews, OpenReview, REVIEW_STAGES, type ReviewStage } from '@app/reviews';
import { IsBooleanString, IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import type { FastifyReply } from 'fastify';
import { CaseTag } from '../cases/case-tag.interceptor';
import { toCorrespondence } from '../correspondence/to-correspondence';
import { Once } from '../input/once';
import { PageQuery } from '../paging/page-query';
import { OpenReviewBody } from './open-review.body';
import { ReviewAnswer, ReviewPageAnswer, toReviewAnswer } from './review.answer';
import { toParticulars } from './review.bodies';

const CURSOR: CursorShape = ['day?', 'day', 'text'];

export class ReviewListQuery extends PageQuery {
  @ApiPropertyOptional()
  @IsOptional()
  @IsString()
  @MaxLength(80)
  office?: string;

  @ApiPropertyOptional({ enum: ['open', 'ended', ...REVIEW_STAGES], description: 'Without it: all' })
  @IsOptional()
  @IsIn(['open', 'ended', ...REVIEW_STAGES])
  stage?: ReviewStage | 'open' | 'ended';

  @ApiPropertyOptional({ description: 'The id of a person, or `me`' })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  reviewer?: string;

  @ApiPropertyOptional({ enum: ['true', 'false'] })
  @IsOptional()
  @IsBooleanString()
  overdue?: string;
}

@ApiTags('Reviews')
@Controller('api/v1/reviews')
export class ReviewsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly log: CorrespondenceLog,
    private readonly once: Once,
    private readonly clock: Clock,
  ) {}

  @Post()
  @Requires('case:log', { audit: null })
  @ApiOperation({
    summary: 'Log an application for a complaint review, or make a case a review',
    description:
      'A new application is logged as every item is and is a case before anything else is done with it. A case that ' +
      'turns out to be an application is converted: its clocks count from its first receipt.',
  })
  @ApiHeader({ name: 'Idempotency-Key', required: false, description: 'Makes it safe to send again' })
  @ApiCreatedResponse({ type: ReviewAnswer, headers: { Location: { schema: { type: 'string' } } } })
  async open(
    @Body() body: OpenReviewBody,
    @IdempotencyKey() key: string | null,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReviewAnswer> {
    const reference = body.case ?? (await this.logged(body, key));
    const particulars = toParticulars(body.particulars ?? {});
    const request = idempotentRequest('POST /api/v1/reviews', key, body);
    const answer = await this.once.run(request, async () => {
      const target = { reference, ifVersion: null };
      await this.commands.execute(new OpenReview(target, particulars, body.grounds ?? null, body.reason ?? null));
      return toReviewAnswer(await this.queries.execute(new GetReview(reference)));
    });
    void reply.status(201).header('location', `/api/v1/reviews/${answer.reference}`);
    return answer;
  }

  @Get()
  @Requires('review:read', { audit: 'case-list-read' })
  @ApiOperation({ summary: 'Reviews of your offices, what is due first on top' })
  @ApiOkResponse({ type: ReviewPageAnswer })
  async list(@Query() { office, stage, reviewer, overdue, limit, cursor }: ReviewListQuery): Promise<ReviewPageAnswer> {
    const filter = {
      office: office ?? null,
      stages: stage === undefined ? null : stage === 'open' || stage === 'ended' ? stage : [stage],
      reviewer: reviewer === 'me' ? currentCaller().actor.id : (reviewer ?? null),
      overdue: overdue === 'true',
      withOpenRecommendations: false,
    };
    const place = decodeCursor(cursor, CURSOR) as [string | null, string, string] | null;
    const after = place && { due: place[0], receivedOn: place[1], reference: place[2] };
    const { items, next, total } = await this.queries.execute(new ListReviews(filter, limit, after));
    const nextCursor = next === null ? null : encodeCursor([next.due, next.receivedOn, next.reference]);
    return { items, nextCursor, total };
  }

  // The query itself records the reading, with the case that was read.
  @Get(':reference')
  @UseInterceptors(CaseTag)
  @Requires('review:read', { audit: null })
  @ApiOperation({ summary: 'One review, with the law’s tests and its clocks as they stand' })
  @ApiOkResponse({ type: ReviewAnswer, headers: { ETag: { schema: { type: 'string' } } } })
  async read(@Param('reference') reference: string): Promise<ReviewAnswer> {
    return toReviewAnswer(await this.queries.execute(new GetReview(reference)));
  }

  private async logged({ item, ...body }: OpenReviewBody, key: string | null): Promise<string> {
    if (item === undefined) {
      throw new InvalidRequest([{ pointer: '/item', message: 'give the item that came in, or the case to convert' }]);
    }
    const idempotency = idempotentRequest('POST /api/v1/reviews item', key, { item, ...body });
    const caller = currentCaller();
    const correspondence = toCorrespondence(item, { caller, now: this.clock.now(), idempotency });
    const { response } = await this.log.log(correspondence);
    return (response as { reference: string }).reference;
  }
}
