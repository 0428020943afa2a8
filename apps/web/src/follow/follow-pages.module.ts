import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { FollowModule } from '@app/follow';
import { PublicLimits, PublicThrottle } from '../http/public-limits';
import { FollowBrowser } from './follow-browser';
import { FollowSayController } from './follow-say.controller';
import { FollowController } from './follow.controller';

@Module({
  imports: [CqrsModule, FollowModule],
  controllers: [FollowController, FollowSayController],
  providers: [FollowBrowser, PublicLimits, PublicThrottle],
})
export class FollowPagesModule {}
