import type { DomainEvent, JsonObject } from '@app/kernel';

/**
 * What happens to a document of a case, on the stream `document-ID`. Words never stand here: a version is known by the
 * salted commitment to its text, the files by the commitments to their SHA-256.
 */
export const DOCUMENT_EVENTS = {
  'documents.document-drafted': { schemaVersion: 1 },
  'documents.document-edited': { schemaVersion: 1 },
  'documents.document-approved': { schemaVersion: 1 },
  'documents.document-issued': { schemaVersion: 1 },
  'documents.document-discarded': { schemaVersion: 1 },
  'documents.rendition-kept': { schemaVersion: 1 },
} as const;

export type DocumentEventType = keyof typeof DOCUMENT_EVENTS;

export function documentStream(id: string): string {
  return `document-${id}`;
}

/** The event stream of a redacted rendition. */
export function renditionStream(id: string): string {
  return `rendition-${id}`;
}

export function documentEvent(type: DocumentEventType, data: JsonObject, at: Date): DomainEvent {
  return { type, schemaVersion: DOCUMENT_EVENTS[type].schemaVersion, data, effectiveAt: at };
}
