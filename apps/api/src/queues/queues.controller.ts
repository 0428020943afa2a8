import { Controller, Get, HttpCode, Param, Post, UseInterceptors } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { GetCase, ListQueues, TakeNext, type CaseDetail } from '@app/casework';
import { IdempotencyKey, idempotentRequest, Requires } from '@app/http';
import { CaseTag } from '../cases/case-tag.interceptor';
import { CaseAnswer } from '../cases/case.answer';
import { Once } from '../input/once';
import { QueuePageAnswer } from './queue.answer';

@ApiTags('Queues')
@Controller('api/v1/queues')
export class QueuesController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly once: Once,
  ) {}

  // Numbers only: no case is shown.
  @Get()
  @Requires('case:read', { audit: null })
  @ApiOperation({ summary: 'The queues of your offices and how much lies in each' })
  @ApiOkResponse({ type: QueuePageAnswer })
  async list(): Promise<QueuePageAnswer> {
    const queues = await this.queries.execute(new ListQueues());
    const casesOf = (office: string, queue: string): string =>
      `/api/v1/cases?${new URLSearchParams({ office, queue }).toString()}`;
    return { items: queues.map((each) => ({ ...each, cases: casesOf(each.office, each.queue) })), nextCursor: null };
  }

  @Post(':queue/take-next')
  @HttpCode(200)
  @UseInterceptors(CaseTag)
  @Requires('queue:take', { audit: null })
  @ApiOperation({
    summary: 'Take the next case of a queue, by priority and then by deadline',
    description: 'Two callers never get the same one. 404 when nothing waits.',
  })
  @ApiHeader({ name: 'Idempotency-Key', required: false, description: 'The same key gets the same case again' })
  @ApiOkResponse({ type: CaseAnswer })
  takeNext(@Param('queue') queue: string, @IdempotencyKey() key: string | null): Promise<CaseDetail> {
    return this.once.run(idempotentRequest(`POST queues/${queue}/take-next`, key, {}), async () => {
      const reference = await this.commands.execute(new TakeNext(queue));
      return this.queries.execute(new GetCase(reference));
    });
  }
}
