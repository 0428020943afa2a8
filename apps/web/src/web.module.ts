import { Global, Module } from '@nestjs/common';
import { ErrorPages } from '@app/http';
import { IntakeModule } from '@app/intake';
import { CaseModule } from './case/case.module';
import { ContactController } from './contact/contact.controller';
import { PublicErrorPages } from './http/error-pages';
import { LogModule } from './log/log.module';
import { OutgoingPagesModule } from './outgoing/outgoing.module';
import { SignInModule } from './sign-in/sign-in.module';

@Global()
@Module({
  imports: [IntakeModule, CaseModule, LogModule, OutgoingPagesModule, SignInModule],
  controllers: [ContactController],
  providers: [{ provide: ErrorPages, useClass: PublicErrorPages }],
  exports: [ErrorPages],
})
export class WebModule {}
