import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { AccessModule } from '@app/access';
import { OfficesModule } from '@app/offices';
import { WorklistModule } from '@app/worklist';
import { BulkActionsController } from './bulk-actions.controller';
import { SavedViewsController } from './saved-views.controller';
import { WorklistChoices } from './worklist-choices';
import { WorklistController } from './worklist.controller';
import { WorklistPages } from './worklist-page';

@Module({
  imports: [CqrsModule, AccessModule, OfficesModule, WorklistModule],
  controllers: [WorklistController, SavedViewsController, BulkActionsController],
  providers: [WorklistChoices, WorklistPages],
  exports: [WorklistChoices, WorklistPages],
})
export class WorklistPagesModule {}
