import { ApiProperty } from '@nestjs/swagger';
import type { DeadlineView, MessageView } from '@app/casework';
import type { JsonObject } from '@app/kernel';

const TEXT = { type: String, nullable: true } as const;
const DAY = { type: String, nullable: true, format: 'date' } as const;
const NEXT = { type: String, nullable: true, description: 'Null at the end' } as const;

export class ActorAnswer {
  @ApiProperty({ enum: ['person', 'service', 'system', 'public'] }) kind!: string;
  @ApiProperty() id!: string;
}

/** Something that happened to a case. */
export class CaseEventAnswer {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty({ example: 'casework.case-paused' }) type!: string;
  @ApiProperty({ type: 'integer', description: 'The version of the case that it made' }) version!: number;
  @ApiProperty({ format: 'date-time', description: 'When it took effect' }) at!: string;
  @ApiProperty({ format: 'date-time', description: 'When it was written down' }) recordedAt!: string;
  @ApiProperty({ type: ActorAnswer }) actor!: ActorAnswer;
  @ApiProperty({ ...TEXT, description: 'The words a person gave; kept apart from the log' }) reason!: string | null;
  @ApiProperty({ type: 'object', additionalProperties: true }) data!: JsonObject;
}

export class CaseEventPage {
  @ApiProperty({ type: [CaseEventAnswer] }) items!: readonly CaseEventAnswer[];
  @ApiProperty(NEXT) nextCursor!: string | null;
}

export class AttachmentAnswer {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty({ example: 'photograph of the lane.jpg' }) filename!: string;
  @ApiProperty({ example: 'image/jpeg' }) contentType!: string;
  @ApiProperty({ type: 'integer' }) sizeBytes!: number;
  @ApiProperty({ enum: ['unscanned', 'clean', 'infected', 'too-large'] }) scanStatus!: string;
  @ApiProperty({ description: 'False: held back until a virus scanner finds it clean; its bytes answer 409' })
  isReleased!: boolean;
  @ApiProperty({ description: 'Where its bytes are' }) href!: string;
}

/** A message of the thread. */
export class MessageAnswer implements MessageView {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty({ enum: ['inbound', 'outbound'] }) direction!: 'inbound' | 'outbound';
  @ApiProperty({ example: 'email' }) channel!: string;
  @ApiProperty({ format: 'date-time' }) at!: string;
  @ApiProperty({ ...TEXT, example: 'asha.ferris@post.example' }) from!: string | null;
  @ApiProperty(TEXT) fromName!: string | null;
  @ApiProperty({ type: [String] }) to!: readonly string[];
  @ApiProperty() subject!: string;
  @ApiProperty() text!: string;
  @ApiProperty({ ...TEXT, description: 'Without what was quoted' }) freshText!: string | null;
  @ApiProperty({ ...TEXT, description: 'Cleaned; show it in a sandboxed frame only' }) html!: string | null;
  @ApiProperty({ ...TEXT, example: 'person' }) mailKind!: string | null;
  @ApiProperty({ description: 'False: nothing goes to this sender until a person confirms' }) senderOnCase!: boolean;
  @ApiProperty({ type: [String] }) problems!: readonly string[];
  @ApiProperty({ ...TEXT, description: 'What became of a message of ours', example: 'sent' }) delivery!: string | null;
  @ApiProperty({ ...TEXT, description: 'The outgoing message that it went out with' }) outgoingId!: string | null;
  @ApiProperty({ ...TEXT, description: 'What that message was for', example: 'reply' }) outgoingKind!: string | null;
  @ApiProperty({ type: [AttachmentAnswer] }) attachments!: readonly AttachmentAnswer[];
  @ApiProperty({ description: 'False: the original is held back, for itself or for one of its files' })
  isOriginalReleased!: boolean;
}

export class MessagePageAnswer {
  @ApiProperty({ type: [MessageAnswer] }) items!: readonly MessageAnswer[];
  @ApiProperty(NEXT) nextCursor!: string | null;
}

export class PauseAnswer {
  @ApiProperty({ format: 'date' }) from!: string;
  @ApiProperty(DAY) to!: string | null;
}

/** A deadline with its rule, calendar and counting. */
export class DeadlineItemAnswer implements DeadlineView {
  @ApiProperty({ enum: ['acknowledge', 'reply', 'update', 'forward'] }) clock!: string;
  @ApiProperty({ ...DAY, description: 'Null while the clock is paused' }) dueOn!: string | null;
  @ApiProperty({ enum: ['open', 'met', 'missed', 'stopped'] }) status!: string;
  @ApiProperty(DAY) metOn!: string | null;
  @ApiProperty({ example: 'reply-20-working-days' }) rule!: string;
  @ApiProperty(TEXT) source!: string | null;
  @ApiProperty({ format: 'date', description: 'Day 0' }) from!: string;
  @ApiProperty({ example: 'working-days' }) unit!: string;
  @ApiProperty({ type: 'integer', example: 20 }) count!: number;
  @ApiProperty({ example: 'england-and-wales' }) region!: string;
  @ApiProperty({ type: 'integer' }) calendarVersion!: number;
  @ApiProperty({ type: [PauseAnswer] }) pauses!: readonly PauseAnswer[];
  @ApiProperty(DAY) movedFrom!: string | null;
  @ApiProperty(TEXT) movedBecause!: string | null;
  @ApiProperty({ type: [String], description: 'The counting in plain English' }) steps!: readonly string[];
}

export class DeadlinePageAnswer {
  @ApiProperty({ type: [DeadlineItemAnswer] }) items!: readonly DeadlineItemAnswer[];
  @ApiProperty(NEXT) nextCursor!: string | null;
}
