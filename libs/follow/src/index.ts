export { AskToFollow } from './application/ask-to-follow';
export { FollowSessions, type FollowSession } from './application/follow-sessions';
export { GetFollowedCase, type FollowedCase, type FollowedLetter } from './application/get-followed-case';
export { SayOnFollowedCase, type FollowSaying, type Saying } from './application/say-on-followed-case';
export { FollowModule, followContext } from './follow.module';
export { type PublicPromise, type PublicStage } from './domain/public-stage';
