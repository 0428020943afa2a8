import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { IdempotencyKey, idempotentRequest, Requires, type Page } from '@app/http';
import {
  ChangeInvestigation,
  EnterInvestigation,
  GetInvestigation,
  ListInvestigations,
  RecordNotice,
  type InvestigationChange,
  type InvestigationLine,
  type InvestigationView,
} from '@app/scrutiny';
import { Once } from '../input/once';
import { CorrectStartBody, NewInvestigationBody, NoticeBody, OnBody, WhyBody } from './scrutiny.bodies';
import { listRequest, RecordsQuery, toPage } from './scrutiny-lists';

/** Long investigations of the force and the notices that it owes about them (R2.11). */
@ApiTags('Oversight of the force')
@Controller('api/v1/scrutiny')
export class InvestigationsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly once: Once,
  ) {}

  @Get('investigations')
  @Requires('scrutiny:read', { audit: null })
  @ApiOperation({ summary: 'Long investigations of the force, those with an overdue notice first' })
  async list(@Query() query: RecordsQuery): Promise<Page<InvestigationLine>> {
    return toPage(await this.queries.execute(new ListInvestigations(listRequest(query))));
  }

  @Get('investigations/:id')
  @Requires('scrutiny:read', { audit: null })
  @ApiOperation({ summary: 'One investigation with its chain of notices and how the next day was counted' })
  show(@Param('id') id: string): Promise<InvestigationView> {
    return this.queries.execute(new GetInvestigation(id));
  }

  @Post('investigations')
  @HttpCode(201)
  @Requires('scrutiny:write', { audit: null })
  @ApiOperation({ summary: 'Enter an investigation before any notice came' })
  enter(@Body() body: NewInvestigationBody, @IdempotencyKey() key: string | null): Promise<InvestigationView> {
    return this.once.run(idempotentRequest('POST scrutiny/investigations', key, body), async () => {
      const { office, forceReference, startedOn } = body;
      return this.show(await this.commands.execute(new EnterInvestigation(office, forceReference, startedOn)));
    });
  }

  @Post('notices')
  @HttpCode(201)
  @Requires('scrutiny:write', { audit: null })
  @ApiOperation({
    summary: 'Record a notice that an investigation has gone on for 12 months or longer',
    description: 'On the investigation with this reference; one that the log does not know comes into it.',
  })
  record(@Body() body: NoticeBody, @IdempotencyKey() key: string | null): Promise<InvestigationView> {
    return this.once.run(idempotentRequest('POST scrutiny/notices', key, body), async () => {
      const { startedOn = null, caseReference = null, expectedEnd = null, reasons = null, ...given } = body;
      const notice = { ...given, startedOn, caseReference, expectedEnd, reasons };
      return this.show(await this.commands.execute(new RecordNotice(notice)));
    });
  }

  @Post('investigations/:id/finalise')
  @HttpCode(200)
  @Requires('scrutiny:write', { audit: null })
  @ApiOperation({ summary: 'The investigation is finalised: no further notice is due' })
  finalise(@Param('id') id: string, @Body() { on }: OnBody): Promise<InvestigationView> {
    return this.change(id, { what: 'finalise', on });
  }

  @Post('investigations/:id/correct')
  @HttpCode(200)
  @Requires('scrutiny:write', { audit: null })
  @ApiOperation({ summary: 'It started on another day: the chain is counted anew' })
  correct(@Param('id') id: string, @Body() body: CorrectStartBody): Promise<InvestigationView> {
    return this.change(id, { what: 'correct', startedOn: body.startedOn, reason: body.reason });
  }

  @Post('investigations/:id/strike')
  @HttpCode(200)
  @Requires('scrutiny:write', { audit: null })
  @ApiOperation({ summary: 'It was entered by mistake: it counts nowhere' })
  strike(@Param('id') id: string, @Body() { reason }: WhyBody): Promise<InvestigationView> {
    return this.change(id, { what: 'strike', reason });
  }

  private async change(id: string, change: InvestigationChange): Promise<InvestigationView> {
    await this.commands.execute(new ChangeInvestigation(id, change));
    return this.show(id);
  }
}
