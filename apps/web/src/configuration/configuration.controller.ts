import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Requires } from '@app/http';
import { CountConfiguration, ListCalendars, ListConfiguration } from '@app/offices';
import { currentCaller } from '@app/platform';
import { showStaffPage } from '../staff/staff-page';
import {
  ADDRESS,
  addressOf,
  listColumns,
  listRows,
  officeName,
  officeOfQuery,
  revisionModel,
  summaryOf,
  validityInWords,
} from './entry-models';
import { EntryReader } from './entry-reader';

type ListQuery = Readonly<Record<string, unknown>>;

/** Configuration as people look at it: what there is, what each entry says, and what was decided about it. */
@ApiExcludeController()
@Controller('staff/configuration')
export class ConfigurationController {
  constructor(
    private readonly queries: QueryBus,
    private readonly reader: EntryReader,
  ) {}

  @Get()
  @Requires('configuration:read', { audit: null })
  async index(@Res() reply: FastifyReply): Promise<void> {
    const kinds = await this.queries.execute(new CountConfiguration());
    const [calendar] = await this.queries.execute(new ListCalendars());
    await showStaffPage(reply, 'configuration/views/index', {
      pageTitle: 'Configuration',
      calendar: { holidays: calendar?.holidays.length ?? 0 },
      kinds: kinds.map((each) => ({ ...each, href: `${ADDRESS}/${each.kind}` })),
    });
  }

  @Get(':kind')
  @Requires('configuration:read', { audit: null })
  async list(@Param('kind') kindName: string, @Query() query: ListQuery, @Res() reply: FastifyReply): Promise<void> {
    const kind = this.reader.kind(kindName);
    const entries = await this.queries.execute(new ListConfiguration(kindName));
    const office = officeOfQuery(query.office);
    const isPast = query.show === 'past';
    const shown = entries.filter(
      (each) =>
        (office === undefined || each.office === office) &&
        (each.status === 'in-force' || each.status === 'future') !== isPast,
    );
    const offices = [...new Set(entries.map((each) => each.office))];
    await showStaffPage(reply, 'configuration/views/list', {
      pageTitle: kind.title,
      kind,
      columns: listColumns(kindName),
      rows: listRows(kindName, shown, await this.reader.titles(kindName)),
      isPast,
      offices: [
        { value: '', text: 'All', selected: office === undefined },
        ...offices.map((each) => ({
          value: each ?? 'shared',
          text: each === null ? 'Shared by all offices' : officeName(each),
          selected: each === office,
        })),
      ],
      office: office === undefined ? '' : (office ?? 'shared'),
    });
  }

  @Get(':kind/:key')
  @Requires('configuration:read', { audit: null })
  async show(
    @Param('kind') kindName: string,
    @Param('key') key: string,
    @Query() query: ListQuery,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const kind = this.reader.kind(kindName);
    const entry = await this.reader.entry(kindName, key, officeOfQuery(query.office));
    const titles = await this.reader.titles(kindName);
    const names = await this.reader.names(entry.history.map(({ changedBy }) => changedBy));
    const to = (action: string): string => addressOf(kindName, key, entry.office, action);
    const owned = await this.ownedBy(kindName, key);
    await showStaffPage(reply, 'configuration/views/entry', {
      pageTitle: entry.title,
      kind,
      entry,
      officeName: officeName(entry.office),
      validity: validityInWords(entry.validFrom, entry.validTo),
      rows: summaryOf(kindName, entry.data, titles),
      upcoming: entry.periods
        .filter(({ validFrom }) => validFrom > entry.validFrom)
        .map((period) => ({
          validity: validityInWords(period.validFrom, period.validTo),
          summary: summaryOf(kindName, period.data, titles),
        })),
      history: entry.history.map((each) => ({
        ...revisionModel(kindName, each, names, titles),
        revertHref: each.version === entry.version ? null : `${to('revert')}&version=${String(each.version)}`,
      })),
      links: { change: to('change'), end: to('end'), retire: to('retire') },
      isLive: entry.status === 'in-force' || entry.status === 'future',
      // Who cannot change what all share may let an own version take its place.
      ownVersions:
        entry.office === null && kind.mayBeShared
          ? currentCaller()
              .offices.filter((office) => !owned.includes(office))
              .map((office) => ({ text: officeName(office), href: addressOf(kindName, key, office, 'change') }))
          : [],
    });
  }

  private async ownedBy(kind: string, key: string): Promise<string[]> {
    const entries = await this.queries.execute(new ListConfiguration(kind));
    return entries.flatMap((each) => (each.key === key && each.office !== null ? [each.office] : []));
  }
}
