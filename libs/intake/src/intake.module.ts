import { Module } from '@nestjs/common';
import { CaseworkModule } from '@app/casework';
import type { ContextDeclaration } from '@app/platform';
import { FileMail } from './application/file-mail';
import { CorrespondenceLog } from './application/log-correspondence';
import { ReadMail } from './application/read-mail';
import { MailStore } from './application/store-mail';
import { ThreadMatcher } from './application/thread-matcher';
import { INTAKE_EVENTS } from './domain/intake.events';

export const intakeContext: ContextDeclaration = { events: INTAKE_EVENTS, messages: [], entities: [] };

@Module({
  imports: [CaseworkModule],
  providers: [CorrespondenceLog, FileMail, MailStore, ReadMail, ThreadMatcher],
  exports: [CorrespondenceLog, MailStore],
})
export class IntakeModule {}
