import type { DomainEvent, JsonObject } from '@app/kernel';

export const PUBLICATION_EVENTS = [
  'publication.started',
  'publication.figures-taken',
  'publication.narratives-written',
  'publication.submitted',
  'publication.checked',
  'publication.sent-back',
  'publication.published',
  'publication.superseded',
  'publication.correction-started',
  'publication.withdrawn',
  'publication.bulletin-recorded',
] as const;
export type PublicationEventType = (typeof PUBLICATION_EVENTS)[number];
export type PublicationEvent = DomainEvent<PublicationEventType, JsonObject>;
