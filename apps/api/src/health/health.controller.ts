import { Controller, Get, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiServiceUnavailableResponse, ApiTags } from '@nestjs/swagger';
import { genericProblem, PROBLEM_TYPE, Public } from '@app/http';
import type { FastifyReply } from 'fastify';
import { Readiness, type ReadinessCheck } from './readiness';

/** Probes for whatever runs the processes. */
@ApiTags('Operation')
@Controller('health')
export class HealthController {
  constructor(private readonly readiness: Readiness) {}

  @Get('live')
  @Public({ audit: null, offices: 'none' })
  @ApiOperation({ summary: 'Whether the process runs', description: 'Asks nothing of the database.' })
  @ApiOkResponse({ schema: { example: { status: 'ok' } } })
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  @Get('ready')
  @Public({ audit: null, offices: 'none' })
  @ApiOperation({
    summary: 'Whether the process can do its work',
    description: 'Asks PostgreSQL and the queue backend. 503 while one of them is away or the process is stopping.',
  })
  @ApiOkResponse({ schema: { example: { status: 'ok', checks: { postgresql: 'up', queues: 'up' } } } })
  @ApiServiceUnavailableResponse({ description: 'A problem document with `checks`' })
  async ready(@Res() reply: FastifyReply): Promise<void> {
    const { isReady, checks }: ReadinessCheck = await this.readiness.check();
    if (isReady) return void reply.send({ status: 'ok', checks });
    const { problem, headers } = genericProblem(503);
    void reply
      .code(503)
      .headers(headers)
      .type(PROBLEM_TYPE)
      .send(JSON.stringify({ ...problem, checks }));
  }
}
