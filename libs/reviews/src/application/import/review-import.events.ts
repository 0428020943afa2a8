/** What is recorded of reading a list in; what it does to a review is recorded on the review, caused by these. */
export const REVIEW_IMPORT_EVENTS = {
  'reviews.import-started': { schemaVersion: 1 },
  'reviews.import-finished': { schemaVersion: 1 },
} as const;

export function reviewImportStream(id: string): string {
  return `review-import-${id}`;
}
