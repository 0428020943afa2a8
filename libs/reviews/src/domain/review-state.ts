import type { JsonObject } from '@app/kernel';
import type { ApplicantRole, BodyTestAnswers, Handling, Investigator } from './eligibility/eligibility-facts';
import type { Validity } from './eligibility/validity';
import type { HandlingClock } from './review-clock';
import type { ReviewStage } from './review-stage';

/**
 * The facts that the application states or that were found out since; null where they are not known. Codes and days
 * only: what the applicant wrote stands in the letters of the case.
 */
export interface Particulars extends JsonObject {
  /** The force's key, that of its local policing body. */
  readonly force: string | null;
  /** The force's number of the complaint. */
  readonly forceReference: string | null;
  readonly complaintMadeOn: string | null;
  readonly recordedUnderSchedule3: boolean | null;
  readonly handling: Handling | null;
  readonly investigationBy: Investigator | null;
  readonly finalised: boolean | null;
  readonly letterDatedOn: string | null;
  readonly reviewRightsNotifiedOn: string | null;
  /** When another body received it, where it was sent there first, and when that body sent it on to us. */
  readonly receivedByWrongBodyOn: string | null;
  readonly forwardedOn: string | null;
  /** When the force was sent it in place of a review body (R1.43). */
  readonly sentToForceOn: string | null;
  readonly applicant: ApplicantRole | null;
  readonly writtenConsent: boolean | null;
  readonly bodyTests: BodyTestAnswers & JsonObject;
  readonly relatesToEarlierMatterBefore: string | null;
  readonly acceleratedProcedure: boolean | null;
}

/** What the law's tests gave on the particulars of that moment. */
export interface Assessment extends JsonObject {
  readonly validity: Validity;
  /** Every obstacle that applies, the first of them being `validity`. */
  readonly obstacles: Validity[];
  readonly relevantBody: 'local-policing-body' | 'iopc';
  readonly inTime: boolean | null;
  readonly lastDay: string | null;
  readonly madeOn: string;
  readonly rulesVersion: string | null;
}

/** A person's own words, kept apart: the id, and the commitment that stands in the event. */
export interface KeptWords extends JsonObject {
  readonly textId: string;
  readonly textCommitment: string;
}

export interface Declaration extends JsonObject {
  readonly person: string;
  readonly independent: boolean;
  readonly on: string;
  readonly textId: string | null;
}

export const PARTY_ROLES = ['interested-person', 'person-complained-against'] as const;
export type PartyRole = (typeof PARTY_ROLES)[number];

/** Somebody who must be told; name and address stand in a table of their own. */
export interface Party extends JsonObject {
  readonly id: string;
  readonly role: PartyRole;
  readonly notifiedOn: string | null;
}

export interface Paper extends JsonObject {
  /** The key of the configured paper. */
  readonly paper: string;
  readonly requestedOn: string;
  readonly receivedOn: string | null;
}

export const PAUSE_REASONS = [
  'waiting-on-force',
  'waiting-on-applicant',
  'criminal-proceedings',
  'civil-proceedings',
  'judicial-review',
] as const;
export type PauseReason = (typeof PAUSE_REASONS)[number];

export interface ReviewPause extends JsonObject {
  readonly from: string;
  readonly to: string | null;
  readonly because: PauseReason;
  readonly textId: string | null;
}

/** R1.60: whether the outcome was reasonable and proportionate. It says nothing of what an officer did wrong. */
export const FINDINGS = ['reasonable-and-proportionate', 'not-reasonable-and-proportionate'] as const;
export type Finding = (typeof FINDINGS)[number];

/** Where in the bundle it can be seen. */
export interface Evidence extends JsonObject {
  readonly paper: string;
  readonly page: string | null;
}

export interface Allegation extends JsonObject {
  readonly id: string;
  readonly category: string;
  readonly textId: string;
  readonly finding: Finding | null;
  readonly findingTextId: string | null;
  readonly evidence: readonly Evidence[];
}

export const OUTCOMES = ['upheld', 'not-upheld', 'not-upheld-with-feedback'] as const;
export type Outcome = (typeof OUTCOMES)[number];

export interface QualityCheck extends JsonObject {
  readonly submittedBy: string;
  readonly submittedOn: string;
  readonly checkedBy: string | null;
  readonly checkedOn: string | null;
}

/** A letter of the decision: to whom, and which document. `party` is a party's id, `applicant` or `authority`. */
export interface IssuedLetter extends JsonObject {
  readonly party: string;
  readonly documentId: string | null;
  readonly channel: 'email' | 'letter';
}

export interface JudicialReviewStep extends JsonObject {
  readonly step: string;
  readonly on: string;
  readonly textId: string | null;
}

/** Everything that the rules of a review need to know. Stored as it is; ids, codes and days only. */
export interface ReviewState {
  readonly id: string;
  readonly office: string;
  readonly reference: string;
  /** The first receipt of the case, wherever it was converted. */
  readonly receivedOn: string;
  readonly stage: ReviewStage;
  readonly particulars: Particulars;
  readonly groundsTextId: string | null;
  readonly validity: Validity | null;
  readonly validityDecidedOn: string | null;
  readonly assessment: Assessment | null;
  /** R1.25: the 28 days were extended for special circumstances. */
  readonly timeExtended: { readonly on: string; readonly by: string; readonly textId: string } | null;
  readonly forwardedTo: string | null;
  readonly forwardedOn: string | null;
  readonly reviewer: string | null;
  readonly declarations: readonly Declaration[];
  readonly authorityNotifiedOn: string | null;
  readonly parties: readonly Party[];
  readonly papers: readonly Paper[];
  readonly papersRequestedOn: string | null;
  readonly papersChasedOn: readonly string[];
  readonly papersReceivedOn: string | null;
  readonly clocks: readonly HandlingClock[];
  readonly pauses: readonly ReviewPause[];
  readonly allegations: readonly Allegation[];
  readonly testTextId: string | null;
  readonly qualityCheck: QualityCheck | null;
  readonly outcome: Outcome | null;
  /** R1.62: fed back to the force whatever the outcome. */
  readonly observationTextIds: readonly string[];
  readonly decidedOn: string | null;
  readonly decidedBy: string | null;
  readonly issuedOn: string | null;
  readonly letters: readonly IssuedLetter[];
  readonly withdrawn: { readonly what: 'review' | 'complaint'; readonly on: string } | null;
  readonly judicialReview: readonly JudicialReviewStep[];
  readonly closedOn: string | null;
  /** Events so far: the version of the stream. */
  readonly version: number;
}

export const NO_PARTICULARS: Particulars = {
  force: null,
  forceReference: null,
  complaintMadeOn: null,
  recordedUnderSchedule3: null,
  handling: null,
  investigationBy: null,
  finalised: null,
  letterDatedOn: null,
  reviewRightsNotifiedOn: null,
  receivedByWrongBodyOn: null,
  forwardedOn: null,
  sentToForceOn: null,
  applicant: null,
  writtenConsent: null,
  bodyTests: {
    authorityIsLocalPolicingBody: 'unknown',
    seniorOfficer: 'unknown',
    cannotExcludeSeriousMatter: 'unknown',
    referredOrMustBe: 'unknown',
    treatedAsReferred: 'unknown',
    sameIncident: 'unknown',
    anyPart: 'unknown',
  },
  relatesToEarlierMatterBefore: null,
  acceleratedProcedure: null,
};
