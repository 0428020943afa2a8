import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { EventCatalogue } from './events/event-catalogue';
import { PROJECTION_METADATA, type Projection, type ProjectionDeclaration } from './projections/projection';
import { ProjectionRunner } from './projections/projection-runner';
import { CONSUMER_METADATA, type Consumer, type ConsumerDeclaration } from './queue/consumer';
import { Subscriptions } from './queue/subscriptions';

// @nestjs/cqrs does not export these keys; its registries let the second handler of a message win in silence.
const HANDLER_METADATA = ['__commandHandler__', '__queryHandler__'];

export type MessageClass = abstract new (...parameters: never[]) => object;

/** Commands and queries that must each have exactly one handler. */
export const MESSAGES = Symbol('postbag messages');

/** Finds consumers, projections and handlers at start-up and refuses what is missing or doubled. */
@Injectable()
export class Registrar implements OnModuleInit {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly catalogue: EventCatalogue,
    private readonly subscriptions: Subscriptions,
    private readonly projections: ProjectionRunner,
    @Inject(MESSAGES) private readonly messages: readonly MessageClass[],
  ) {}

  onModuleInit(): void {
    const handled = new Map<unknown, string>();
    const seen = new Set<unknown>();
    for (const { instance, metatype } of this.discovery.getProviders()) {
      if (!metatype || typeof metatype !== 'function' || !instance || seen.has(instance)) continue;
      seen.add(instance);
      const consumer = Reflect.getMetadata(CONSUMER_METADATA, metatype) as ConsumerDeclaration | undefined;
      if (consumer) this.subscriptions.register(consumer, instance as Consumer<unknown>, this.catalogue);
      const projection = Reflect.getMetadata(PROJECTION_METADATA, metatype) as ProjectionDeclaration | undefined;
      if (projection) this.projections.register(projection, instance as Projection, this.catalogue);
      for (const key of HANDLER_METADATA) {
        const message = Reflect.getMetadata(key, metatype) as MessageClass | undefined;
        if (!message) continue;
        // Only what is declared is missed when its handler is not there.
        if (!this.messages.includes(message))
          throw new Error(`${message.name} has a handler but no context declares it`);
        const other = handled.get(message);
        if (other) throw new Error(`${message.name} has two handlers: ${other} and ${metatype.name}`);
        handled.set(message, metatype.name);
      }
    }
    const missing = this.messages.filter((message) => !handled.has(message));
    if (missing.length > 0) throw new Error(`No handler for ${missing.map((message) => message.name).join(', ')}`);
  }
}
