import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { CaseworkModule } from '@app/casework';
import type { ContextDeclaration } from '@app/platform';
import { StartBulkAction, StartBulkActionHandler } from './application/commands/start-bulk-action';
import { RunBulkAction } from './application/consumers/run-bulk-action';
import { GetBulkAction, GetBulkActionHandler } from './application/queries/get-bulk-action';
import { SavedViews } from './application/saved-views';
import { SearchSessions } from './application/search-sessions';
import { WORKLIST_EVENTS } from './domain/worklist.events';

export const worklistContext: ContextDeclaration = {
  events: WORKLIST_EVENTS,
  messages: [StartBulkAction, GetBulkAction],
  entities: [],
  passing: [{ table: 'search_session', since: 'created_at', keepDays: 1 }],
};

/** What people who work from lists need beside the cases: their views, their searches and actions on many cases. */
@Module({
  imports: [CqrsModule, CaseworkModule],
  providers: [StartBulkActionHandler, GetBulkActionHandler, RunBulkAction, SavedViews, SearchSessions],
  exports: [SavedViews, SearchSessions],
})
export class WorklistModule {}
