import { Body, Controller, Get, Param, Post, Query, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { can } from '@app/access';
import { ListCorrespondents, SearchEverything } from '@app/casework';
import { Requires } from '@app/http';
import { dayInWords, parseReference } from '@app/kernel';
import { currentCaller } from '@app/platform';
import { SearchNotFound, SearchSessions } from '@app/worklist';
import { showStaffPage } from '../staff/staff-page';
import { officeInWords, WorklistChoices } from '../worklist/worklist-choices';
import { inWords, statusColour } from '../worklist/words';

const MOST_SHOWN = 50;
const MOST_PEOPLE = 5;
const SHOW = ['all', 'open', 'closed'] as const;

/**
 * Search by reference, words and people. What is searched for may be a name, so it comes as a form and stays out of the
 * address: that holds an id which only the searcher can use, for some hours.
 */
@ApiExcludeController()
@Controller('staff/search')
export class SearchController {
  constructor(
    private readonly queries: QueryBus,
    private readonly sessions: SearchSessions,
    private readonly choices: WorklistChoices,
  ) {}

  @Get()
  @Requires('case:read', { audit: null })
  async ask(@Res() reply: FastifyReply): Promise<void> {
    await showStaffPage(reply, 'search/views/search', { pageTitle: 'Search', text: '' });
  }

  @Post()
  @Requires('case:read', { audit: null })
  async search(@Body() body: { q?: unknown } | undefined, @Res() reply: FastifyReply): Promise<void> {
    const text = typeof body?.q === 'string' ? body.q.trim() : '';
    if (text === '') {
      const error = { text: 'Enter a reference, a name or words to search for' };
      return showStaffPage(reply.status(422), 'search/views/search', {
        pageTitle: 'Search',
        text,
        errors: [{ ...error, href: '#q' }],
        errorOf: { q: error },
      });
    }
    return void reply.redirect(`/staff/search/${await this.sessions.keep(text)}`, 303);
  }

  @Get(':id')
  @Requires('case:read', { audit: 'case-list-read' })
  async results(@Param('id') id: string, @Query('show') asked: unknown, @Res() reply: FastifyReply): Promise<void> {
    const text = await this.sessions.find(id).catch((error: unknown) => {
      if (error instanceof SearchNotFound) return null;
      throw error;
    });
    if (text === null) return void reply.redirect('/staff/search?notice=search-again', 303);
    const show = SHOW.find((each) => each === asked) ?? 'all';
    const result = await this.queries.execute(new SearchEverything(text, show, MOST_SHOWN));
    const mayReadPeople = can(currentCaller().role, 'correspondent:read');
    const people = mayReadPeople
      ? await this.queries.execute(new ListCorrespondents(text, MOST_PEOPLE, null))
      : { items: [], next: null };
    const nameOf = await this.choices.names(result.hits.map(({ assignee }) => assignee));
    const found = result.open + result.closed;
    const ofShown = show === 'all' ? found : show === 'open' ? result.open : result.closed;
    await showStaffPage(reply, 'search/views/search', {
      pageTitle: `Search: ${found === 0 ? 'nothing found' : `${String(found)} found`}`,
      text,
      id,
      isAnswer: true,
      show,
      found,
      isExact: parseReference(text) !== null,
      meant: result.meant,
      tabs: SHOW.map((each) => ({
        text: `${each === 'all' ? 'All' : each === 'open' ? 'Open' : 'Closed'} (${String(each === 'all' ? found : result[each])})`,
        href: `/staff/search/${id}?show=${each}`,
        active: each === show,
      })),
      isCut: result.isCut,
      isMore: ofShown > result.hits.length,
      mostShown: MOST_SHOWN,
      hits: result.hits.map((hit) => ({
        ...hit,
        statusInWords: inWords(hit.status),
        statusColour: statusColour(hit.status),
        officeInWords: officeInWords(hit.office),
        receivedInWords: dayInWords(hit.receivedOn),
        assigneeInWords: nameOf(hit.assignee),
      })),
      hasOffices: currentCaller().offices.length > 1,
      people: people.items.map((person) => ({ ...person, officeInWords: officeInWords(person.office) })),
      morePeople: people.next !== null,
    });
  }
}
