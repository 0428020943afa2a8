export type DocumentStatus = 'draft' | 'approved' | 'issued' | 'discarded';
export const WAYS = ['email', 'post', 'in-person'] as const;
/** How a document reached its reader. */
export type Way = (typeof WAYS)[number];
