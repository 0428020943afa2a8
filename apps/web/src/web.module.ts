import { Global, Module } from '@nestjs/common';
import { ErrorPages } from '@app/http';
import { IntakeModule } from '@app/intake';
import { ContactController } from './contact/contact.controller';
import { PublicErrorPages } from './http/error-pages';
import { SignInModule } from './sign-in/sign-in.module';

@Global()
@Module({
  imports: [IntakeModule, SignInModule],
  controllers: [ContactController],
  providers: [{ provide: ErrorPages, useClass: PublicErrorPages }],
  exports: [ErrorPages],
})
export class WebModule {}
