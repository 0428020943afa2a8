import { Module } from '@nestjs/common';
import { OfficesModule } from '@app/offices';
import { ReviewsModule } from '@app/reviews';
import { ReviewImportController } from './review-import.controller';

@Module({ imports: [OfficesModule, ReviewsModule], controllers: [ReviewImportController] })
export class ReviewImportPagesModule {}
