import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { decodeCursor, encodeCursor, Requires } from '@app/http';
import { ListRecommendations } from '@app/reviews';
import { callerOffices } from '../input/caller-offices';
import { RecommendationPageAnswer } from './recommendation.answer';
import { RecommendationListQuery } from './recommendation-list.query';

@ApiTags('Reviews: recommendations')
@Controller('api/v1/recommendations')
export class RecommendationListController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @Requires('review:read', { audit: 'case-list-read' })
  @ApiOperation({ summary: 'Recommendations over your offices: what is overdue first' })
  @ApiOkResponse({ type: RecommendationPageAnswer })
  async list(@Query() query: RecommendationListQuery): Promise<RecommendationPageAnswer> {
    const { office, status = null, force = null, from = null, to = null, limit, cursor } = query;
    const place = decodeCursor(cursor, ['integer', 'day', 'uuid']);
    const after = place && { rank: Number(place[0]), due: String(place[1]), id: String(place[2]) };
    const filter = { offices: callerOffices(office), status, force, from, to };
    const { items, next, total, overdue } = await this.queries.execute(new ListRecommendations(filter, limit, after));
    return { items, nextCursor: next && encodeCursor([next.rank, next.due, next.id]), total, overdue };
  }
}
