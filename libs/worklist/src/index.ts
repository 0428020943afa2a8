export { StartBulkAction } from './application/commands/start-bulk-action';
export { GetBulkAction, type BulkActionView } from './application/queries/get-bulk-action';
export { SavedViews, type SavedView } from './application/saved-views';
export { SearchSessions } from './application/search-sessions';
export { BULK_KINDS, isBulkKind, MOST_BULK_CASES, type BulkKind } from './domain/bulk-action';
export { BulkActionNotFound, InvalidWorklistInput, SavedViewNotFound, SearchNotFound } from './domain/worklist.errors';
export { worklistContext, WorklistModule } from './worklist.module';
