import { Controller, Get, Query, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { People } from '@app/access';
import { Requires } from '@app/http';
import { isDay } from '@app/kernel';
import { ListReadings, type Reading } from '@app/oversight';
import { currentCaller } from '@app/platform';
import { formErrors } from '../case/form-fields';
import { showStaffPage } from '../staff/staff-page';
import { textOf } from './figures-period';

const LISTED = 50;

const ACTIONS: Readonly<Record<string, string>> = {
  'case-read': 'The case',
  'case-list-read': 'A list of cases',
  'case-events-read': 'The history of the case',
  'case-messages-read': 'The letters of the case',
  'attachment-read': 'A file',
  'correspondent-read': 'A correspondent',
  'outgoing-read': 'Outgoing messages',
  'metrics-read': 'Figures',
  'assurance-read': 'The certificate',
  'events-read': 'The event log',
  'attention-read': 'What needs attention',
  'access-record-read': 'This record',
  'triage-dry-run': 'A trial of triage rules',
};

/** Who read which case, for those who answer for it. */
@ApiExcludeController()
@Controller('staff/figures/readers')
export class ReadersController {
  constructor(
    private readonly queries: QueryBus,
    private readonly people: People,
  ) {}

  @Get()
  @Requires('access-record:read', { audit: 'access-record-read' })
  async readers(@Query() query: Readonly<Record<string, unknown>>, @Res() reply: FastifyReply): Promise<void> {
    const { offices } = currentCaller();
    const [person, reference, day] = [textOf(query.person), textOf(query.reference), textOf(query.day)];
    const isWrong = day !== '' && !isDay(day);
    if (isWrong) void reply.status(422);
    const before = /^\d{1,15}$/.test(textOf(query.before)) ? Number(textOf(query.before)) : undefined;
    const asked = {
      offices,
      person: person || undefined,
      reference: reference || undefined,
      day: isWrong ? undefined : day || undefined,
      before,
      limit: LISTED,
    };
    const page = isWrong ? { items: [], before: null } : await this.queries.execute(new ListReadings(asked));
    const names = await this.people.names(page.items.map(({ actor }) => idOf(actor)));
    const next = new URLSearchParams({ person, reference, day, before: String(page.before) });
    await showStaffPage(reply, 'figures/views/readers', {
      pageTitle: 'Who read what',
      current: '/staff/figures/readers',
      ...formErrors(isWrong ? [['day', 'Enter a real day, for example 24 November 2026']] : []),
      typed: { person, reference, day },
      persons: [
        { value: '', text: 'Everybody' },
        ...(await this.people.forOffices(offices)).map(({ id, name }) => ({
          value: id,
          text: name,
          selected: id === person,
        })),
      ],
      rows: page.items.map((reading) => ({ ...reading, ...inWords(reading, names) })),
      isFirst: before === undefined,
      nextHref: page.before === null ? null : `/staff/figures/readers?${next.toString()}`,
    });
  }
}

function idOf(actor: string): string {
  return actor.slice(actor.indexOf(':') + 1);
}

function inWords({ actor, action }: Reading, names: ReadonlyMap<string, string>): { who: string; what: string } {
  const kinds: Readonly<Record<string, string>> = { public: 'Somebody of the public', system: 'Postbag' };
  const who = kinds[actor.slice(0, actor.indexOf(':'))] ?? names.get(idOf(actor)) ?? 'Somebody who has left';
  return { who, what: ACTIONS[action] ?? action.replaceAll('-', ' ') };
}
