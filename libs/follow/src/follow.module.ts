import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { AccessModule } from '@app/access';
import { CaseworkModule } from '@app/casework';
import { IntakeModule } from '@app/intake';
import type { ContextDeclaration } from '@app/platform';
import { AskToFollow, AskToFollowHandler } from './application/ask-to-follow';
import { ConsiderFollowRequest } from './application/consider-follow-request';
import { FollowSessions } from './application/follow-sessions';
import { FollowedCases } from './application/followed-cases';
import { GetFollowedCase, GetFollowedCaseHandler } from './application/get-followed-case';
import { SayOnFollowedCase, SayOnFollowedCaseHandler } from './application/say-on-followed-case';

/** What this context brings to the platform. What happens to a case is recorded by casework and intake. */
export const followContext: ContextDeclaration = {
  events: {},
  messages: [AskToFollow, GetFollowedCase, SayOnFollowedCase],
  entities: [],
};

/** Follow my case: how the sender of a letter sees what became of it, without an account. */
@Module({
  imports: [CqrsModule, AccessModule, CaseworkModule, IntakeModule],
  providers: [
    AskToFollowHandler,
    ConsiderFollowRequest,
    FollowSessions,
    FollowedCases,
    GetFollowedCaseHandler,
    SayOnFollowedCaseHandler,
  ],
  exports: [FollowSessions],
})
export class FollowModule {}
