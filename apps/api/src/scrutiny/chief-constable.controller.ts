import { Body, Controller, Get, HttpCode, Param, Post, Query, UseInterceptors } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Refusal, Requires, type Page } from '@app/http';
import {
  AdvanceChiefConstableComplaint,
  GetChiefConstableComplaint,
  ListChiefConstableComplaints,
  OpenChiefConstableComplaint,
  type ChiefConstableAct,
  type ChiefConstableLine,
  type ChiefConstableView,
} from '@app/scrutiny';
import { OptionalBody } from '../input/optional-body.interceptor';
import {
  AssessBody,
  OpenComplaintBody,
  OutcomeBody,
  RecordingBody,
  ReferralBody,
  RouteBody,
  UpdateBody,
} from './scrutiny.bodies';
import { listRequest, RecordsQuery, toPage } from './scrutiny-lists';

/** Complaints about the chief constable, for which the office is the appropriate authority (R2.5). */
@ApiTags('Oversight of the force')
@Controller('api/v1/scrutiny/chief-constable-complaints')
@UseInterceptors(OptionalBody)
export class ChiefConstableController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Get()
  @Requires('scrutiny:read', { audit: 'case-list-read' })
  @ApiOperation({ summary: 'Their records, those with an overdue update first' })
  async list(@Query() query: RecordsQuery): Promise<Page<ChiefConstableLine>> {
    return toPage(await this.queries.execute(new ListChiefConstableComplaints(listRequest(query))));
  }

  @Get(':reference')
  @Requires('scrutiny:read', { audit: 'case-read' })
  @ApiOperation({ summary: 'The record beside a case' })
  async show(@Param('reference') reference: string): Promise<ChiefConstableView> {
    const view = await this.queries.execute(new GetChiefConstableComplaint(reference));
    if (view === null) throw new Refusal(404);
    return view;
  }

  @Post(':reference')
  @HttpCode(201)
  @Requires('scrutiny:write', { audit: null })
  @ApiOperation({ summary: 'Begin the record of a case of that category: the clock of updates runs from its receipt' })
  async open(
    @Param('reference') reference: string,
    @Body() { delegation = null }: OpenComplaintBody,
  ): Promise<ChiefConstableView> {
    return this.show(await this.commands.execute(new OpenChiefConstableComplaint(reference, delegation)));
  }

  @Post(':reference/assess')
  @HttpCode(200)
  @Requires('scrutiny:write', { audit: null })
  @ApiOperation({ summary: 'Say whether it is about personal conduct; acts under command are the force’s' })
  assess(@Param('reference') reference: string, @Body() body: AssessBody): Promise<ChiefConstableView> {
    return this.advance(reference, body, { what: 'assess', conduct: body.conduct });
  }

  @Post(':reference/recording')
  @HttpCode(200)
  @Requires('scrutiny:write', { audit: null })
  @ApiOperation({ summary: 'Decide on recording' })
  recording(@Param('reference') reference: string, @Body() body: RecordingBody): Promise<ChiefConstableView> {
    return this.advance(reference, body, { what: 'decide-recording', decision: body.decision });
  }

  @Post(':reference/referral')
  @HttpCode(200)
  @Requires('scrutiny:write', { audit: null })
  @ApiOperation({ summary: 'Apply the test for referral to the IOPC: what cannot be excluded counts as met' })
  referral(@Param('reference') reference: string, @Body() body: ReferralBody): Promise<ChiefConstableView> {
    const { criteria, decision, sentOn = null } = body;
    return this.advance(reference, body, { what: 'test-referral', criteria, decision, sentOn });
  }

  @Post(':reference/route')
  @HttpCode(200)
  @Requires('scrutiny:write', { audit: null })
  @ApiOperation({ summary: 'Choose how it is handled' })
  route(@Param('reference') reference: string, @Body() body: RouteBody): Promise<ChiefConstableView> {
    return this.advance(reference, body, { what: 'choose-route', route: body.route });
  }

  @Post(':reference/update')
  @HttpCode(200)
  @Requires('scrutiny:write', { audit: null })
  @ApiOperation({ summary: 'The complainant was told how it stands: the next update is counted from that day' })
  update(@Param('reference') reference: string, @Body() body: UpdateBody): Promise<ChiefConstableView> {
    return this.advance(reference, body, { what: 'give-update' });
  }

  @Post(':reference/outcome')
  @HttpCode(200)
  @Requires('scrutiny:write', { audit: null })
  @ApiOperation({ summary: 'Record the outcome and when review-rights information was given (the IOPC reviews)' })
  outcome(@Param('reference') reference: string, @Body() body: OutcomeBody): Promise<ChiefConstableView> {
    const { outcome, reviewRightsOn = null } = body;
    return this.advance(reference, body, { what: 'record-outcome', outcome, reviewRightsOn });
  }

  private async advance(
    reference: string,
    { on, reasons }: { on: string; reasons: string },
    act: ChiefConstableAct,
  ): Promise<ChiefConstableView> {
    await this.commands.execute(new AdvanceChiefConstableComplaint(reference, on, reasons, act));
    return this.show(reference);
  }
}
