import { ApiProperty } from '@nestjs/swagger';
import type { JsonObject } from '@app/kernel';
import type { StoredEvent } from '@app/platform';

/** An event as others read it: CloudEvents 1.0 in JSON, with our position beside it. */
export class CloudEvent {
  @ApiProperty({ example: '1.0' })
  specversion!: '1.0';

  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ example: '/offices/west-mercia' })
  source!: string;

  @ApiProperty({ example: 'casework.case-opened' })
  type!: string;

  @ApiProperty({ description: 'The stream: what the event happened to' })
  subject!: string;

  @ApiProperty({ format: 'date-time', description: 'When it took effect' })
  time!: string;

  @ApiProperty({ example: 'application/json' })
  datacontenttype!: 'application/json';

  @ApiProperty({ type: 'integer', description: 'The place in the feed: give the last one as `after`' })
  position!: number;

  @ApiProperty({ description: 'The same as text (CloudEvents sequence extension)' })
  sequence!: string;

  @ApiProperty({ type: 'integer', description: 'The number of the event in its stream' })
  streamversion!: number;

  @ApiProperty({ type: 'integer', description: 'The shape of `data`' })
  schemaversion!: number;

  @ApiProperty({ format: 'date-time', description: 'When it was written down' })
  recordedtime!: string;

  @ApiProperty({ description: 'The request or job it belongs to' })
  correlationid!: string;

  @ApiProperty({ type: 'object', additionalProperties: true })
  data!: JsonObject;
}

/** @throws Error for an event without a position: readers must never see one. */
export function toCloudEvent(event: StoredEvent): CloudEvent {
  if (event.position === null) throw new Error(`Event ${event.id} has no position yet`);
  const { correlationId } = event.metadata;
  return {
    specversion: '1.0',
    id: event.id,
    source: event.office === null ? '/' : `/offices/${event.office}`,
    type: event.type,
    subject: event.stream,
    time: event.effectiveAt.toISOString(),
    datacontenttype: 'application/json',
    position: event.position,
    sequence: String(event.position),
    streamversion: event.version,
    schemaversion: event.schemaVersion,
    recordedtime: event.recordedAt.toISOString(),
    correlationid: typeof correlationId === 'string' ? correlationId : '',
    data: event.data,
  };
}
