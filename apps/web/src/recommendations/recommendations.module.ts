import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { OfficesModule } from '@app/offices';
import { RecommendationListController } from './recommendation-list.controller';
import { ReviewRecommendationsController } from './review-recommendations.controller';

@Module({
  imports: [CqrsModule, OfficesModule],
  controllers: [RecommendationListController, ReviewRecommendationsController],
})
export class RecommendationPagesModule {}
