import { randomUUID } from 'node:crypto';
import { Body, Controller, Get, Param, Post, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Requires } from '@app/http';
import { parseReference } from '@app/kernel';
import { GetBulkAction, isBulkKind, MOST_BULK_CASES, StartBulkAction, type BulkKind } from '@app/worklist';
import { showStaffPage } from '../staff/staff-page';
import { parametersOf } from './saved-views.controller';
import { WorklistChoices } from './worklist-choices';
import { WorklistPages } from './worklist-page';
import { readState, stateQuery } from './worklist-query';
import { casesInWords } from './words';

type Form = Readonly<Record<string, unknown>> | undefined;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const CLOSE_REASONS = [
  { value: 'answered', text: 'Answered' },
  { value: 'forwarded', text: 'Passed on to somebody else' },
  { value: 'no-reply-needed', text: 'No reply needed' },
  { value: 'duplicate', text: 'The same as another case' },
  { value: 'withdrawn', text: 'Withdrawn by the sender' },
];
const TITLES: Readonly<Record<BulkKind, (cases: string) => string>> = {
  allocate: (cases) => `Give ${cases} to a person`,
  transfer: (cases) => `Move ${cases} to another queue`,
  close: (cases) => `Close ${cases}`,
  link: (cases) => `Link ${cases} to one case`,
};
const DONE: Readonly<Record<BulkKind, string>> = {
  allocate: 'given to a person',
  transfer: 'moved to another queue',
  close: 'closed',
  link: 'linked',
};
const MISSING: Readonly<Record<BulkKind, string>> = {
  allocate: 'Choose a person',
  transfer: 'Choose a queue',
  close: 'Choose a reason, or write one',
  link: 'Enter the reference of the case to link to',
};

/** The same done to many cases: chosen in the list, confirmed here, carried out behind the scenes. */
@ApiExcludeController()
@Controller('staff/bulk-actions')
export class BulkActionsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly choices: WorklistChoices,
    private readonly pages: WorklistPages,
  ) {}

  /** What was chosen in the list: the page that asks how, and whether. */
  @Post()
  @Requires('case:write', { audit: null })
  async choose(@Body() body: Form, @Res() reply: FastifyReply): Promise<void> {
    const back = backOf(body);
    const list = Object.fromEntries(parametersOf(back));
    const references =
      body?.everything === 'yes' ? await this.pages.references(list, MOST_BULK_CASES) : referencesOf(body?.reference);
    const action = body?.action;
    const text =
      references.length === 0
        ? 'Select a case first'
        : references.length > MOST_BULK_CASES
          ? `Select ${String(MOST_BULK_CASES)} cases or fewer`
          : null;
    if (text !== null || !isBulkKind(action)) {
      const error = { text: text ?? 'Choose what to do with the cases', href: '#cases' };
      await showStaffPage(reply.status(422), 'worklist/views/list', {
        ...(await this.pages.model(list)),
        errors: [error],
        errorOf: { cases: { text: error.text } },
        selected: references,
      });
      return;
    }
    await this.form(reply, 200, action, references, back, body, []);
  }

  @Post('start')
  @Requires('case:write', { audit: null })
  async start(@Body() body: Form, @Res() reply: FastifyReply): Promise<void> {
    const action = body?.action;
    const references = referencesOf(body?.reference);
    const back = backOf(body);
    if (!isBulkKind(action) || references.length === 0) return void reply.redirect(`/staff/cases?${back}`, 303);
    const argument = argumentOf(action, body);
    const isOther = argument === null || (action === 'link' && parseReference(argument) === null);
    if (isOther || (action === 'link' && references.every((each) => each === parseReference(argument)?.reference))) {
      const text = argument !== null && !isOther ? 'Choose at least one other case to link' : MISSING[action];
      return this.form(reply, 422, action, references, back, body, [{ text, href: '#argument' }]);
    }
    const once = textOf(body?.once);
    const id = UUID.test(once) ? once : randomUUID();
    await this.commands.execute(new StartBulkAction(id, action, argument, references));
    return void reply.redirect(`/staff/bulk-actions/${id}?${new URLSearchParams({ back }).toString()}`, 303);
  }

  @Get(':id')
  @Requires('case:read', { audit: null })
  async progress(@Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    const bulk = await this.queries.execute(new GetBulkAction(id));
    const isDone = bulk.finishedAt !== null;
    const settled = bulk.total - bulk.waiting;
    await showStaffPage(reply, 'worklist/views/bulk-progress', {
      pageTitle: isDone
        ? `${casesInWords(bulk.done)} ${DONE[bulk.action]}`
        : `Working: ${String(settled)} of ${casesInWords(bulk.total)}`,
      bulk,
      isDone,
      settled,
      doneInWords: `${casesInWords(bulk.done)} ${DONE[bulk.action]}`,
      totalInWords: casesInWords(bulk.total),
      refusedInWords: casesInWords(bulk.refused.length),
      back: stateQuery(readState(Object.fromEntries(parametersOf(backOf(reply.request.query as Form))), 'mine')),
    });
  }

  private async form(
    reply: FastifyReply,
    status: number,
    action: BulkKind,
    references: readonly string[],
    back: string,
    body: Form,
    errors: readonly { readonly text: string; readonly href: string }[],
  ): Promise<void> {
    const cases = casesInWords(references.length);
    const options =
      action === 'allocate'
        ? await this.choices.colleagues()
        : action === 'transfer'
          ? (await this.choices.all()).queue
          : action === 'close'
            ? CLOSE_REASONS
            : [];
    const once = textOf(body?.once);
    await showStaffPage(reply.status(status), 'worklist/views/bulk-confirm', {
      pageTitle: TITLES[action](cases),
      action,
      references,
      back,
      cases,
      options,
      once: UUID.test(once) ? once : randomUUID(),
      values: { argument: textOf(body?.argument), words: textOf(body?.words) },
      errors,
      errorOf: errors[0] ? { argument: { text: errors[0].text } } : {},
    });
  }
}

/** What each case gets; null when nothing was chosen. */
function argumentOf(action: BulkKind, body: Form): string | null {
  const words = textOf(body?.words).trim().slice(0, 2000);
  if (action === 'close' && words !== '') return words;
  const argument = textOf(body?.argument).trim();
  return argument === '' ? null : argument;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** The list that was come from, without anything in it that a list does not understand. */
function backOf(body: Form): string {
  return stateQuery(readState(Object.fromEntries(parametersOf(textOf(body?.back))), 'mine'));
}

function referencesOf(value: unknown): string[] {
  const all = (Array.isArray(value) ? value : [value]).filter((each): each is string => typeof each === 'string');
  return [...new Set(all.flatMap((each) => parseReference(each)?.reference ?? []))];
}
