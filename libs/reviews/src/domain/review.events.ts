import type { DomainEvent, JsonObject } from '@app/kernel';
import type { Validity } from './eligibility/validity';
import type {
  Assessment,
  Evidence,
  Finding,
  IssuedLetter,
  Outcome,
  Particulars,
  PartyRole,
  PauseReason,
} from './review-state';

export interface HandlingClockFact extends JsonObject {
  readonly clock: string;
  readonly dueOn: string | null;
  readonly rule: string;
  readonly calendarVersion: number;
}

interface Words {
  textId: string;
  textCommitment: string;
}
type MaybeWords = Words | { textId: null; textCommitment: null };

/** Event types of a review and the shape of their data: ids, codes and days; people's words stand in side tables. */
export interface ReviewEventData {
  'reviews.review-opened': {
    caseId: string;
    reference: string;
    receivedOn: string;
    particulars: Particulars;
    groundsTextId: string | null;
    groundsCommitment: string | null;
  };
  'reviews.particulars-recorded': { particulars: Particulars; rulesVersion: string | null } & MaybeWords;
  'reviews.time-extended': { by: string; on: string } & Words;
  'reviews.validity-decided': { validity: Validity; assessment: Assessment; by: string; on: string } & MaybeWords;
  'reviews.forwarded': { to: string; receivedOn: string; on: string } & Words;
  'reviews.reconsidered': { from: string; on: string; clocks: HandlingClockFact[] } & MaybeWords;
  'reviews.returned-to-correspondence': { on: string } & MaybeWords;
  'reviews.reviewer-assigned': { reviewer: string };
  'reviews.independence-declared': { person: string; independent: boolean; on: string } & MaybeWords;
  'reviews.party-added': { partyId: string; role: PartyRole };
  'reviews.parties-notified': { authority: boolean; parties: string[]; on: string };
  'reviews.papers-requested': { papers: string[]; on: string; clocks: HandlingClockFact[] };
  'reviews.papers-chased': { on: string };
  'reviews.papers-received': { papers: string[]; on: string; complete: boolean; clocks: HandlingClockFact[] };
  'reviews.paused': { from: string; because: PauseReason; clocks: HandlingClockFact[] } & MaybeWords;
  'reviews.resumed': { on: string; clocks: HandlingClockFact[] };
  'reviews.clocks-recounted': { because: string; clocks: HandlingClockFact[] };
  'reviews.allegation-added': { allegationId: string; category: string } & Words;
  'reviews.finding-recorded': { allegationId: string; finding: Finding; evidence: Evidence[] } & Words;
  'reviews.test-noted': Words;
  'reviews.submitted-for-quality-check': { by: string; on: string; outcome: Outcome; observationTextIds: string[] };
  'reviews.quality-check-passed': { by: string; on: string };
  'reviews.sent-back': { by: string; on: string } & Words;
  'reviews.decided': { outcome: Outcome; by: string; on: string; observations: number };
  'reviews.decision-issued': { on: string; letters: IssuedLetter[] };
  'reviews.withdrawn': { what: 'review' | 'complaint'; on: string } & MaybeWords;
  'reviews.judicial-review-recorded': { step: string; on: string } & MaybeWords;
  'reviews.closed': { on: string };
}

export type ReviewEventType = keyof ReviewEventData;

export type ReviewEvent = {
  [T in ReviewEventType]: DomainEvent<T, ReviewEventData[T] & JsonObject>;
}[ReviewEventType];

/** Newest schema version of each type; stored data of older versions is upcast on reading. */
export const REVIEW_EVENT_VERSIONS: Readonly<Record<ReviewEventType, number>> = {
  'reviews.review-opened': 1,
  'reviews.particulars-recorded': 1,
  'reviews.time-extended': 1,
  'reviews.validity-decided': 1,
  'reviews.forwarded': 1,
  'reviews.reconsidered': 1,
  'reviews.returned-to-correspondence': 1,
  'reviews.reviewer-assigned': 1,
  'reviews.independence-declared': 1,
  'reviews.party-added': 1,
  'reviews.parties-notified': 1,
  'reviews.papers-requested': 1,
  'reviews.papers-chased': 1,
  'reviews.papers-received': 1,
  'reviews.paused': 1,
  'reviews.resumed': 1,
  'reviews.clocks-recounted': 1,
  'reviews.allegation-added': 1,
  'reviews.finding-recorded': 1,
  'reviews.test-noted': 1,
  'reviews.submitted-for-quality-check': 1,
  'reviews.quality-check-passed': 1,
  'reviews.sent-back': 1,
  'reviews.decided': 1,
  'reviews.decision-issued': 1,
  'reviews.withdrawn': 1,
  'reviews.judicial-review-recorded': 1,
  'reviews.closed': 1,
};
