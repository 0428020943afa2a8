import { Module } from '@nestjs/common';
import { Once } from '../input/once';
import { RecommendationActsController } from './recommendation-acts.controller';
import { RecommendationListController } from './recommendation-list.controller';
import { RecommendationsController } from './recommendations.controller';

@Module({
  controllers: [RecommendationListController, RecommendationsController, RecommendationActsController],
  providers: [Once],
})
export class RecommendationsApiModule {}
