import { Controller, Get, Query, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { OfficeNotFound } from '@app/offices';
import { Requires } from '@app/http';
import { addDays, Clock, isDay, londonDate } from '@app/kernel';
import { currentCaller } from '@app/platform';
import { CountScrutinyDue, GetScrutinyFigures, ListScrutinyFigureItems, type CountedItem } from '@app/scrutiny';
import { formErrors, NO_ERRORS } from '../case/form-fields';
import { instantAsked, textOf } from './query-values';
import { showStaffPage } from '../staff/staff-page';
import { officeInWords } from '../worklist/worklist-choices';
import { percent } from './scrutiny-words';

const DAYS_OF_A_YEAR = 365;

/** What of oversight waits, and its figures. */
@ApiExcludeController()
@Controller('staff/scrutiny')
export class ScrutinyOverviewController {
  constructor(
    private readonly queries: QueryBus,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Requires('scrutiny:read', { audit: null })
  async overview(@Res() reply: FastifyReply): Promise<void> {
    const { offices } = currentCaller();
    const due = await this.queries.execute(new CountScrutinyDue(offices));
    const figure = (count: number, text: string, href: string, isLate: boolean): object => ({
      ...{ count, text, href },
      isPressing: isLate && count > 0,
    });
    await showStaffPage(reply, 'scrutiny/views/overview', {
      pageTitle: 'Oversight of the force',
      current: '/staff/scrutiny',
      figures: [
        figure(due.noticesOverdue, '12-month notices overdue', '/staff/scrutiny/notices', true),
        figure(due.updatesOverdue, 'Updates overdue', '/staff/scrutiny/chief-constable', true),
        figure(due.updatesDue, 'Updates due in seven days', '/staff/scrutiny/chief-constable', false),
        figure(due.answersOverdue, 'Answers overdue', '/staff/scrutiny/force', true),
        figure(due.samplesToScore, 'Dip samples to score', '/staff/scrutiny/samples', false),
      ],
    });
  }

  @Get('figures')
  @Requires('metrics:read', { audit: 'metrics-read' })
  async figures(@Query() query: Readonly<Record<string, unknown>>, @Res() reply: FastifyReply): Promise<void> {
    const { offices } = currentCaller();
    const today = londonDate(this.clock.now());
    const from = textOf(query.from) || addDays(today, -DAYS_OF_A_YEAR);
    const to = textOf(query.to) || today;
    const chosen = offices.find((office) => office === query.office);
    const wrong = [
      ...(isDay(from) ? [] : [['from', 'Enter the first day, for example 1 April 2026'] as const]),
      ...(isDay(to) && !(to < from) ? [] : [['to', 'Enter the last day, not before the first'] as const]),
    ];
    if (wrong.length > 0) void reply.status(422);
    const report =
      wrong.length > 0
        ? null
        : await this.queries.execute(new GetScrutinyFigures({ office: chosen ?? offices, from, to }));
    await showStaffPage(reply, 'scrutiny/views/figures', {
      pageTitle: 'Figures of oversight',
      current: '/staff/scrutiny/figures',
      ...(wrong.length > 0 ? formErrors(wrong) : NO_ERRORS),
      ...{ from, to },
      offices: [
        { value: '', text: 'All my offices' },
        ...offices.map((value) => ({ value, text: officeInWords(value), selected: value === chosen })),
      ],
      hasOffices: offices.length > 1,
      rows: (report?.figures ?? []).map((figure) => ({
        ...figure,
        share: figure.denominator === null ? null : percent(figure.numerator, figure.denominator),
        denominatorList: `${figure.list}&part=denominator`,
      })),
    });
  }

  @Get('figures/items')
  @Requires('metrics:read', { audit: 'metrics-read' })
  async items(@Query() query: Readonly<Record<string, unknown>>, @Res() reply: FastifyReply): Promise<void> {
    const { offices } = currentCaller();
    const asked = [query.office].flat().filter((each): each is string => typeof each === 'string' && each !== '');
    for (const office of asked) if (!offices.includes(office)) throw new OfficeNotFound(office);
    const part = query.part === 'denominator' ? 'denominator' : 'numerator';
    const [from, to] = [textOf(query.from), textOf(query.to)];
    const asOf = instantAsked(query.asOf);
    const request = { office: asked.length > 0 ? asked : offices, from, to, part, ...(asOf ? { asOf } : {}) } as const;
    const { figure, items } = await this.queries.execute(
      new ListScrutinyFigureItems({ ...request, figure: textOf(query.figure) }),
    );
    await showStaffPage(reply, 'scrutiny/views/figure-items', {
      pageTitle: figure.name,
      current: '/staff/scrutiny/figures',
      ...{ figure, from, to },
      isDenominator: part === 'denominator',
      hasOffices: offices.length > 1,
      rows: items.map((item) => ({ ...item, officeName: officeInWords(item.office), href: hrefOf(item) })),
    });
  }
}

const PLACES: Readonly<Record<CountedItem['kind'], string>> = {
  investigation: '/staff/scrutiny/notices/',
  'dip-sample': '/staff/scrutiny/samples/',
  'chief-constable-complaint': '/staff/scrutiny/chief-constable/record/',
  'panel-numbers': '/staff/scrutiny/commissioner#',
  'oversight-action': '/staff/scrutiny/force#',
  'force-meeting': '/staff/scrutiny/force#',
};

function hrefOf({ kind, id }: CountedItem): string | null {
  return id === null ? null : `${PLACES[kind]}${id}`;
}
