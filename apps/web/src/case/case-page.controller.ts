import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiExcludeController } from '@nestjs/swagger';
import { GetCaseVersion, ListCaseMessages, ListCaseReaders } from '@app/casework';
import { decodeCursor, encodeCursor, Requires } from '@app/http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { showStaffPage } from '../staff/staff-page';
import { CasePageModels, MESSAGES_SHOWN } from './case-page-model';
import { inWords } from './case-words';
import { nameOf, PeopleNames } from './people-names';

const MOST_READERS = 200;

/** A case on one page, and what may be asked about it without changing it. */
@ApiExcludeController()
@Controller('staff/cases/:reference')
export class CasePageController {
  constructor(
    private readonly queries: QueryBus,
    private readonly models: CasePageModels,
    private readonly people: PeopleNames,
  ) {}

  @Get()
  @Requires('case:read', { audit: null })
  async show(
    @Param('reference') reference: string,
    @Query('before') before: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const cursor = decodeCursor(before, ['instant', 'uuid']) as [string, string] | null;
    const model = await this.models.of(reference, cursor);
    const older = model.hasOlderMessages
      ? (await this.queries.execute(new ListCaseMessages(reference, MESSAGES_SHOWN, cursor, true))).next
      : null;
    await showStaffPage(reply, 'case/views/case', {
      ...model,
      pageTitle: `${model.case.subject} – ${model.case.reference}`,
      isWide: true,
      isOlderPart: cursor !== null,
      olderMessages: older === null ? null : encodeCursor(older),
    });
  }

  /** Asked every few seconds by pages that are open: light, and not a reading. */
  @Get('version')
  @Requires('case:read', { audit: null })
  async version(
    @Param('reference') reference: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { version, changedBy, changedAt } = await this.queries.execute(new GetCaseVersion(reference));
    const names = await this.people.of([changedBy.id]);
    const isOwn = changedBy.id === request.caller.actor.id;
    void reply
      .header('cache-control', 'no-store')
      .send({ version, by: nameOf(changedBy, names), isOwn, at: changedAt });
  }

  @Get('readers')
  @Requires('access-record:read', { audit: null })
  async readers(@Param('reference') reference: string, @Res() reply: FastifyReply): Promise<void> {
    const rows = await this.queries.execute(new ListCaseReaders(reference, MOST_READERS));
    const split = rows.map((row) => {
      const [kind = '', ...id] = row.actor.split(':');
      return { ...row, reader: { kind, id: id.join(':') } };
    });
    const names = await this.people.of(split.map(({ reader }) => reader.id));
    await showStaffPage(reply, 'case/views/readers', {
      pageTitle: `Who has looked at ${reference}`,
      reference,
      rows: split.map(({ reader, actions, ...row }) => ({
        ...row,
        name: nameOf(reader, names),
        looked: actions.map((action) => inWords(action.replace(/-read$/, ''))).join(', '),
      })),
    });
  }
}
