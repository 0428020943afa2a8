import { Controller, Get, NotFoundException, Param, Post, Query, Req, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Requires } from '@app/http';
import {
  ChangeInvestigation,
  EnterInvestigation,
  GetCaseForScrutiny,
  GetInvestigation,
  ListInvestigations,
  RecordNotice,
  type InvestigationChange,
  type InvestigationView,
} from '@app/scrutiny';
import { formFields, type Fields } from '../case/form-fields';
import { showStaffPage } from '../staff/staff-page';
import { officeInWords } from '../worklist/worklist-choices';
import { listAsked, listModel, type ListQuery } from './list-page';
import {
  carryOut,
  firstOffice,
  officeField,
  officeIn,
  orNull,
  showForm,
  type FormField,
  type ScrutinyForm,
} from './scrutiny-form';
import { tagOf } from './scrutiny-words';

const PATH = '/staff/scrutiny/notices';
const REFERENCE: FormField = {
  kind: 'line',
  name: 'forceReference',
  label: 'Reference of the force',
  hint: 'For example CO/1234/25. No names.',
};
const STARTED: FormField = { kind: 'day', name: 'startedOn', label: 'When the investigation started' };

/** The changes of an investigation, by the end of their address. */
const CHANGES: Readonly<
  Record<
    string,
    { readonly title: string; readonly button: string; readonly fields: readonly FormField[]; readonly notice: string }
  >
> = {
  finalise: {
    title: 'The investigation is finalised',
    button: 'Record the end',
    fields: [{ kind: 'day', name: 'on', label: 'When it was finalised' }],
    notice: 'investigation-finalised',
  },
  correct: {
    title: 'Correct the start',
    button: 'Correct',
    fields: [STARTED, { kind: 'long', name: 'reason', label: 'Why' }],
    notice: 'saved',
  },
  strike: {
    title: 'Strike out: it was entered by mistake',
    button: 'Strike out',
    fields: [{ kind: 'long', name: 'reason', label: 'Why' }],
    notice: 'saved',
  },
};

/** Long investigations of the force and the notices about them. */
@ApiExcludeController()
@Controller('staff/scrutiny/notices')
export class NoticesController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Get()
  @Requires('scrutiny:read', { audit: null })
  async list(@Query() query: ListQuery, @Res() reply: FastifyReply): Promise<void> {
    const page = await this.queries.execute(new ListInvestigations(listAsked(query)));
    await showStaffPage(reply, 'scrutiny/views/notices', {
      pageTitle: '12-month notices',
      current: PATH,
      ...listModel(PATH, query, page),
      rows: page.items.map((row) => ({
        ...row,
        officeName: officeInWords(row.office),
        tag: tagOf(row.isOverdue ? 'overdue' : row.status),
      })),
    });
  }

  @Get('new')
  @Requires('scrutiny:write', { audit: null })
  async blank(@Query('case') reference: string | undefined, @Res() reply: FastifyReply): Promise<void> {
    const found = reference === undefined ? null : await this.queries.execute(new GetCaseForScrutiny(reference));
    const from: Fields = found
      ? { office: found.office, caseReference: found.reference, receivedOn: found.receivedOn }
      : { office: firstOffice() };
    await showForm(reply, noticeForm(), from);
  }

  @Post('new')
  @Requires('scrutiny:write', { audit: null })
  async record(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const values = formFields(request);
    await carryOut(reply, noticeForm(), values, async () => {
      const notice = {
        office: officeIn(values),
        forceReference: values.forceReference ?? '',
        startedOn: orNull(values.startedOn),
        receivedOn: values.receivedOn ?? '',
        caseReference: orNull(values.caseReference),
        expectedEnd: orNull(values.expectedEnd),
        reasons: orNull(values.reasons),
      };
      return `${PATH}/${await this.commands.execute(new RecordNotice(notice))}?notice=notice-recorded`;
    });
  }

  @Get('enter')
  @Requires('scrutiny:write', { audit: null })
  async enterPage(@Res() reply: FastifyReply): Promise<void> {
    await showForm(reply, enterForm(), { office: firstOffice() });
  }

  @Post('enter')
  @Requires('scrutiny:write', { audit: null })
  async enter(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const values = formFields(request);
    await carryOut(reply, enterForm(), values, async () => {
      const { forceReference = '', startedOn = '' } = values;
      const id = await this.commands.execute(new EnterInvestigation(officeIn(values), forceReference, startedOn));
      return `${PATH}/${id}?notice=saved`;
    });
  }

  @Get(':id')
  @Requires('scrutiny:read', { audit: null })
  async show(@Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    const view = await this.queries.execute(new GetInvestigation(id));
    await showStaffPage(reply, 'scrutiny/views/notice', {
      pageTitle: `Investigation ${view.forceReference}`,
      view,
      officeName: officeInWords(view.office),
      tag: tagOf(view.isOverdue ? 'overdue' : view.status),
      chain: view.chain.map((slot) => ({ ...slot, tag: tagOf(slot.state) })),
    });
  }

  @Get(':id/:change')
  @Requires('scrutiny:write', { audit: null })
  async changePage(
    @Param('id') id: string,
    @Param('change') change: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const view = await this.queries.execute(new GetInvestigation(id));
    await showForm(reply, changeForm(view, change), { startedOn: view.startedOn });
  }

  @Post(':id/:change')
  @Requires('scrutiny:write', { audit: null })
  async change(
    @Param('id') id: string,
    @Param('change') change: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const values = formFields(request);
    const form = changeForm(await this.queries.execute(new GetInvestigation(id)), change);
    await carryOut(reply, form, values, async () => {
      await this.commands.execute(new ChangeInvestigation(id, changeOf(change, values)));
      return `${PATH}/${id}?notice=${CHANGES[change]?.notice ?? 'saved'}`;
    });
  }
}

