import { Module } from '@nestjs/common';
import { LocalSignInController } from './local-sign-in.controller';
import { SessionCookies } from './session-cookies';
import { SignInPages } from './sign-in-pages';
import { SignInController } from './sign-in.controller';
import { StepCookie } from './step-cookie';

@Module({
  controllers: [SignInController, LocalSignInController],
  providers: [SessionCookies, SignInPages, StepCookie],
  exports: [SessionCookies],
})
export class SignInModule {}
