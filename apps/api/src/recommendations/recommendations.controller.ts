import { Body, Controller, Get, HttpCode, Param, Post, UseInterceptors } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { IdempotencyKey, idempotentRequest, Requires } from '@app/http';
import {
  GetReviewRecommendations,
  MakeRecommendation,
  NoteLearningFeedback,
  SuggestLearning,
  type LearningView,
} from '@app/reviews';
import { Once } from '../input/once';
import { OptionalBody } from '../input/optional-body.interceptor';
import {
  answerOf,
  LearningAnswer,
  RecommendationAnswer,
  ReviewRecommendationsAnswer,
  toAnswer,
} from './recommendation.answer';
import { LearningFeedbackBody, MakeRecommendationBody, SuggestLearningBody } from './recommendation.bodies';

/** What a review recommends to the force, and what it suggests that the force could learn. */
@ApiTags('Reviews: recommendations')
@Controller('api/v1/reviews/:reference')
@UseInterceptors(OptionalBody)
export class RecommendationsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly once: Once,
  ) {}

  @Get('recommendations')
  @Requires('review:read', { audit: null })
  @ApiOperation({ summary: 'Recommendations and suggestions of learning of a review' })
  @ApiOkResponse({ type: ReviewRecommendationsAnswer })
  async list(@Param('reference') reference: string): Promise<ReviewRecommendationsAnswer> {
    return answerOf(await this.queries.execute(new GetReviewRecommendations(reference)));
  }

  @Post('recommendations')
  @HttpCode(201)
  @Requires('review:write', { audit: null })
  @ApiOperation({
    summary: 'Recommend something to the force',
    description: 'On a review that is upheld and decided; only what the law allows for the handling (R1.8).',
  })
  @ApiCreatedResponse({ type: RecommendationAnswer })
  make(
    @Param('reference') reference: string,
    @IdempotencyKey() key: string | null,
    @Body() { type, text, allegation = null }: MakeRecommendationBody,
  ): Promise<RecommendationAnswer> {
    const request = idempotentRequest(`POST reviews/${reference}/recommendations`, key, { type, text, allegation });
    return this.once.run(request, async () => {
      const id = await this.commands.execute(new MakeRecommendation(reference, { type, text, allegation }));
      const { recommendations } = await this.queries.execute(new GetReviewRecommendations(reference));
      return toAnswer(found(recommendations.find(({ state }) => state.id === id)));
    });
  }

  @Post('learning')
  @HttpCode(201)
  @Requires('review:write', { audit: null })
  @ApiOperation({ summary: 'Suggest organisational learning', description: 'The force owes no answer (R1.70).' })
  @ApiCreatedResponse({ type: LearningAnswer })
  suggest(
    @Param('reference') reference: string,
    @IdempotencyKey() key: string | null,
    @Body() { theme, text }: SuggestLearningBody,
  ): Promise<LearningView> {
    const request = idempotentRequest(`POST reviews/${reference}/learning`, key, { theme, text });
    return this.once.run(request, async () =>
      this.learning(reference, await this.commands.execute(new SuggestLearning(reference, { theme, text }))),
    );
  }

  @Post('learning/:id/note-feedback')
  @HttpCode(200)
  @Requires('review:write', { audit: null })
  @ApiOperation({ summary: 'Note what the force said to a suggestion' })
  @ApiOkResponse({ type: LearningAnswer })
  feedback(
    @Param('reference') reference: string,
    @Param('id') id: string,
    @IdempotencyKey() key: string | null,
    @Body() { on, text }: LearningFeedbackBody,
  ): Promise<LearningView> {
    const request = idempotentRequest(`POST reviews/${reference}/learning/${id}/note-feedback`, key, { on, text });
    return this.once.run(request, async () =>
      this.learning(reference, await this.commands.execute(new NoteLearningFeedback({ reference, id }, { on, text }))),
    );
  }

  private async learning(reference: string, id: string): Promise<LearningView> {
    const { learning } = await this.queries.execute(new GetReviewRecommendations(reference));
    return found(learning.find((each) => each.id === id));
  }
}

function found<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('What was just written is not there');
  return value;
}
