import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Requires } from '@app/http';
import {
  GetTimeliness,
  GetWorkload,
  ListCountedCases,
  type CountedCasesPage,
  type FigureReport,
  type FigureRequest,
} from '@app/timeliness';
import { callerOffices } from '../input/caller-offices';
import { instantOf } from '../input/field-checks';
import { CountedCasesAnswer, FigureReportAnswer } from './figures.answer';
import { CountedCasesQuery, FiguresQuery } from './figures.query';

@ApiTags('Figures')
@Controller('api/v1/metrics')
export class FiguresController {
  constructor(private readonly queries: QueryBus) {}

  @Get('timeliness')
  @Requires('metrics:read', { audit: 'metrics-read' })
  @ApiOperation({
    summary: 'How well the offices keep their time',
    description:
      'Received, acknowledged and answered in time of those due in the period, open by age, overdue, working days to ' +
      'answer. Each figure has its definition and a link that lists exactly the cases counted.',
  })
  @ApiOkResponse({ type: FigureReportAnswer })
  timeliness(@Query() query: FiguresQuery): Promise<FigureReport> {
    return this.queries.execute(new GetTimeliness(toRequest(query)));
  }

  @Get('workload')
  @Requires('metrics:read', { audit: 'metrics-read' })
  @ApiOperation({ summary: 'How much there is to do, who has it, and what comes in and goes out a week' })
  @ApiOkResponse({ type: FigureReportAnswer })
  workload(@Query() query: FiguresQuery): Promise<FigureReport> {
    return this.queries.execute(new GetWorkload(toRequest(query)));
  }

  @Get('timeliness/cases')
  @Requires('metrics:read', { audit: 'case-list-read' })
  @ApiOperation({ summary: 'Exactly the cases that a figure of timeliness counted: follow its links' })
  @ApiOkResponse({ type: CountedCasesAnswer })
  timelinessCases(@Query() query: CountedCasesQuery): Promise<CountedCasesPage> {
    return this.counted(query);
  }

  @Get('workload/cases')
  @Requires('metrics:read', { audit: 'case-list-read' })
  @ApiOperation({ summary: 'Exactly the cases that a figure of the workload counted: follow its links' })
  @ApiOkResponse({ type: CountedCasesAnswer })
  workloadCases(@Query() query: CountedCasesQuery): Promise<CountedCasesPage> {
    return this.counted(query);
  }

  private counted(query: CountedCasesQuery): Promise<CountedCasesPage> {
    const { figure, part, from, to, office, by, group, limit, cursor } = query;
    const asOf = instantOf(query.asOf) ?? undefined;
    const request = { figure, part, from, to, offices: callerOffices(office), by, group, asOf, limit, cursor };
    return this.queries.execute(new ListCountedCases(request));
  }
}

function toRequest({ from, to, office, by, asOf }: FiguresQuery): FigureRequest {
  return { from, to, offices: callerOffices(office), by, asOf: instantOf(asOf) ?? undefined };
}
