import { Body, Controller, Post, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiHeader, ApiOperation, ApiTags } from '@nestjs/swagger';
import { etagOf, IdempotencyKey, idempotentRequest, Requires } from '@app/http';
import { CorrespondenceLog } from '@app/intake';
import { Clock, type JsonObject } from '@app/kernel';
import { currentCaller } from '@app/platform';
import type { FastifyReply } from 'fastify';
import { LoggedAnswer } from './correspondence.answer';
import { LogCorrespondenceBody } from './log-correspondence.body';
import { toCorrespondence } from './to-correspondence';

@ApiTags('Correspondence')
@Controller('api/v1/correspondence')
export class CorrespondenceController {
  constructor(
    private readonly log: CorrespondenceLog,
    private readonly clock: Clock,
  ) {}

  // Nothing is shown that the caller did not bring.
  @Post()
  @Requires('case:log', { audit: null })
  @ApiOperation({
    summary: 'Log an item that reached the office by any channel',
    description:
      'The item becomes a case of its own. With the answer it is stored: the item as received, its entry in the intake ' +
      'ledger, the case, its events and what follows from them are in one committed transaction. Sorting, routing and ' +
      'acknowledgement follow within a second; ask for the case to see them.',
  })
  @ApiHeader({ name: 'Idempotency-Key', required: false, description: 'Makes it safe to send again' })
  @ApiCreatedResponse({ type: LoggedAnswer, headers: { Location: { schema: { type: 'string' } } } })
  async create(
    @Body() body: LogCorrespondenceBody,
    @IdempotencyKey() key: string | null,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<JsonObject> {
    const idempotency = idempotentRequest('POST /api/v1/correspondence', key, body);
    const correspondence = toCorrespondence(body, { caller: currentCaller(), now: this.clock.now(), idempotency });
    const { status, response } = await this.log.log(correspondence);
    const { reference, version } = response as unknown as LoggedAnswer;
    void reply.status(status).header('location', `/api/v1/cases/${reference}`).header('etag', etagOf(version));
    return response;
  }
}
