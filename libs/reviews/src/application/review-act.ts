import type { Validity } from '../domain/eligibility/validity';
import type {
  Evidence,
  Finding,
  IssuedLetter,
  Outcome,
  Particulars,
  PartyRole,
  PauseReason,
} from '../domain/review-state';

/** The reasonable and proportionate test as a structured note (R1.60). */
export interface TestNote {
  /** What the complainant said had happened, and wanted. */
  readonly complaint: string;
  /** What the force did about it, and what it found. */
  readonly handling: string;
  readonly lawAndGuidance: string;
  /** Why it was, or was not, reasonable and proportionate in the circumstances. */
  readonly conclusion: string;
}

/** What people do with a review, each with what it needs. Words are as they were typed; they are kept apart. */
export type ReviewAct =
  | { readonly do: 'record-particulars'; readonly particulars: Particulars }
  | { readonly do: 'extend-time'; readonly reason: string }
  | { readonly do: 'decide-validity'; readonly validity: Validity; readonly reason: string | null }
  | { readonly do: 'forward'; readonly destination: string; readonly reason: string; readonly cautionRead: boolean }
  | { readonly do: 'reconsider'; readonly reason: string }
  | { readonly do: 'return-to-correspondence'; readonly category: string; readonly reason: string }
  | { readonly do: 'assign-reviewer'; readonly reviewer: string }
  | { readonly do: 'declare-independence'; readonly independent: boolean; readonly reason: string | null }
  | {
      readonly do: 'add-party';
      readonly role: PartyRole;
      readonly name: string;
      readonly email: string | null;
      readonly address: string | null;
    }
  | { readonly do: 'notify-parties'; readonly authority: boolean; readonly parties: readonly string[] }
  | { readonly do: 'request-papers'; readonly papers: readonly string[] }
  | { readonly do: 'chase-papers' }
  | {
      readonly do: 'record-papers';
      readonly papers: readonly string[];
      readonly on: string;
      readonly complete: boolean;
    }
  | { readonly do: 'pause'; readonly because: PauseReason; readonly reason: string | null }
  | { readonly do: 'resume' }
  | { readonly do: 'add-allegation'; readonly category: string; readonly text: string }
  | {
      readonly do: 'record-finding';
      readonly allegation: string;
      readonly finding: Finding;
      readonly reasons: string;
      readonly evidence: readonly Evidence[];
    }
  | { readonly do: 'note-test'; readonly note: TestNote }
  | {
      readonly do: 'submit-for-quality-check';
      readonly outcome: Outcome;
      readonly observations: readonly string[];
    }
  | { readonly do: 'pass-quality-check' }
  | { readonly do: 'send-back'; readonly reason: string }
  | { readonly do: 'decide' }
  | { readonly do: 'issue-decision'; readonly letters: readonly IssuedLetter[] }
  | { readonly do: 'withdraw'; readonly what: 'review' | 'complaint'; readonly reason: string | null }
  | {
      readonly do: 'record-judicial-review';
      readonly step: string;
      readonly on: string;
      readonly reason: string | null;
    }
  | { readonly do: 'close' };

export type ActOf<K extends ReviewAct['do']> = Extract<ReviewAct, { do: K }>;
