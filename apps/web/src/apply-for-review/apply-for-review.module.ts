import { Module } from '@nestjs/common';
import { IntakeModule } from '@app/intake';
import { ReviewApplicationsModule } from '@app/reviews';
import { PublicLimits, PublicThrottle } from '../http/public-limits';
import { ApplyFilesController } from './apply-files.controller';
import { ApplySaveController } from './apply-save.controller';
import { ApplySendController } from './apply-send.controller';
import { ApplyController } from './apply.controller';
import { ReviewDrafting } from './review-drafting';
import { ReviewProgress } from './review-progress';

/** The public application for a review. Its fixed paths come before the pages that are named by a parameter. */
@Module({
  imports: [IntakeModule, ReviewApplicationsModule],
  controllers: [ApplyFilesController, ApplySendController, ApplySaveController, ApplyController],
  providers: [PublicLimits, PublicThrottle, ReviewDrafting, ReviewProgress],
})
export class ApplyForReviewModule {}
