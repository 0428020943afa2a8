import { Controller, Get, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { can } from '@app/access';
import { CountWork, ListQueues } from '@app/casework';
import { Requires } from '@app/http';
import { Attention, UnitOfWork } from '@app/platform';
import { CountDuePublications } from '@app/publication';
import { CountReviews } from '@app/reviews';
import { CountScrutinyDue } from '@app/scrutiny';
import { reviewFigures } from '../reviews/home-panel';
import { scrutinyFiguresOf } from '../scrutiny/home-panel';
import { showStaffPage } from '../staff/staff-page';
import { officeInWords } from '../worklist/worklist-choices';
import { WorklistPages } from '../worklist/worklist-page';
import { groupsOf, officeRowsOf, publicationGroups, totalOf, type FigureGroup } from './home-figures';

const NEXT = 5;
const MOST_ATTENTION = 100;

/** What waits today: figures that are lists, and what to do next. */
@ApiExcludeController()
@Controller('staff')
export class HomeController {
  constructor(
    private readonly queries: QueryBus,
    private readonly pages: WorklistPages,
    private readonly attention: Attention,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  @Get()
  @Requires('configuration:read', { audit: null })
  async home(@Req() { caller }: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    if (!can(caller.role, 'case:read')) {
      return showStaffPage(reply, 'home/views/administration', { pageTitle: 'Home' });
    }
    const offices = await this.queries.execute(new CountWork());
    const attention = can(caller.role, 'attention:read')
      ? (await this.unitOfWork.run(() => this.attention.list(MOST_ATTENTION, null))).length
      : null;
    const worksOnCases = can(caller.role, 'case:write');
    const reviews = can(caller.role, 'review:write')
      ? [reviewFigures(await this.queries.execute(new CountReviews()))]
      : [];
    const scrutiny = can(caller.role, 'scrutiny:read')
      ? [scrutinyFiguresOf(await this.queries.execute(new CountScrutinyDue(caller.offices)))]
      : [];
    const permitted = { worksOnCases, canApprove: can(caller.role, 'case:approve') };
    await showStaffPage(reply, 'home/views/home', {
      pageTitle: 'Home',
      groups: [
        ...groupsOf(totalOf(offices), permitted, attention),
        ...reviews,
        ...scrutiny,
        ...(await this.publications(caller)),
      ],
      mostAttention: MOST_ATTENTION,
      officeRows: offices.length > 1 ? officeRowsOf(offices) : [],
      worksOnCases,
      queues: can(caller.role, 'queue:take') ? await this.queues() : [],
      rows: worksOnCases ? await this.pages.next(NEXT) : [],
      hasOffices: offices.length > 1,
    });
  }

  /** For those who answer for what is published, while something is to be done about it. */
  private async publications({ role, offices }: FastifyRequest['caller']): Promise<readonly FigureGroup[]> {
    if (!can(role, 'publication:write') && !can(role, 'publication:check')) return [];
    return publicationGroups(await this.queries.execute(new CountDuePublications(offices)));
  }

  /** Queues with something that nobody has, the ones of all offices together: Take next looks in all of them. */
  private async queues(): Promise<readonly { readonly value: string; readonly text: string }[]> {
    const waiting = new Map<string, { name: string; count: number; offices: string[] }>();
    for (const { queue, name, office, unassigned } of await this.queries.execute(new ListQueues())) {
      if (unassigned === 0) continue;
      const known = waiting.get(queue) ?? { name, count: 0, offices: [] };
      waiting.set(queue, {
        ...known,
        count: known.count + unassigned,
        offices: [...known.offices, officeInWords(office)],
      });
    }
    return [...waiting].map(([value, { name, count }]) => ({ value, text: `${name}: ${String(count)} waiting` }));
  }
}
