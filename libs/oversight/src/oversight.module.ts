import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { OfficesModule } from '@app/offices';
import type { ContextDeclaration } from '@app/platform';
import { DigestChoices } from './application/digest-choices';
import { DigestTimer } from './application/digest-timer';
import { ListReadings, ListReadingsHandler } from './application/list-readings';
import { SendDigests } from './application/send-digests';

export const oversightContext: ContextDeclaration = { events: {}, messages: [ListReadings], entities: [] };

/** What those who answer for an office keep an eye on: who read what, and a letter every working day. */
@Module({
  imports: [CqrsModule, OfficesModule],
  providers: [ListReadingsHandler, DigestChoices, DigestTimer, SendDigests],
  exports: [DigestChoices, DigestTimer],
})
export class OversightModule {}
