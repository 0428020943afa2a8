/** What is recorded of actions on many cases; what they do to a case is recorded on the case. */
export const WORKLIST_EVENTS = {
  'worklist.bulk-action-started': { schemaVersion: 1 },
  'worklist.bulk-action-finished': { schemaVersion: 1 },
} as const;

/** The event stream of an action on many cases. */
export function bulkActionStream(id: string): string {
  return `bulk-action-${id}`;
}
