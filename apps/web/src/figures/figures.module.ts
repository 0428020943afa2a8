import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { AccessModule } from '@app/access';
import { OfficesModule } from '@app/offices';
import { WorklistPagesModule } from '../worklist/worklist.module';
import { FiguresPagesController } from './figures.controller';
import { FiguresPage } from './figures-page';
import { GroupNames } from './group-names';
import { LateController } from './late.controller';

@Module({
  imports: [CqrsModule, AccessModule, OfficesModule, WorklistPagesModule],
  controllers: [FiguresPagesController, LateController],
  providers: [FiguresPage, GroupNames],
})
export class FiguresPagesModule {}
