import { Module } from '@nestjs/common';
import { CaseworkModule } from '@app/casework';
import { IntakeModule } from '@app/intake';
import { PublicLimits, PublicThrottle } from '../http/public-limits';
import { ContactDrafting } from './contact-drafting';
import { ContactFilesController } from './contact-files.controller';
import { ContactSendController } from './contact-send.controller';
import { ContactController } from './contact.controller';

/** The contact form. Its fixed paths come before the pages that are named by a parameter. */
@Module({
  imports: [CaseworkModule, IntakeModule],
  controllers: [ContactFilesController, ContactSendController, ContactController],
  providers: [ContactDrafting, PublicLimits, PublicThrottle],
})
export class ContactModule {}