function changeOf(change: string, { on = '', startedOn = '', reason = '' }: Fields): InvestigationChange {
  if (change === 'finalise') return { what: 'finalise', on };
  return change === 'correct' ? { what: 'correct', startedOn, reason } : { what: 'strike', reason };
}

function changeForm({ id, forceReference }: InvestigationView, change: string): ScrutinyForm {
  const known = Object.hasOwn(CHANGES, change) ? CHANGES[change] : undefined;
  if (!known) throw new NotFoundException();
  return {
    pageTitle: known.title,
    caption: `Investigation ${forceReference}`,
    back: { text: 'Back to the investigation', href: `${PATH}/${id}` },
    action: `${PATH}/${id}/${change}`,
    button: known.button,
    fields: known.fields,
  };
}

function noticeForm(): ScrutinyForm {
  return {
    pageTitle: 'Record a notice',
    intro:
      'The force tells the office in writing when an investigation is not finished within 12 months, and every six months after that.',
    back: { text: 'Back to the notices', href: PATH },
    action: `${PATH}/new`,
    button: 'Record the notice',
    fields: [
      officeField(),
      REFERENCE,
      { ...STARTED, hint: 'May be left empty where the investigation is in the log already.' },
      { kind: 'day', name: 'receivedOn', label: 'When the notice came' },
      {
        kind: 'line',
        name: 'caseReference',
        label: 'Our case (optional)',
        hint: 'The reference of the case that it came with.',
      },
      { kind: 'day', name: 'expectedEnd', label: 'When the force expects the end (optional)' },
      { kind: 'long', name: 'reasons', label: 'Why it has not finished, as the force says (optional)' },
    ],
  };
}

function enterForm(): ScrutinyForm {
  return {
    pageTitle: 'Enter an investigation',
    intro:
      'For an investigation that the office knows of before any notice came. Its first notice is then watched for.',
    back: { text: 'Back to the notices', href: PATH },
    action: `${PATH}/enter`,
    button: 'Enter',
    fields: [officeField(), REFERENCE, STARTED],
  };
}
