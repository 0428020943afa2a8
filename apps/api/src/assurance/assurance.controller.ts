import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Reconcile, type Reconciliation } from '@app/assurance';
import { Requires } from '@app/http';
import { callerOffices } from '../input/caller-offices';
import { ReconciliationAnswer, ReconciliationQuery } from './reconciliation.answer';

@ApiTags('Assurance')
@Controller('api/v1/assurance')
export class AssuranceController {
  constructor(private readonly queries: QueryBus) {}

  @Get('reconciliation')
  @Requires('assurance:read', { audit: 'assurance-read' })
  @ApiOperation({
    summary: 'The certificate that nothing is lost',
    description:
      'What was received in the period and where each item is; and, as of now, open cases without owner or clock, gaps ' +
      'in the numbering and doubles. What cannot be accounted for is named.',
  })
  @ApiOkResponse({ type: ReconciliationAnswer })
  reconciliation(@Query() { from, to, office }: ReconciliationQuery): Promise<Reconciliation> {
    return this.queries.execute(new Reconcile({ from, to, offices: callerOffices(office) }));
  }
}
