import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { AccessModule } from '@app/access';
import { OfficesModule } from '@app/offices';
import { CaseModule } from '../case/case.module';
import { WorklistPagesModule } from '../worklist/worklist.module';
import { ApplicationController } from './entry/application.controller';
import { ConversionController } from './entry/conversion.controller';
import { DecisionLettersController } from './letters.controller';
import { ReviewQueueController } from './queue.controller';
import { ReviewQueuePages } from './queue-page';
import { ReviewActs } from './review-acts';
import { ReviewActsController } from './review-acts.controller';
import { ReviewController } from './review.controller';
import { ReviewPages } from './review-page';

/** The staff pages of complaint reviews. */
@Module({
  imports: [CqrsModule, AccessModule, OfficesModule, CaseModule, WorklistPagesModule],
  controllers: [
    ConversionController,
    ApplicationController,
    ReviewQueueController,
    DecisionLettersController,
    ReviewActsController,
    ReviewController,
  ],
  providers: [ReviewQueuePages, ReviewPages, ReviewActs],
  exports: [ReviewPages, ReviewActs],
})
export class ReviewPagesModule {}
