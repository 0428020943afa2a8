import { Controller, Get, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Requires } from '@app/http';
import { showStaffPage } from '../staff/staff-page';

/** Which keys do what, and how to turn them off (WCAG 2.1.4). */
@ApiExcludeController()
@Controller('staff/keys')
export class KeysController {
  @Get()
  @Requires('configuration:read', { audit: null })
  async show(@Res() reply: FastifyReply): Promise<void> {
    await showStaffPage(reply, 'keys/views/keys', { pageTitle: 'Keyboard shortcuts' });
  }
}
