import { Module } from '@nestjs/common';
import { EventFeedController } from './event-feed.controller';

@Module({ controllers: [EventFeedController] })
export class EventFeedModule {}
