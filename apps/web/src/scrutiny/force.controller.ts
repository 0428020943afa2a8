import { Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Requires } from '@app/http';
import { Clock, londonDate } from '@app/kernel';
import {
  AGENDA_ITEMS,
  AnswerOversightAction,
  GetForceMeeting,
  GetOversightAction,
  HoldForceMeeting,
  ListForceMeetings,
  ListOversightActions,
  PlanForceMeeting,
  TakeOversightAction,
} from '@app/scrutiny';
import { formFields } from '../case/form-fields';
import { showStaffPage } from '../staff/staff-page';
import { officeInWords } from '../worklist/worklist-choices';
import { actionForm, answerForm, heldForm, meetingForm } from './force-forms';
import { listAsked, listModel, type ListQuery } from './list-page';
import { carryOut, firstOffice, officeIn, orNull, showForm, ticked } from './scrutiny-form';
import { inScrutinyWords } from './scrutiny-words';

const PATH = '/staff/scrutiny/force';

/** What the office did about complaints that the force handles, and its meetings with the force. */
@ApiExcludeController()
@Controller('staff/scrutiny/force')
export class ForcePagesController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Requires('scrutiny:read', { audit: null })
  async list(@Query() query: ListQuery, @Res() reply: FastifyReply): Promise<void> {
    const asked = listAsked(query);
    const page = await this.queries.execute(new ListOversightActions(asked));
    const meetings = await this.queries.execute(new ListForceMeetings({ ...asked, after: null }));
    await showStaffPage(reply, 'scrutiny/views/force', {
      pageTitle: 'Referrals, directions and meetings',
      current: PATH,
      ...listModel(PATH, query, page),
      actions: page.items.map((row) => ({
        ...row,
        officeName: officeInWords(row.office),
        title: inScrutinyWords(row.action),
        groundInWords: inScrutinyWords(row.ground),
        answerInWords: inScrutinyWords(row.answerCode),
      })),
      meetings: meetings.items.map((row) => ({
        ...row,
        officeName: officeInWords(row.office),
        agendaInWords: row.agenda.map((code) => ({
          text: inScrutinyWords(code),
          isPack: code === 'recommendations-pack',
        })),
      })),
    });
  }

  @Get('actions/new')
  @Requires('scrutiny:write', { audit: null })
  async blankAction(@Query('case') reference: string | undefined, @Res() reply: FastifyReply): Promise<void> {
    await showForm(reply, actionForm(), { office: firstOffice(), on: this.today(), caseReference: reference ?? '' });
  }

  @Post('actions/new')
  @Requires('scrutiny:write', { audit: null })
  async take(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const values = formFields(request);
    await carryOut(reply, actionForm(), values, async () => {
      const { action = '', ground = '', on = '', reasons = '' } = values;
      const [forceReference, caseReference] = [orNull(values.forceReference), orNull(values.caseReference)];
      const about = { forceReference, caseReference, answerBy: orNull(values.answerBy) };
      await this.commands.execute(
        new TakeOversightAction({ office: officeIn(values), action, ground, on, reasons, ...about }),
      );
      return `${PATH}?notice=action-recorded`;
    });
  }

  @Get('actions/:id')
  @Requires('scrutiny:write', { audit: null })
  async answerPage(@Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    const view = await this.queries.execute(new GetOversightAction(id));
    await showForm(reply, answerForm(view), { on: this.today() });
  }

  @Post('actions/:id')
  @Requires('scrutiny:write', { audit: null })
  async answer(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const values = formFields(request);
    const form = answerForm(await this.queries.execute(new GetOversightAction(id)));
    await carryOut(reply, form, values, async () => {
      const { on = '', code = '', text = '' } = values;
      await this.commands.execute(new AnswerOversightAction(id, { on, code, text }));
      return `${PATH}?notice=saved`;
    });
  }

  @Get('meetings/new')
  @Requires('scrutiny:write', { audit: null })
  async blankMeeting(@Res() reply: FastifyReply): Promise<void> {
    const usual = AGENDA_ITEMS.filter((item) => item !== 'other').map((item) => [`agenda-${item}`, 'yes']);
    await showForm(reply, meetingForm(), { office: firstOffice(), ...(Object.fromEntries(usual) as object) });
  }

  @Post('meetings/new')
  @Requires('scrutiny:write', { audit: null })
  async plan(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const values = formFields(request);
    await carryOut(reply, meetingForm(), values, async () => {
      const agenda = ticked('agenda', AGENDA_ITEMS, values);
      await this.commands.execute(
        new PlanForceMeeting(officeIn(values), values.on ?? '', agenda, orNull(values.notes)),
      );
      return `${PATH}?notice=meeting-planned`;
    });
  }

  @Get('meetings/:id')
  @Requires('scrutiny:write', { audit: null })
  async heldPage(@Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    const view = await this.queries.execute(new GetForceMeeting(id));
    await showForm(reply, heldForm(view), { on: view.on });
  }

  @Post('meetings/:id')
  @Requires('scrutiny:write', { audit: null })
  async hold(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const values = formFields(request);
    const form = heldForm(await this.queries.execute(new GetForceMeeting(id)));
    await carryOut(reply, form, values, async () => {
      await this.commands.execute(new HoldForceMeeting(id, values.on ?? '', values.minutes ?? ''));
      return `${PATH}?notice=saved`;
    });
  }

  private today(): string {
    return londonDate(this.clock.now());
  }
}
