import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { OfficesModule } from '@app/offices';
import type { ContextDeclaration } from '@app/platform';
import { Bulletins } from './application/bulletins';
import { CheckPublication, CheckPublicationHandler } from './application/check-publication';
import { CorrectPublication, CorrectPublicationHandler } from './application/correct-publication';
import { CountDuePublications, CountDuePublicationsHandler } from './application/count-due-publications';
import { CurrentBasis } from './application/current-basis';
import { GetBulletinFile, GetBulletinFileHandler } from './application/get-bulletin-file';
import { GetPublication, GetPublicationHandler } from './application/get-publication';
import { GetPublishedVersion, GetPublishedVersionHandler } from './application/get-published-version';
import { ListPublications, ListPublicationsHandler } from './application/list-publications';
import { ListPublished, ListPublishedHandler } from './application/list-published';
import { PastPublications } from './application/past-publications';
import { PublicationDesk } from './application/publication-desk';
import { PublicationMaker } from './application/publication-maker';
import { PublicationSettings } from './application/publication-settings';
import { PublicationStore } from './application/publication-store';
import { PublishVersion, PublishVersionHandler } from './application/publish-version';
import { RecordBulletin, RecordBulletinHandler } from './application/record-bulletin';
import { SendPublicationBack, SendPublicationBackHandler } from './application/send-publication-back';
import { StartPublication, StartPublicationHandler } from './application/start-publication';
import { SubmitPublication, SubmitPublicationHandler } from './application/submit-publication';
import { TakeFigures, TakeFiguresHandler } from './application/take-figures';
import { WithdrawPublication, WithdrawPublicationHandler } from './application/withdraw-publication';
import { WriteNarratives, WriteNarrativesHandler } from './application/write-narratives';
import { PUBLICATION_EVENTS } from './domain/publication.events';

export const publicationContext: ContextDeclaration = {
  events: Object.fromEntries(PUBLICATION_EVENTS.map((type) => [type, { schemaVersion: 1 }])),
  messages: [
    CheckPublication,
    CorrectPublication,
    CountDuePublications,
    GetBulletinFile,
    GetPublication,
    GetPublishedVersion,
    ListPublications,
    ListPublished,
    PublishVersion,
    RecordBulletin,
    SendPublicationBack,
    StartPublication,
    SubmitPublication,
    TakeFigures,
    WithdrawPublication,
    WriteNarratives,
  ],
  entities: [],
};

/** What an office publishes: drafted, checked by a second person, published, corrected by a new version. */
@Module({
  imports: [CqrsModule, OfficesModule],
  providers: [
    Bulletins,
    CurrentBasis,
    PastPublications,
    PublicationDesk,
    PublicationMaker,
    PublicationSettings,
    PublicationStore,
    CheckPublicationHandler,
    CorrectPublicationHandler,
    CountDuePublicationsHandler,
    GetBulletinFileHandler,
    GetPublicationHandler,
    GetPublishedVersionHandler,
    ListPublicationsHandler,
    ListPublishedHandler,
    PublishVersionHandler,
    RecordBulletinHandler,
    SendPublicationBackHandler,
    StartPublicationHandler,
    SubmitPublicationHandler,
    TakeFiguresHandler,
    WithdrawPublicationHandler,
    WriteNarrativesHandler,
  ],
  exports: [PastPublications],
})
export class PublicationModule {}
