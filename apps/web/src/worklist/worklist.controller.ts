import { Controller, Get, Post, Query, Res, Body } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { QueueEmpty, TakeNext } from '@app/casework';
import { Requires } from '@app/http';
import { SavedViews } from '@app/worklist';
import { showStaffPage } from '../staff/staff-page';
import { WorklistPages } from './worklist-page';

/** The list that caseworkers live in. */
@ApiExcludeController()
@Controller('staff')
export class WorklistController {
  constructor(
    private readonly pages: WorklistPages,
    private readonly views: SavedViews,
    private readonly commands: CommandBus,
  ) {}

  @Get('cases')
  @Requires('case:read', { audit: 'case-list-read' })
  async list(@Query() query: Record<string, unknown>, @Res() reply: FastifyReply): Promise<void> {
    if (Object.keys(query).filter((name) => name !== 'notice').length === 0) {
      const own = (await this.views.list()).find(({ isDefault }) => isDefault);
      const notice = typeof query.notice === 'string' ? `&notice=${encodeURIComponent(query.notice)}` : '';
      if (own) return void reply.redirect(`/staff/cases?${own.query}${notice}`, 302);
    }
    await showStaffPage(reply, 'worklist/views/list', await this.pages.model(query));
  }

  /** The caller gets the next case of a queue and goes on to it. */
  @Post('take-next')
  @Requires('queue:take', { audit: null })
  async takeNext(@Body() body: { queue?: unknown } | undefined, @Res() reply: FastifyReply): Promise<void> {
    const queue = typeof body?.queue === 'string' ? body.queue : '';
    try {
      const reference = await this.commands.execute(new TakeNext(queue));
      return void reply.redirect(`/staff/cases/${reference}?notice=case-taken`, 303);
    } catch (error) {
      if (!(error instanceof QueueEmpty)) throw error;
      return void reply.redirect('/staff?notice=queue-empty', 303);
    }
  }
}
