import { Module } from '@nestjs/common';
import { AccountController } from './account.controller';
import { ExternalSignInController } from './external-sign-in.controller';
import { LocalSignInController } from './local-sign-in.controller';
import { SessionCookies } from './session-cookies';
import { SignInPages } from './sign-in-pages';
import { SignInController } from './sign-in.controller';
import { StepCookie } from './step-cookie';

@Module({
  controllers: [SignInController, LocalSignInController, ExternalSignInController, AccountController],
  providers: [SessionCookies, SignInPages, StepCookie],
  exports: [SessionCookies],
})
export class SignInModule {}
