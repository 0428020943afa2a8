import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { IdempotencyKey, idempotentRequest, Requires, type Page } from '@app/http';
import {
  AnswerOversightAction,
  GetForceMeeting,
  GetOversightAction,
  GetScrutinyFigures,
  HoldForceMeeting,
  ListForceMeetings,
  ListOversightActions,
  ListPanelNumbers,
  PlanForceMeeting,
  RecordPanelNumbers,
  TakeOversightAction,
  type ForceMeetingView,
  type OversightActionView,
  type PanelNumbersView,
  type ScrutinyFigureReport,
} from '@app/scrutiny';
import { callerOffices } from '../input/caller-offices';
import { instantOf } from '../input/field-checks';
import { Once } from '../input/once';
import { FiguresQuery } from '../figures/figures.query';
import { ActionBody, AnswerBody, HeldBody, MeetingBody, PanelNumbersBody } from './scrutiny.bodies';
import { listRequest, RecordsQuery, toPage } from './scrutiny-lists';

/** The numbers of the panel, what the office did about force complaints, meetings, and the figures of all of it. */
@ApiTags('Oversight of the force')
@Controller('api/v1/scrutiny')
export class ForceOversightController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly once: Once,
  ) {}

  @Get('panel-numbers')
  @Requires('scrutiny:read', { audit: null })
  @ApiOperation({ summary: 'Complaints about the commissioner as the panel counted them, newest period first' })
  async panelNumbers(@Query() query: RecordsQuery): Promise<Page<PanelNumbersView>> {
    return toPage(await this.queries.execute(new ListPanelNumbers(listRequest(query))));
  }

  @Post('panel-numbers')
  @HttpCode(201)
  @Requires('scrutiny:write', { audit: null })
  @ApiOperation({ summary: 'Record what the panel counted in a period, with its source; again, to correct it' })
  recordPanelNumbers(@Body() body: PanelNumbersBody, @IdempotencyKey() key: string | null): Promise<{ id: string }> {
    return this.once.run(idempotentRequest('POST scrutiny/panel-numbers', key, body), async () => ({
      id: await this.commands.execute(new RecordPanelNumbers(body)),
    }));
  }

  @Get('actions')
  @Requires('scrutiny:read', { audit: null })
  @ApiOperation({
    summary: 'Referrals to the IOPC (R2.9) and directions to comply (R2.10), unanswered and overdue first',
  })
  async actions(@Query() query: RecordsQuery): Promise<Page<OversightActionView>> {
    return toPage(await this.queries.execute(new ListOversightActions(listRequest(query))));
  }

  @Post('actions')
  @HttpCode(201)
  @Requires('scrutiny:write', { audit: null })
  @ApiOperation({
    summary: 'Record that the office referred a force complaint, or directed the chief officer to comply',
  })
  take(@Body() body: ActionBody, @IdempotencyKey() key: string | null): Promise<OversightActionView> {
    const { forceReference = null, caseReference = null, answerBy = null, ...given } = body;
    return this.once.run(idempotentRequest('POST scrutiny/actions', key, body), async () => {
      const taken = { ...given, forceReference, caseReference, answerBy };
      return this.queries.execute(new GetOversightAction(await this.commands.execute(new TakeOversightAction(taken))));
    });
  }

  @Post('actions/:id/answer')
  @HttpCode(200)
  @Requires('scrutiny:write', { audit: null })
  @ApiOperation({ summary: 'Record what came of it' })
  async answer(@Param('id') id: string, @Body() body: AnswerBody): Promise<OversightActionView> {
    await this.commands.execute(new AnswerOversightAction(id, body));
    return this.queries.execute(new GetOversightAction(id));
  }

  @Get('meetings')
  @Requires('scrutiny:read', { audit: null })
  @ApiOperation({ summary: 'Meetings with the force’s professional standards department' })
  async meetings(@Query() query: RecordsQuery): Promise<Page<ForceMeetingView>> {
    return toPage(await this.queries.execute(new ListForceMeetings(listRequest(query))));
  }

  @Post('meetings')
  @HttpCode(201)
  @Requires('scrutiny:write', { audit: null })
  @ApiOperation({ summary: 'Fix a meeting and its agenda' })
  plan(@Body() body: MeetingBody, @IdempotencyKey() key: string | null): Promise<ForceMeetingView> {
    const { office, on, agenda, notes = null } = body;
    return this.once.run(idempotentRequest('POST scrutiny/meetings', key, body), async () =>
      this.queries.execute(
        new GetForceMeeting(await this.commands.execute(new PlanForceMeeting(office, on, agenda, notes))),
      ),
    );
  }

  @Post('meetings/:id/held')
  @HttpCode(200)
  @Requires('scrutiny:write', { audit: null })
  @ApiOperation({ summary: 'The meeting was held' })
  async hold(@Param('id') id: string, @Body() { on, minutes }: HeldBody): Promise<ForceMeetingView> {
    await this.commands.execute(new HoldForceMeeting(id, on, minutes));
    return this.queries.execute(new GetForceMeeting(id));
  }

  @Get('figures')
  @Requires('metrics:read', { audit: 'metrics-read' })
  @ApiOperation({ summary: 'The figures of oversight in a period, each with its definition and the list behind it' })
  figures(@Query() { from, to, office, asOf }: FiguresQuery): Promise<ScrutinyFigureReport> {
    const instant = instantOf(asOf);
    const request = { office: callerOffices(office), from, to, ...(instant ? { asOf: instant } : {}) };
    return this.queries.execute(new GetScrutinyFigures(request));
  }
}
