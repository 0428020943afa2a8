import { Global, Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_PIPE, DiscoveryModule } from '@nestjs/core';
import { ThrottlerStorageService } from '@nestjs/throttler';
import { AccessGuard } from './access/access.guard';
import { Authentication, CallerAuthentication } from './access/authentication';
import { RouteRules } from './access/route-rules';
import { Throttle, ThrottleLimits } from './access/throttle';
import { RequestValidationPipe } from './input/validation-pipe';
import { ProblemFilter } from './problems/problem-filter';
import { LoggingModule } from './server/logging';

/** The way of a request: who it is, whether it may, what it says, and how a refusal looks. */
@Global()
@Module({
  imports: [DiscoveryModule, LoggingModule],
  providers: [
    RouteRules,
    Throttle,
    ThrottleLimits,
    ThrottlerStorageService,
    { provide: Authentication, useClass: CallerAuthentication },
    { provide: APP_GUARD, useClass: AccessGuard },
    { provide: APP_PIPE, useClass: RequestValidationPipe },
    { provide: APP_FILTER, useClass: ProblemFilter },
  ],
  exports: [RouteRules],
})
export class HttpModule {}
