import { Controller, Get, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Public } from '@app/http';
import type { FastifyReply } from 'fastify';
import { PrometheusFigures } from './prometheus-figures';

@ApiTags('Operation')
@Controller('metrics')
export class PrometheusController {
  constructor(private readonly figures: PrometheusFigures) {}

  @Get()
  @Public({ audit: null, offices: 'none' })
  @ApiOperation({ summary: 'Figures of the process and its backlog, for Prometheus', description: 'No personal data.' })
  @ApiProduces('text/plain')
  @ApiOkResponse({ schema: { type: 'string' } })
  async read(@Res() reply: FastifyReply): Promise<void> {
    void reply.type(this.figures.contentType).send(await this.figures.text());
  }
}
