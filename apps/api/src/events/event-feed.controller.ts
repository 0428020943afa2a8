import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { InvalidRequest, Requires } from '@app/http';
import { EventCatalogue, EventFeed, UnitOfWork, currentCaller } from '@app/platform';
import { CloudEvent, toCloudEvent } from './cloud-event';
import { EventFeedQuery } from './event-feed-query';

export class CloudEventPage {
  @ApiProperty({ type: [CloudEvent] })
  items!: readonly CloudEvent[];

  @ApiProperty({ type: 'string', nullable: true, description: 'The position to go on after; null at the end for now' })
  nextCursor!: string | null;
}

@ApiTags('Events')
@Controller('api/v1/events')
export class EventFeedController {
  constructor(
    private readonly feed: EventFeed,
    private readonly catalogue: EventCatalogue,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  // Not recorded as reading: events hold ids, codes and days, and a consumer polls all day.
  @Get()
  @Requires('events:read', { audit: null })
  @ApiOperation({
    summary: 'What happened, in order, for systems that follow along',
    description:
      'Committed events of the offices of the caller, oldest first, each once and none skipped. Keep the `position` ' +
      'of the last one that you have dealt with and ask for what comes after it. Events name people and texts by id only.',
  })
  @ApiOkResponse({ type: CloudEventPage })
  async read(@Query() query: EventFeedQuery): Promise<CloudEventPage> {
    const types = this.known(query.types);
    const { offices } = currentCaller();
    const filter = { offices, ...(types ? { types } : {}) };
    const events = await this.unitOfWork.run(() => this.feed.after(query.start(), query.limit + 1, filter));
    const items = events.slice(0, query.limit).map(toCloudEvent);
    return { items, nextCursor: events.length > query.limit ? (items.at(-1)?.sequence ?? null) : null };
  }

  /** @throws InvalidRequest for a type that does not exist: a misspelt one would be waited for in vain. */
  private known(types: string | undefined): readonly string[] | null {
    if (types === undefined || types === '') return null;
    const asked = types.split(',').map((type) => type.trim());
    const unknown = asked.filter((type) => !this.catalogue.has(type));
    if (unknown.length === 0) return asked;
    throw new InvalidRequest(
      unknown.map((type) => ({ pointer: '/types', message: `there is no event type ${type.slice(0, 80)}` })),
    );
  }
}
