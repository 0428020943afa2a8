import { Controller, Get, NotFoundException, Param, ParseIntPipe, Post, Req, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Requires } from '@app/http';
import { currentCaller } from '@app/platform';
import { GetDipSample, ScoreSampledFile, WorkOnDipSample, type DipSampleAct, type DipSampleView } from '@app/scrutiny';
import { formFields, type Fields } from '../case/form-fields';
import { answersIn, SAMPLE_STEPS, scoreForm, valuesOf, type SampleStep } from './sample-forms';
import { carryOut, orNull, showForm, type ScrutinyForm } from './scrutiny-form';

const PATH = '/staff/scrutiny/samples';

/** Work on a drawn sample: scoring its files, replacing one, and what follows. */
@ApiExcludeController()
@Controller('staff/scrutiny/samples/:id')
export class SampleWorkController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Get('files/:place')
  @Requires('dip-sample:write', { audit: null })
  async scorePage(
    @Param('id') id: string,
    @Param('place', ParseIntPipe) place: number,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { view, file } = await this.file(id, place);
    await showForm(reply, scoreForm(view, place, file.reference), valuesOf(file, currentCaller().actor.id));
  }

  @Post('files/:place')
  @Requires('dip-sample:write', { audit: null })
  async score(
    @Param('id') id: string,
    @Param('place', ParseIntPipe) place: number,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const values = formFields(request);
    const { view, file } = await this.file(id, place);
    await carryOut(reply, scoreForm(view, place, file.reference), values, async () => {
      await this.commands.execute(new ScoreSampledFile(id, place, answersIn(view, values), orNull(values.comments)));
      return `${PATH}/${id}?notice=file-scored`;
    });
  }

  @Get('replace/:place')
  @Requires('scrutiny:write', { audit: null })
  async replacePage(
    @Param('id') id: string,
    @Param('place', ParseIntPipe) place: number,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { view, file } = await this.file(id, place);
    await showForm(reply, replaceForm(view, place, file.reference), {});
  }

  @Post('replace/:place')
  @Requires('scrutiny:write', { audit: null })
  async replace(
    @Param('id') id: string,
    @Param('place', ParseIntPipe) place: number,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const values = formFields(request);
    const { view, file } = await this.file(id, place);
    await carryOut(reply, replaceForm(view, place, file.reference), values, async () => {
      await this.commands.execute(new WorkOnDipSample(id, { what: 'replace', place, reason: values.reason ?? '' }));
      return `${PATH}/${id}?notice=file-replaced`;
    });
  }

  @Get(':step')
  @Requires('scrutiny:write', { audit: null })
  async stepPage(@Param('id') id: string, @Param('step') step: string, @Res() reply: FastifyReply): Promise<void> {
    const known = stepOf(step);
    await showForm(reply, stepForm(await this.queries.execute(new GetDipSample(id)), step, known), {});
  }

  @Post(':step')
  @Requires('scrutiny:write', { audit: null })
  async step(
    @Param('id') id: string,
    @Param('step') step: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const known = stepOf(step);
    const values = formFields(request);
    const form = stepForm(await this.queries.execute(new GetDipSample(id)), step, known);
    await carryOut(reply, form, values, async () => {
      await this.commands.execute(new WorkOnDipSample(id, actOf(step, values)));
      return `${PATH}/${id}?notice=${known.notice}`;
    });
  }

  private async file(
    id: string,
    place: number,
  ): Promise<{ view: DipSampleView; file: DipSampleView['files'][number] }> {
    const view = await this.queries.execute(new GetDipSample(id));
    const file = view.files.find((each) => each.place === place);
    if (!file) throw new NotFoundException();
    return { view, file };
  }
}

function stepOf(step: string): SampleStep {
  const known = Object.hasOwn(SAMPLE_STEPS, step) ? SAMPLE_STEPS[step] : undefined;
  if (!known) throw new NotFoundException();
  return known;
}

function actOf(step: string, { findings = '', on = '', text = '' }: Fields): DipSampleAct {
  if (step === 'report') return { what: 'report', findings };
  return { what: step === 'send-feedback' ? 'send-feedback' : 'record-answer', on, text };
}

function stepForm({ id, title }: DipSampleView, step: string, known: SampleStep): ScrutinyForm {
  const { title: pageTitle, intro, button, fields } = known;
  const back = { text: 'Back to the sample', href: `${PATH}/${id}` };
  return {
    pageTitle,
    caption: title,
    ...(intro ? { intro } : {}),
    back,
    action: `${PATH}/${id}/${step}`,
    button,
    fields,
  };
}

function replaceForm({ id, title }: DipSampleView, place: number, reference: string | null): ScrutinyForm {
  return {
    pageTitle: `Replace ${reference ?? 'the file'}`,
    caption: title,
    intro: 'The next file that the seed draws takes its place. Both stay in the record.',
    back: { text: 'Back to the sample', href: `${PATH}/${id}` },
    action: `${PATH}/${id}/replace/${String(place)}`,
    button: 'Replace',
    fields: [
      {
        kind: 'long',
        name: 'reason',
        label: 'Why the file cannot be looked at',
        hint: 'For example: it is still open. Name nobody.',
      },
    ],
  };
}
