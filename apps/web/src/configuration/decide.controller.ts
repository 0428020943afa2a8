import { Body, Controller, Get, Param, Post, Query, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Requires } from '@app/http';
import { Clock, DomainError, londonDate, type FieldError } from '@app/kernel';
import {
  ConfigurationNotFound,
  differencesOf,
  EndConfiguration,
  RetireConfiguration,
  RevertConfiguration,
  type ConfigurationHistory,
  type EntryTarget,
} from '@app/offices';
import { showStaffPage } from '../staff/staff-page';
import { addressOf, dateModel, dayOfForm, differenceModels, officeName, officeOfQuery } from './entry-models';
import { EntryReader } from './entry-reader';
import { pageErrors } from './forms/entry-form';
import { first, type FormBody } from './forms/widgets';

type Action = 'end' | 'retire' | 'revert';
type PageQuery = Readonly<Record<string, unknown>>;

/** Ending, retiring and putting back an entry: each on a page of its own that says what follows. */
@ApiExcludeController()
@Controller('staff/configuration')
export class DecideController {
  constructor(
    private readonly commands: CommandBus,
    private readonly reader: EntryReader,
    private readonly clock: Clock,
  ) {}

  @Get(':kind/:key/:action')
  @Requires('configuration:write', { audit: null })
  async ask(
    @Param('kind') kind: string,
    @Param('key') key: string,
    @Param('action') action: string,
    @Query() query: PageQuery,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const entry = await this.reader.entry(kind, key, officeOfQuery(query.office));
    await this.page(reply, actionOf(action), entry, first(query.version), {});
  }

  @Post(':kind/:key/:action')
  @Requires('configuration:write', { audit: null })
  async decide(
    @Param('kind') kind: string,
    @Param('key') key: string,
    @Param('action') actionName: string,
    @Query() query: PageQuery,
    @Body() body: FormBody,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const action = actionOf(actionName);
    const entry = await this.reader.entry(kind, key, officeOfQuery(query.office));
    const { office } = entry;
    const expectedVersion = Number(first(body.expectedVersion)) || 0;
    const target: EntryTarget = { kind, key, office, expectedVersion, reason: first(body.reason) };
    try {
      await this.send(action, target, body, Number(first(query.version)) || 0);
    } catch (error) {
      if (!(error instanceof DomainError) || error.kind === 'not-found') throw error;
      const errors = error.errors.length > 0 ? error.errors : [{ pointer: '', message: error.message }];
      const status = error.kind === 'invalid' ? 422 : 409;
      return this.page(reply.status(status), action, entry, first(query.version), body, errors);
    }
    return void reply.redirect(`${addressOf(kind, key, office)}&notice=saved`, 303);
  }

  private send(action: Action, target: EntryTarget, body: FormBody, version: number): Promise<number> {
    if (action === 'retire') return this.commands.execute(new RetireConfiguration(target));
    const day = dayOfForm(body, action === 'end' ? 'lastDay' : 'validFrom');
    if (action === 'end') return this.commands.execute(new EndConfiguration(target, day ?? ''));
    return this.commands.execute(new RevertConfiguration(target, version, day));
  }

  private async page(
    reply: FastifyReply,
    action: Action,
    entry: ConfigurationHistory,
    version: string,
    body: FormBody,
    found: readonly FieldError[] = [],
  ): Promise<void> {
    const kind = this.reader.kind(entry.kind);
    const earlier = entry.history.find((each) => String(each.version) === version);
    if (action === 'revert' && !earlier) {
      throw new ConfigurationNotFound();
    }
    const errors = pageErrors(entry.kind, found);
    const today = londonDate(this.clock.now());
    const titles = await this.reader.titles(entry.kind);
    const name = action === 'end' ? 'lastDay' : 'validFrom';
    const heading = { end: 'End', retire: 'Retire', revert: `Go back to version ${version} of` }[action];
    await showStaffPage(reply, 'configuration/views/decide', {
      pageTitle: `${heading} ${entry.title}`,
      ...errors,
      action,
      kind,
      entry,
      version,
      officeName: officeName(entry.office),
      reason: first(body.reason),
      day: dateModel(
        name,
        action === 'end' ? 'Last day' : 'From which day',
        action === 'end' ? 'It holds on this day for the last time.' : 'What held before stays as it was.',
        dayOfForm(body, name) ?? today,
        errors.errorOf[name],
      ),
      found: earlier ? differenceModels(entry.kind, differencesOf(entry.data, earlier.data), titles) : [],
      cancel: addressOf(entry.kind, entry.key, entry.office),
    });
  }
}

/** @throws ConfigurationNotFound for anything else: there is no such page. */
function actionOf(action: string): Action {
  if (action === 'end' || action === 'retire' || action === 'revert') return action;
  throw new ConfigurationNotFound();
}
