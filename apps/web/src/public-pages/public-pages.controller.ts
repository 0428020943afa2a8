import { Controller, Get, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Public } from '@app/http';
import { Offices } from '@app/offices';
import type { FastifyReply } from 'fastify';
import { showPublicPage } from '../http/public-page';

/** The first page, and what is said about the service itself. */
@ApiExcludeController()
@Controller()
export class PublicPagesController {
  constructor(private readonly offices: Offices) {}

  @Get('/')
  @Public({ audit: null, offices: 'none' })
  async home(@Res() reply: FastifyReply): Promise<void> {
    const offices = await this.offices.all();
    await showPublicPage(reply, 'public-pages/views/home', { title: 'home.title', offices });
  }

  @Get('accessibility')
  @Public({ audit: null, offices: 'none' })
  async accessibility(@Res() reply: FastifyReply): Promise<void> {
    await showPublicPage(reply, 'public-pages/views/accessibility', { title: 'accessibility.title' });
  }

  @Get('privacy')
  @Public({ audit: null, offices: 'none' })
  async privacy(@Res() reply: FastifyReply): Promise<void> {
    await showPublicPage(reply, 'public-pages/views/privacy', { title: 'privacy.title' });
  }
}
