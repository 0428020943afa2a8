import { Controller, Get, Post, Query, Req, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Requires } from '@app/http';
import {
  GetScrutinyChoices,
  ListCommissionerComplaints,
  ListPanelNumbers,
  RecordPanelNumbers,
  type ScrutinyChoices,
} from '@app/scrutiny';
import { formFields } from '../case/form-fields';
import { showStaffPage } from '../staff/staff-page';
import { officeInWords } from '../worklist/worklist-choices';
import { listAsked, listModel, type ListQuery } from './list-page';
import {
  carryOut,
  firstOffice,
  officeField,
  officeIn,
  showForm,
  type FormField,
  type ScrutinyForm,
} from './scrutiny-form';

const PATH = '/staff/scrutiny/commissioner';
const MOST_CASES = 50;

/** Complaints about the commissioner: passed to the panel, whose numbers are kept for publication. */
@ApiExcludeController()
@Controller('staff/scrutiny/commissioner')
export class CommissionerController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Get()
  @Requires('scrutiny:read', { audit: 'case-list-read' })
  async list(@Query() query: ListQuery, @Res() reply: FastifyReply): Promise<void> {
    const asked = listAsked(query);
    const page = await this.queries.execute(new ListPanelNumbers(asked));
    const cases = await this.queries.execute(new ListCommissionerComplaints(asked.offices, MOST_CASES));
    const { panelMeasures } = await this.queries.execute(new GetScrutinyChoices(asked.offices[0] ?? firstOffice()));
    const switches: { name: string; receives: boolean }[] = [];
    for (const office of asked.offices) {
      const { settings } = await this.queries.execute(new GetScrutinyChoices(office));
      switches.push({ name: officeInWords(office), receives: settings.receivesForPanel });
    }
    await showStaffPage(reply, 'scrutiny/views/commissioner', {
      pageTitle: 'Complaints about the commissioner',
      current: PATH,
      ...listModel(PATH, query, page),
      switches,
      cases: cases.map((row) => ({ ...row, officeName: officeInWords(row.office) })),
      measures: panelMeasures,
      rows: page.items.map((row) => ({
        ...row,
        officeName: officeInWords(row.office),
        cells: panelMeasures.map(({ key, text }) => ({ text, number: row.numbers[key] ?? null })),
      })),
    });
  }

  @Get('numbers')
  @Requires('scrutiny:write', { audit: null })
  async blank(@Res() reply: FastifyReply): Promise<void> {
    const choices = await this.queries.execute(new GetScrutinyChoices(firstOffice()));
    await showForm(reply, numbersForm(choices), { office: firstOffice(), obtainedOn: choices.today });
  }

  @Post('numbers')
  @Requires('scrutiny:write', { audit: null })
  async record(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const values = formFields(request);
    const office = officeIn(values);
    const choices = await this.queries.execute(new GetScrutinyChoices(office));
    await carryOut(reply, numbersForm(choices), values, async () => {
      const { from = '', to = '', obtainedOn = '', source = '' } = values;
      const numbers = Object.fromEntries(choices.panelMeasures.map(({ key }) => [key, numberOf(values[key])]));
      await this.commands.execute(new RecordPanelNumbers({ office, from, to, obtainedOn, source, numbers }));
      return `${PATH}?notice=panel-numbers-recorded`;
    });
  }
}

/** Null where nothing was entered; what is no number is refused by the rules. */
function numberOf(text: string | undefined): number | null {
  const typed = (text ?? '').trim();
  if (typed === '') return null;
  return /^\d{1,6}$/.test(typed) ? Number(typed) : -1;
}

function numbersForm({ panelMeasures }: ScrutinyChoices): ScrutinyForm {
  const day = (name: string, label: string): FormField => ({ kind: 'day', name, label });
  return {
    pageTitle: 'Record the numbers of the panel',
    intro:
      'As the police and crime panel counted them. What the panel did not say stays empty: that is not nought. Recorded again for a period, they take the place of the earlier ones.',
    back: { text: 'Back to the list', href: PATH },
    action: `${PATH}/numbers`,
    button: 'Record the numbers',
    fields: [
      officeField(),
      day('from', 'First day of the period'),
      day('to', 'Last day of the period'),
      ...panelMeasures.map(({ key, text }): FormField => ({ kind: 'number', name: key, label: text })),
      day('obtainedOn', 'When the panel said so'),
      { kind: 'long', name: 'source', label: 'Source', hint: 'For example the paper and the meeting of the panel.' },
    ],
  };
}
