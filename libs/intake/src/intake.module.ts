import { Module } from '@nestjs/common';
import { CaseworkModule } from '@app/casework';
import type { ContextDeclaration } from '@app/platform';
import { ContactDrafts } from './application/contact-drafts';
import { FileMail } from './application/file-mail';
import { ForgetContactDraft } from './application/forget-contact-draft';
import { ImportedLetters } from './application/imported-letters';
import { CorrespondenceLog } from './application/log-correspondence';
import { ReadMail } from './application/read-mail';
import { SenderMessages } from './application/sender-messages';
import { MailStore } from './application/store-mail';
import { ThreadMatcher } from './application/thread-matcher';
import { INTAKE_EVENTS } from './domain/intake.events';

export const intakeContext: ContextDeclaration = { events: INTAKE_EVENTS, messages: [], entities: [] };

@Module({
  imports: [CaseworkModule],
  providers: [
    ContactDrafts,
    CorrespondenceLog,
    FileMail,
    ForgetContactDraft,
    ImportedLetters,
    MailStore,
    ReadMail,
    SenderMessages,
    ThreadMatcher,
  ],
  exports: [ContactDrafts, CorrespondenceLog, ImportedLetters, MailStore, SenderMessages],
})
export class IntakeModule {}
