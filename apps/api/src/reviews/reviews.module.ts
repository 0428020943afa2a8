import { Module } from '@nestjs/common';
import { IntakeModule } from '@app/intake';
import { Once } from '../input/once';
import { ReviewActions } from './review-actions';
import { ReviewActionsController } from './review-actions.controller';
import { ReviewsController } from './reviews.controller';

@Module({
  imports: [IntakeModule],
  controllers: [ReviewsController, ReviewActionsController],
  providers: [ReviewActions, Once],
})
export class ReviewsApiModule {}
