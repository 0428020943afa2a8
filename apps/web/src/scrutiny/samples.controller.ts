import { Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { can } from '@app/access';
import { downloadHeaders, Requires } from '@app/http';
import { currentCaller } from '@app/platform';
import {
  DrawDipSample,
  GetDipSample,
  GetSamplePopulation,
  GetScrutinyChoices,
  ListDipSamples,
  PlanDipSample,
  type DipSampleView,
} from '@app/scrutiny';
import { cleanFields, formErrors, formFields, NO_ERRORS, type FormErrors } from '../case/form-fields';
import { PeopleNames } from '../case/people-names';
import { refusedBy } from '../case/refusals';
import { readForm } from '../http/read-form';
import { showStaffPage } from '../staff/staff-page';
import { inWords } from '../case/case-words';
import { officeInWords } from '../worklist/worklist-choices';
import { listAsked, listModel, type ListQuery } from './list-page';
import { entriesOf } from './population-file';
import { carryOut, firstOffice, officeIn, orNull, showForm } from './scrutiny-form';
import { sampleForm } from './sample-forms';
import { inScrutinyWords, percent, tagOf } from './scrutiny-words';

const PATH = '/staff/scrutiny/samples';

/** Dip samples: planned, drawn, and their result. */
@ApiExcludeController()
@Controller('staff/scrutiny/samples')
export class SamplesController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly people: PeopleNames,
  ) {}

  @Get()
  @Requires('scrutiny:read', { audit: null })
  async list(@Query() query: ListQuery, @Res() reply: FastifyReply): Promise<void> {
    const page = await this.queries.execute(new ListDipSamples(listAsked(query)));
    await showStaffPage(reply, 'scrutiny/views/samples', {
      pageTitle: 'Dip samples',
      current: PATH,
      ...listModel(PATH, query, page),
      rows: page.items.map((row) => ({ ...row, officeName: officeInWords(row.office), tag: tagOf(row.stage) })),
    });
  }

  @Get('new')
  @Requires('scrutiny:write', { audit: null })
  async blank(@Res() reply: FastifyReply): Promise<void> {
    const { sheets, today } = await this.queries.execute(new GetScrutinyChoices(firstOffice()));
    const values = { office: firstOffice(), source: 'force-list', size: '20', to: today, sheet: sheets[0]?.key ?? '' };
    await showForm(reply, sampleForm(sheets), values);
  }

  @Post('new')
  @Requires('scrutiny:write', { audit: null })
  async plan(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { fields, files } = await readForm(request);
    const values = cleanFields(fields);
    const office = officeIn(values);
    const { sheets } = await this.queries.execute(new GetScrutinyChoices(office));
    await carryOut(reply, sampleForm(sheets), values, async () => {
      const { title = '', source, population = '', caseKind = '', from = '', to = '', size = '', sheet = '' } = values;
      const chosen =
        source === 'own-cases'
          ? ({ source, caseKind, from, to } as const)
          : ({ source: 'force-list', entries: [...population.split('\n'), ...files.flatMap(entriesOf)] } as const);
      const number = /^\d{1,4}$/.test(size) ? Number(size) : 0;
      const planned = { office, title, population: chosen, size: number, sheet };
      return `${PATH}/${await this.commands.execute(new PlanDipSample(planned))}?notice=sample-planned`;
    });
  }

  @Get(':id')
  @Requires('scrutiny:read', { audit: null })
  async show(@Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    await this.page(id, reply, NO_ERRORS, '');
  }

  @Post(':id/draw')
  @Requires('scrutiny:write', { audit: null })
  async draw(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { seed = '' } = formFields(request);
    try {
      await this.commands.execute(new DrawDipSample(id, orNull(seed)));
    } catch (error) {
      const refused = refusedBy(error);
      if (refused === null) throw error;
      void reply.status(refused.status);
      const fields = refused.fields.length > 0 ? refused.fields : ([['main', refused.message]] as const);
      return this.page(id, reply, formErrors(fields), seed);
    }
    void reply.redirect(`${PATH}/${id}?notice=sample-drawn`, 303);
  }

  /** One reference a line, as `sort` and `sha256sum` want it. */
  @Get(':id/population.txt')
  @Requires('scrutiny:read', { audit: null })
  async population(@Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    const references = await this.queries.execute(new GetSamplePopulation(id));
    const content = Buffer.from(references.map((reference) => `${reference}\n`).join(''));
    const file = { filename: `population-${id}.txt`, contentType: 'text/plain; charset=utf-8' };
    await reply.headers(downloadHeaders(file)).send(content);
  }

  private async page(id: string, reply: FastifyReply, { errors, errorOf }: FormErrors, seed: string): Promise<void> {
    const view = await this.queries.execute(new GetDipSample(id));
    const { actor, role } = currentCaller();
    const names = await this.people.of(view.files.flatMap(({ scores }) => scores.map(({ scorer }) => scorer)));
    const files = view.files.map((file, index) => fileRow(file, view, actor.id, names, index));
    await showStaffPage(reply, 'scrutiny/views/sample', {
      pageTitle: view.title,
      ...{ view, errors, errorOf, seed, files },
      officeName: officeInWords(view.office),
      tag: tagOf(view.stage),
      sourceInWords: inScrutinyWords(view.source),
      kindInWords: view.caseKind === null ? null : inWords(view.caseKind),
      mayScore: can(role, 'dip-sample:write'),
      isScoring: view.stage === 'scoring',
      mayReport: view.scored === view.inSample && view.secondScored >= view.secondWanted,
      resultShare: percent(view.result.points.reached, view.result.points.possible),
      questions: view.result.questions.map((question) => ({
        ...question,
        share: percent(question.points.reached, question.points.possible),
      })),
    });
  }
}

/** A second person scores without knowing how the first did, until the result is reported. */
export function maySeeScores(view: DipSampleView, file: DipSampleView['files'][number], person: string): boolean {
  return view.stage !== 'scoring' || file.scores.length > 1 || file.scores.some(({ scorer }) => scorer === person);
}

function fileRow(
  file: DipSampleView['files'][number],
  view: DipSampleView,
  person: string,
  names: ReadonlyMap<string, string>,
  index: number,
): object {
  const isOpen = maySeeScores(view, file, person);
  const isOwn = file.scores.some(({ scorer }) => scorer === person);
  const mayScore = view.stage === 'scoring' && file.replacedBy === null && (isOwn || file.scores.length < 2);
  return {
    ...file,
    drawn: index + 1,
    isReplacement: index >= view.size,
    mayScore,
    scoreText: isOwn ? 'Correct my score' : file.scores.length === 1 ? 'Score as second person' : 'Score',
    scores: file.scores.map(({ scorer, points, comments, on }) => ({
      who: names.get(scorer) ?? scorer,
      on,
      share: isOpen ? percent(points.reached, points.possible) : 'shown when you have scored',
      comments: isOpen ? comments : null,
    })),
  };
}
