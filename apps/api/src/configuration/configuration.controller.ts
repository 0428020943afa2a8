import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DryRunTriageRules, PreviewTemplate } from '@app/casework';
import { Requires } from '@app/http';
import {
  ChangeConfiguration,
  CountConfiguration,
  EndConfiguration,
  ListConfiguration,
  RetireConfiguration,
  RevertConfiguration,
  ShowConfiguration,
} from '@app/offices';
import { currentCaller, runAs } from '@app/platform';
import {
  ConfigurationHistoryAnswer,
  ConfigurationKindsAnswer,
  ConfigurationPageAnswer,
  DryRunAnswer,
  PreviewAnswer,
} from './configuration.answers';
import {
  ChangeConfigurationBody,
  ConfigurationQuery,
  DryRunBody,
  EndConfigurationBody,
  PreviewTemplateBody,
  RetireConfigurationBody,
  RevertConfigurationBody,
} from './configuration.bodies';

/** What the law or the office may change: dated, versioned, attributed, reversible. */
@ApiTags('Configuration')
@Controller('api/v1/configuration')
export class ConfigurationController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Get()
  @Requires('configuration:read', { audit: null })
  @ApiOperation({ summary: 'The kinds of configuration, what each is for and how much of it there is' })
  @ApiOkResponse({ type: ConfigurationKindsAnswer })
  async kinds(): Promise<ConfigurationKindsAnswer> {
    return { items: await this.queries.execute(new CountConfiguration()), nextCursor: null };
  }

  @Post('triage-rules/dry-run')
  @HttpCode(200)
  @Requires('configuration:read', { audit: 'triage-dry-run' })
  @ApiOperation({
    summary: 'What changed triage rules would have made of the newest cases of an office',
    description:
      'Nothing is stored but that you looked. Cases in restricted queues are left out. Without `case:read` you get ' +
      'references and categories, neither subjects nor reasons.',
  })
  @ApiOkResponse({ type: DryRunAnswer })
  dryRun(@Body() { office, changes, limit }: DryRunBody): Promise<DryRunAnswer> {
    return this.queries.execute(new DryRunTriageRules(office, changes, limit));
  }

  @Post('templates/preview')
  @HttpCode(200)
  @Requires('configuration:read', { audit: null })
  @ApiOperation({ summary: 'A letter as a template would write it for an invented case' })
  @ApiOkResponse({ type: PreviewAnswer })
  preview(@Body() { office, subject, body }: PreviewTemplateBody): Promise<PreviewAnswer> {
    return this.queries.execute(new PreviewTemplate({ subject, body }, office));
  }

  @Get(':kind')
  @Requires('configuration:read', { audit: null })
  @ApiOperation({ summary: 'The entries of a kind in your offices, past and future ones too' })
  @ApiOkResponse({ type: ConfigurationPageAnswer })
  async list(@Param('kind') kind: string, @Query() { office }: ConfigurationQuery): Promise<ConfigurationPageAnswer> {
    const items = await this.queries.execute(new ListConfiguration(kind));
    const asked = officeOf(office);
    return { items: asked === undefined ? items : items.filter((each) => each.office === asked), nextCursor: null };
  }

  @Get(':kind/:key')
  @Requires('configuration:read', { audit: null })
  @ApiOperation({
    summary: 'One entry and everything that was decided about it',
    description: 'Name the `office` where several of yours have an entry of this key.',
  })
  @ApiOkResponse({ type: ConfigurationHistoryAnswer })
  show(
    @Param('kind') kind: string,
    @Param('key') key: string,
    @Query() { office }: ConfigurationQuery,
  ): Promise<ConfigurationHistoryAnswer> {
    return this.queries.execute(new ShowConfiguration(kind, key, officeOf(office)));
  }

  @Post(':kind/:key/change')
  @HttpCode(200)
  @Requires('configuration:write', { audit: null })
  @ApiOperation({
    summary: 'Let an entry say something else from a day on, or add one',
    description: 'What held before that day stays as it was. 409 when somebody else changed it meanwhile.',
  })
  @ApiOkResponse({ type: ConfigurationHistoryAnswer })
  async change(
    @Param('kind') kind: string,
    @Param('key') key: string,
    @Body() body: ChangeConfigurationBody,
  ): Promise<ConfigurationHistoryAnswer> {
    const { data, validFrom = null, validTo = null, ...rest } = body;
    await this.commands.execute(new ChangeConfiguration({ kind, key, ...rest }, data, validFrom, validTo));
    const show = (): Promise<ConfigurationHistoryAnswer> => this.shown(kind, key, body.office);
    // An office that was just added is not yet among those of who added it.
    if (kind !== 'office') return show();
    const caller = currentCaller();
    return runAs({ ...caller, offices: [...caller.offices, key] }, show);
  }

  @Post(':kind/:key/end')
  @HttpCode(200)
  @Requires('configuration:write', { audit: null })
  @ApiOperation({ summary: 'Let an entry hold until a day and no longer' })
  @ApiOkResponse({ type: ConfigurationHistoryAnswer })
  async end(
    @Param('kind') kind: string,
    @Param('key') key: string,
    @Body() { lastDay, ...rest }: EndConfigurationBody,
  ): Promise<ConfigurationHistoryAnswer> {
    await this.commands.execute(new EndConfiguration({ kind, key, ...rest }, lastDay));
    return this.shown(kind, key, rest.office);
  }

  @Post(':kind/:key/retire')
  @HttpCode(200)
  @Requires('configuration:write', { audit: null })
  @ApiOperation({ summary: 'Take an entry out from today on, with all that was planned for it' })
  @ApiOkResponse({ type: ConfigurationHistoryAnswer })
  async retire(
    @Param('kind') kind: string,
    @Param('key') key: string,
    @Body() body: RetireConfigurationBody,
  ): Promise<ConfigurationHistoryAnswer> {
    await this.commands.execute(new RetireConfiguration({ kind, key, ...body }));
    return this.shown(kind, key, body.office);
  }

  @Post(':kind/:key/revert')
  @HttpCode(200)
  @Requires('configuration:write', { audit: null })
  @ApiOperation({ summary: 'Let an entry say again what an earlier version said, as a new version' })
  @ApiOkResponse({ type: ConfigurationHistoryAnswer })
  async revert(
    @Param('kind') kind: string,
    @Param('key') key: string,
    @Body() { version, validFrom, ...rest }: RevertConfigurationBody,
  ): Promise<ConfigurationHistoryAnswer> {
    await this.commands.execute(new RevertConfiguration({ kind, key, ...rest }, version, validFrom ?? null));
    return this.shown(kind, key, rest.office);
  }

  private shown(kind: string, key: string, office: string | null): Promise<ConfigurationHistoryAnswer> {
    return this.queries.execute(new ShowConfiguration(kind, key, office));
  }
}

function officeOf(office: string | undefined): string | null | undefined {
  return office === 'shared' ? null : office;
}
