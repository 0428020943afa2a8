import { Module } from '@nestjs/common';
import { SessionCookies } from './session-cookies';
import { SignInController } from './sign-in.controller';

@Module({ controllers: [SignInController], providers: [SessionCookies], exports: [SessionCookies] })
export class SignInModule {}
