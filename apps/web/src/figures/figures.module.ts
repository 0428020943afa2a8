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
import { ReviewFiguresPagesController } from './reviews/review-figures.controller';
import { ReviewFiguresPage } from './reviews/review-figures-page';

@Module({
  imports: [CqrsModule, AccessModule, OfficesModule, OversightModule, WorklistPagesModule],
  controllers: [
    FiguresPagesController,
    ReviewFiguresPagesController,
    LateController,
    ReadersController,
    DigestController,
  ],
  providers: [FiguresPage, ReviewFiguresPage, GroupNames],
})
export class FiguresPagesModule {}
