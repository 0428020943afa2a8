import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ListRiskAlerts } from '@app/casework';
import { decodeCursor, pageOf, Requires } from '@app/http';
import { PageQuery } from '../paging/page-query';
import { RiskAlertPage } from './risk-alert.answer';

@ApiTags('Risk alerts')
@Controller('api/v1/risk-alerts')
export class RiskAlertsController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @Requires('case:read', { audit: 'case-list-read' })
  @ApiOperation({
    summary: 'Items that the risk screen flagged and nobody has taken on yet, oldest first',
    description: 'Take one on with `POST /api/v1/cases/{reference}/confirm-risk`.',
  })
  @ApiOkResponse({ type: RiskAlertPage })
  async list(@Query() { limit, cursor }: PageQuery): Promise<RiskAlertPage> {
    const after = decodeCursor(cursor, ['instant', 'uuid']) as [string, string] | null;
    const alerts = await this.queries.execute(new ListRiskAlerts(limit + 1, after));
    return pageOf(alerts, limit, ({ raisedAt, id }) => [raisedAt, id]);
  }
}
