import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { AccessModule } from '@app/access';
import { OfficesModule } from '@app/offices';
import { OversightModule } from '@app/oversight';
import { WorklistPagesModule } from '../worklist/worklist.module';
import { DigestController } from './digest.controller';
import { FiguresPagesController } from './figures.controller';
import { FiguresPage } from './figures-page';
import { GroupNames } from './group-names';
import { LateController } from './late.controller';
import { ReadersController } from './readers.controller';

@Module({
  imports: [CqrsModule, AccessModule, OfficesModule, OversightModule, WorklistPagesModule],
  controllers: [FiguresPagesController, LateController, ReadersController, DigestController],
  providers: [FiguresPage, GroupNames],
})
export class FiguresPagesModule {}
