import { Controller, Get, Query, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Requires } from '@app/http';
import type { FastifyReply } from 'fastify';
import { showStaffPage } from '../staff/staff-page';
import { ReviewQueuePages } from './queue-page';

/** The one queue over four offices. */
@ApiExcludeController()
@Controller('staff/reviews')
export class ReviewQueueController {
  constructor(private readonly pages: ReviewQueuePages) {}

  @Get()
  @Requires('review:read', { audit: 'case-list-read' })
  async list(@Query() query: Record<string, unknown>, @Res() reply: FastifyReply): Promise<void> {
    await showStaffPage(reply, 'reviews/views/queue', await this.pages.model(query));
  }
}
