import { applyDecorators, Body, Controller, HttpCode, Param, Post, UseInterceptors } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { IdempotencyKey, idempotentRequest, IfMatch, Requires } from '@app/http';
import {
  ActOnRecommendation,
  GetReviewRecommendations,
  type RecommendationAct,
  type RecommendationAction,
} from '@app/reviews';
import { Once } from '../input/once';
import { OptionalBody } from '../input/optional-body.interceptor';
import { RecommendationAnswer, toAnswer } from './recommendation.answer';
import {
  DayBody,
  ExtendResponseBody,
  ReasonBody,
  RecordImplementationBody,
  RecordResponseBody,
} from './recommendation.bodies';

function ActRoute(action: RecommendationAction, summary: string): MethodDecorator {
  return applyDecorators(
    Post(action),
    HttpCode(200),
    Requires('review:write', { audit: null }),
    ApiOperation({ summary }),
    ApiHeader({ name: 'If-Match', required: false, description: 'The version that you saw: refused when it is stale' }),
    ApiHeader({ name: 'Idempotency-Key', required: false, description: 'Makes it safe to send again' }),
    ApiOkResponse({ type: RecommendationAnswer }),
  );
}

/** What happens to a recommendation after it was made. */
@ApiTags('Reviews: recommendations')
@Controller('api/v1/reviews/:reference/recommendations/:id')
@UseInterceptors(OptionalBody)
export class RecommendationActsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly once: Once,
  ) {}

  @ActRoute('extend', 'Give the force more time for its response')
  extend(
    @Param() target: { reference: string; id: string },
    @IfMatch() version: number | null,
    @IdempotencyKey() key: string | null,
    @Body() { to, reason }: ExtendResponseBody,
  ): Promise<RecommendationAnswer> {
    return this.act(target, version, key, { do: 'extend', to, reason });
  }

  @ActRoute('chase', 'Remind the force of its response')
  chase(
    @Param() target: { reference: string; id: string },
    @IfMatch() version: number | null,
    @IdempotencyKey() key: string | null,
  ): Promise<RecommendationAnswer> {
    return this.act(target, version, key, { do: 'chase' });
  }

  @ActRoute('record-response', 'Record the written response of the force')
  respond(
    @Param() target: { reference: string; id: string },
    @IfMatch() version: number | null,
    @IdempotencyKey() key: string | null,
    @Body() { response, on, text, sentToApplicantOn = null }: RecordResponseBody,
  ): Promise<RecommendationAnswer> {
    return this.act(target, version, key, { do: 'record-response', response, on, text, sentToApplicantOn });
  }

  @ActRoute('record-sent-to-applicant', 'Record that the applicant has the response too')
  sent(
    @Param() target: { reference: string; id: string },
    @IfMatch() version: number | null,
    @IdempotencyKey() key: string | null,
    @Body() { on }: DayBody,
  ): Promise<RecommendationAnswer> {
    return this.act(target, version, key, { do: 'record-sent-to-applicant', on });
  }

  @ActRoute('record-implementation', 'Record that it was done, with what shows it')
  implement(
    @Param() target: { reference: string; id: string },
    @IfMatch() version: number | null,
    @IdempotencyKey() key: string | null,
    @Body() { on, evidence }: RecordImplementationBody,
  ): Promise<RecommendationAnswer> {
    return this.act(target, version, key, { do: 'record-implementation', on, evidence });
  }

  @ActRoute('record-not-implemented', 'Record that it was accepted and will not be done')
  notImplemented(
    @Param() target: { reference: string; id: string },
    @IfMatch() version: number | null,
    @IdempotencyKey() key: string | null,
    @Body() { reason }: ReasonBody,
  ): Promise<RecommendationAnswer> {
    return this.act(target, version, key, { do: 'record-not-implemented', reason });
  }

  @ActRoute('withdraw', 'Withdraw the recommendation')
  withdraw(
    @Param() target: { reference: string; id: string },
    @IfMatch() version: number | null,
    @IdempotencyKey() key: string | null,
    @Body() { reason }: ReasonBody,
  ): Promise<RecommendationAnswer> {
    return this.act(target, version, key, { do: 'withdraw', reason });
  }

  private act(
    { reference, id }: { readonly reference: string; readonly id: string },
    ifVersion: number | null,
    key: string | null,
    act: RecommendationAct,
  ): Promise<RecommendationAnswer> {
    const request = idempotentRequest(`POST reviews/${reference}/recommendations/${id}/${act.do}`, key, act);
    return this.once.run(request, async () => {
      await this.commands.execute(new ActOnRecommendation({ reference, id, ifVersion }, act));
      const { recommendations } = await this.queries.execute(new GetReviewRecommendations(reference));
      const acted = recommendations.find(({ state }) => state.id === id.toLowerCase());
      if (!acted) throw new Error('What was just changed is not there');
      return toAnswer(acted);
    });
  }
}
