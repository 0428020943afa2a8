import { Controller, Get, NotFoundException, Param, Post, Query, Req, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Requires } from '@app/http';
import {
  AdvanceChiefConstableComplaint,
  CHIEF_CONSTABLE_CATEGORY,
  GetCaseForScrutiny,
  GetChiefConstableComplaint,
  GetScrutinyChoices,
  ListChiefConstableComplaints,
  ListUnopenedComplaints,
  OpenChiefConstableComplaint,
  type ScrutinyChoices,
} from '@app/scrutiny';
import { formFields } from '../case/form-fields';
import { refusedBy } from '../case/refusals';
import { showStaffPage } from '../staff/staff-page';
import { officeInWords } from '../worklist/worklist-choices';
import { CHIEF_CONSTABLE_STEPS, type ChiefConstableStepForm } from './chief-constable-forms';
import { listAsked, listModel, type ListQuery } from './list-page';
import { carryOut, orNull, showForm, type ScrutinyForm } from './scrutiny-form';
import { inScrutinyWords, tagOf } from './scrutiny-words';

const PATH = '/staff/scrutiny/chief-constable';

/** Complaints about the chief constable, for which the office is the appropriate authority. */
@ApiExcludeController()
@Controller('staff/scrutiny/chief-constable')
export class ChiefConstablePagesController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Get()
  @Requires('scrutiny:read', { audit: 'case-list-read' })
  async list(@Query() query: ListQuery, @Res() reply: FastifyReply): Promise<void> {
    const asked = listAsked(query);
    const page = await this.queries.execute(new ListChiefConstableComplaints(asked));
    const waiting = await this.queries.execute(new ListUnopenedComplaints(asked.offices));
    await showStaffPage(reply, 'scrutiny/views/chief-constable-list', {
      pageTitle: 'Complaints about the chief constable',
      current: PATH,
      ...listModel(PATH, query, page),
      waiting: waiting.map((row) => ({ ...row, officeName: officeInWords(row.office) })),
      rows: page.items.map((row) => ({
        ...row,
        officeName: officeInWords(row.office),
        tag: tagOf(row.isOverdue ? 'overdue' : row.stage),
        stageInWords: inScrutinyWords(row.stage),
        outcomeInWords: inScrutinyWords(row.outcome),
      })),
    });
  }

  /** Figures know the record by its id. */
  @Get('record/:id')
  @Requires('scrutiny:read', { audit: null })
  async byId(@Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    const found = await this.queries.execute(new GetCaseForScrutiny(id));
    if (!found) throw new NotFoundException();
    void reply.redirect(`${PATH}/${found.reference}`, 302);
  }

  @Get(':reference')
  @Requires('scrutiny:read', { audit: 'case-read' })
  async show(@Param('reference') reference: string, @Res() reply: FastifyReply): Promise<void> {
    const caseFile = await this.queries.execute(new GetCaseForScrutiny(reference));
    const view = await this.queries.execute(new GetChiefConstableComplaint(reference));
    if (!caseFile) throw new NotFoundException();
    if (view === null && caseFile.category !== CHIEF_CONSTABLE_CATEGORY) throw new NotFoundException();
    const { settings, referralCriteria } = await this.queries.execute(new GetScrutinyChoices(caseFile.office));
    await showStaffPage(reply, 'scrutiny/views/chief-constable', {
      pageTitle: `Complaint about the chief constable ${caseFile.reference}`,
      caseFile,
      officeName: officeInWords(caseFile.office),
      updateDays: settings.updateDays,
      delegation: settings.schemeOfDelegation ?? '',
      view,
      ...(view
        ? {
            tag: tagOf(view.isOverdue ? 'overdue' : view.stage),
            stageInWords: inScrutinyWords(view.stage),
            isDone: view.stage === 'finished' || view.stage === 'under-command',
            facts: factsOf(view),
            criteria: referralCriteria.map(({ key, text }) => ({ text, answer: view.referral?.criteria[key] ?? '' })),
            steps: view.steps.map((step) => ({
              ...step,
              title: inScrutinyWords(step.what),
              codeInWords: inScrutinyWords(step.code),
            })),
          }
        : {}),
    });
  }

  @Post(':reference/open')
  @Requires('scrutiny:write', { audit: null })
  async open(
    @Param('reference') reference: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { delegation } = formFields(request);
    try {
      await this.commands.execute(new OpenChiefConstableComplaint(reference, orNull(delegation)));
    } catch (error) {
      // Begun by somebody else a moment ago: the page shows it.
      if (refusedBy(error)?.status !== 409) throw error;
    }
    void reply.redirect(`${PATH}/${reference}?notice=record-opened`, 303);
  }

  @Get(':reference/:step')
  @Requires('scrutiny:write', { audit: 'case-read' })
  async stepPage(
    @Param('reference') reference: string,
    @Param('step') step: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const known = stepOf(step);
    const choices = await this.choices(reference);
    await showForm(reply, formOf(reference, step, known, choices), { on: choices.today });
  }

  @Post(':reference/:step')
  @Requires('scrutiny:write', { audit: null })
  async step(
    @Param('reference') reference: string,
    @Param('step') step: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const known = stepOf(step);
    const choices = await this.choices(reference);
    const values = formFields(request);
    await carryOut(reply, formOf(reference, step, known, choices), values, async () => {
      const { on = '', reasons = '' } = values;
      const act = known.act(values, choices.referralCriteria);
      await this.commands.execute(new AdvanceChiefConstableComplaint(reference, on, reasons, act));
      return `${PATH}/${reference}?notice=${known.notice}`;
    });
  }

  /** Also says that there is no such case, before anything else. */
  private async choices(reference: string): Promise<ScrutinyChoices> {
    const caseFile = await this.queries.execute(new GetCaseForScrutiny(reference));
    if (!caseFile) throw new NotFoundException();
    return this.queries.execute(new GetScrutinyChoices(caseFile.office));
  }
}

function factsOf(view: {
  conduct: string | null;
  recording: string | null;
  referral: { decision: string } | null;
  route: string | null;
  outcome: string | null;
}): object[] {
  return [
    { key: 'About', value: inScrutinyWords(view.conduct), step: 'assess' },
    { key: 'Recording', value: inScrutinyWords(view.recording), step: 'recording' },
    { key: 'Referral to the IOPC', value: inScrutinyWords(view.referral?.decision ?? null), step: 'referral' },
    { key: 'Handled by', value: inScrutinyWords(view.route), step: 'route' },
    { key: 'Outcome', value: inScrutinyWords(view.outcome), step: 'outcome' },
  ];
}

function stepOf(step: string): ChiefConstableStepForm {
  const known = Object.hasOwn(CHIEF_CONSTABLE_STEPS, step) ? CHIEF_CONSTABLE_STEPS[step] : undefined;
  if (!known) throw new NotFoundException();
  return known;
}

function formOf(
  reference: string,
  step: string,
  known: ChiefConstableStepForm,
  choices: ScrutinyChoices,
): ScrutinyForm {
  return {
    pageTitle: known.title,
    caption: reference,
    ...(known.intro ? { intro: known.intro } : {}),
    back: { text: 'Back to the complaint', href: `${PATH}/${reference}` },
    action: `${PATH}/${reference}/${step}`,
    button: known.button,
    fields: known.fields(choices.referralCriteria),
  };
}
