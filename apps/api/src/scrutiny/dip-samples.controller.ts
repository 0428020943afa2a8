import { Body, Controller, Get, HttpCode, Param, ParseIntPipe, Post, Query, UseInterceptors } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { IdempotencyKey, idempotentRequest, Requires, type Page } from '@app/http';
import {
  DrawDipSample,
  GetDipSample,
  GetSamplePopulation,
  ListDipSamples,
  PlanDipSample,
  ScoreSampledFile,
  WorkOnDipSample,
  type DipSampleAct,
  type DipSampleLine,
  type DipSampleView,
} from '@app/scrutiny';
import { Once } from '../input/once';
import { OptionalBody } from '../input/optional-body.interceptor';
import { DrawBody, FindingsBody, NewSampleBody, ReplaceBody, SaidOnBody, ScoreBody } from './scrutiny.bodies';
import { listRequest, RecordsQuery, toPage } from './scrutiny-lists';

/** Closed files, drawn at random so that anybody can check it, and scored. */
@ApiTags('Oversight of the force')
@Controller('api/v1/scrutiny/dip-samples')
@UseInterceptors(OptionalBody)
export class DipSamplesController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly once: Once,
  ) {}

  @Get()
  @Requires('scrutiny:read', { audit: null })
  @ApiOperation({ summary: 'Dip samples, newest first' })
  async list(@Query() query: RecordsQuery): Promise<Page<DipSampleLine>> {
    return toPage(await this.queries.execute(new ListDipSamples(listRequest(query))));
  }

  @Get(':id')
  @Requires('scrutiny:read', { audit: null })
  @ApiOperation({ summary: 'One sample: seed, files, scores and result with the numbers it rests on' })
  show(@Param('id') id: string): Promise<DipSampleView> {
    return this.queries.execute(new GetDipSample(id));
  }

  @Get(':id/population')
  @Requires('scrutiny:read', { audit: null })
  @ApiOperation({
    summary: 'The sorted population that the sample was drawn from',
    description: 'SHA-256 over the references, each followed by a line feed, is `populationHash`.',
  })
  async population(@Param('id') id: string): Promise<{ references: readonly string[] }> {
    return { references: await this.queries.execute(new GetSamplePopulation(id)) };
  }

  @Post()
  @HttpCode(201)
  @Requires('scrutiny:write', { audit: null })
  @ApiOperation({ summary: 'Fix population, size and scoring sheet of a sample' })
  plan(@Body() body: NewSampleBody, @IdempotencyKey() key: string | null): Promise<DipSampleView> {
    const { office, title, source, references, caseKind, from, to, size, sheet } = body;
    const population =
      source === 'force-list' ? { source, entries: references } : ({ source, caseKind, from, to } as const);
    return this.once.run(idempotentRequest('POST scrutiny/dip-samples', key, body), async () =>
      this.show(await this.commands.execute(new PlanDipSample({ office, title, population, size, sheet }))),
    );
  }

  @Post(':id/draw')
  @HttpCode(200)
  @Requires('scrutiny:write', { audit: null })
  @ApiOperation({
    summary: 'Draw the sample, once',
    description:
      'Method rivest-sha256-1: for n = 1, 2, 3 … SHA-256 of the text `SEED,n` as a number, its remainder on division by ' +
      'the size of the population, plus 1, is a place in the sorted list; places drawn before are passed over.',
  })
  async draw(@Param('id') id: string, @Body() { seed = null }: DrawBody): Promise<DipSampleView> {
    await this.commands.execute(new DrawDipSample(id, seed));
    return this.show(id);
  }

  @Post(':id/replace')
  @HttpCode(200)
  @Requires('scrutiny:write', { audit: null })
  @ApiOperation({ summary: 'Replace a file by the next that the seed draws' })
  replace(@Param('id') id: string, @Body() { place, reason }: ReplaceBody): Promise<DipSampleView> {
    return this.act(id, { what: 'replace', place, reason });
  }

  @Post(':id/files/:place/score')
  @HttpCode(200)
  @Requires('dip-sample:write', { audit: null })
  @ApiOperation({ summary: 'Score a file, as the first or the second person; again, to correct the own score' })
  async score(
    @Param('id') id: string,
    @Param('place', ParseIntPipe) place: number,
    @Body() { answers, comments = null }: ScoreBody,
  ): Promise<DipSampleView> {
    await this.commands.execute(new ScoreSampledFile(id, place, answers, comments));
    return this.show(id);
  }

  @Post(':id/report')
  @HttpCode(200)
  @Requires('scrutiny:write', { audit: null })
  @ApiOperation({ summary: 'Fix the result with its findings' })
  report(@Param('id') id: string, @Body() { findings }: FindingsBody): Promise<DipSampleView> {
    return this.act(id, { what: 'report', findings });
  }

  @Post(':id/feedback')
  @HttpCode(200)
  @Requires('scrutiny:write', { audit: null })
  @ApiOperation({ summary: 'The force was told' })
  feedback(@Param('id') id: string, @Body() { on, text }: SaidOnBody): Promise<DipSampleView> {
    return this.act(id, { what: 'send-feedback', on, text });
  }

  @Post(':id/answer')
  @HttpCode(200)
  @Requires('scrutiny:write', { audit: null })
  @ApiOperation({ summary: 'The force answered' })
  answer(@Param('id') id: string, @Body() { on, text }: SaidOnBody): Promise<DipSampleView> {
    return this.act(id, { what: 'record-answer', on, text });
  }

  private async act(id: string, act: DipSampleAct): Promise<DipSampleView> {
    await this.commands.execute(new WorkOnDipSample(id, act));
    return this.show(id);
  }
}
