import { Global, Module } from '@nestjs/common';
import { ErrorPages } from '@app/http';
import { CaseModule } from './case/case.module';
import { ContactModule } from './contact/contact.module';
import { PublicErrorPages } from './http/error-pages';
import { LogModule } from './log/log.module';
import { OutgoingPagesModule } from './outgoing/outgoing.module';
import { PublicPagesModule } from './public-pages/public-pages.module';
import { SignInModule } from './sign-in/sign-in.module';

@Global()
@Module({
  imports: [CaseModule, ContactModule, LogModule, OutgoingPagesModule, PublicPagesModule, SignInModule],
  providers: [{ provide: ErrorPages, useClass: PublicErrorPages }],
  exports: [ErrorPages],
})
export class WebModule {}
