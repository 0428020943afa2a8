import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { AccessModule } from '@app/access';
import { OfficesModule } from '@app/offices';
import { BulletinsController } from './bulletins.controller';
import { PublicPublicationsController } from './public-publications.controller';
import { PublicTrend } from './public-trend';
import { PublicationController } from './publication.controller';
import { PublicationsController } from './publications.controller';
import { WritingController } from './writing.controller';

@Module({
  imports: [CqrsModule, AccessModule, OfficesModule],
  controllers: [
    PublicationsController,
    BulletinsController,
    WritingController,
    PublicationController,
    PublicPublicationsController,
  ],
  providers: [PublicTrend],
})
export class PublicationPagesModule {}
