import type { DomainEvent, JsonObject } from '@app/kernel';

/** The clocks that run on a case. */
export type ClockName = 'acknowledge' | 'reply' | 'update' | 'forward';

export interface DeadlineFact extends JsonObject {
  readonly clock: ClockName;
  /** ISO day, or null while a pause is open. */
  readonly dueOn: string | null;
  readonly rule: string;
  readonly calendarVersion: number;
}

/**
 * Event types of a case and the shape of their data. Ids, codes and days only: names, texts and reasons live in side
 * tables; `reasonId` points to a private text whose salted commitment is `reasonCommitment`.
 */
export interface CaseEventData {
  'casework.case-opened': {
    caseId: string;
    reference: string;
    kind: string;
    channel: string;
    priority: string;
    receivedAt: string;
    receivedOn: string;
    correspondentId: string | null;
    itemId: string;
    messageId: string;
    riskLevel: string;
    /** False: nobody is waiting for an answer (bounce, vacation reply, machine). No clock runs. */
    answerable: boolean;
    acknowledgementHeld: boolean;
    /** False: not counted as correspondence received (spam, bounces, automatic replies). */
    counted: boolean;
    /** Set where receipt itself was acknowledged in conversation (telephone, in person). */
    acknowledgedOn: string | null;
    deadlines: DeadlineFact[];
  };
  'casework.message-filed': {
    messageId: string;
    itemId: string;
    mailKind: string;
    senderOnCase: boolean;
    receivedAt: string;
    /** Of this message: later letters are screened like the first. */
    riskLevel: string;
  };
  'casework.case-triaged': {
    category: string;
    kind: string;
    /** What it was before; events of the first releases do not say. */
    fromKind?: string;
    priority: string;
    queue: string;
    rulesVersion: string | null;
    ruleKeys: string[];
    byPerson: boolean;
    reasonId: string | null;
    reasonCommitment: string | null;
    area: string | null;
  };
  'casework.case-routed': { queue: string };
  'casework.case-allocated': { assignee: string };
  'casework.case-taken': { assignee: string };
  'casework.case-transferred': { fromQueue: string | null; queue: string };
  'casework.case-forwarded': {
    destination: string;
    lawfulBasis: string;
    consent: boolean;
    forwardMessageId: string;
    noticeMessageId: string | null;
    forwardedOn: string;
    reasonId: string;
    reasonCommitment: string;
  };
  'casework.case-paused': { from: string; reasonId: string; reasonCommitment: string; deadlines: DeadlineFact[] };
  'casework.case-resumed': { on: string; deadlines: DeadlineFact[] };
  'casework.deadlines-set': { deadlines: DeadlineFact[]; because: string };
  'casework.deadline-extended': {
    clock: ClockName;
    from: string;
    to: string;
    reasonId: string;
    reasonCommitment: string;
  };
  'casework.deadline-moved': { clock: ClockName; from: string; to: string; calendarVersion: number; because: string };
  'casework.deadline-warned': { clock: ClockName; dueOn: string };
  'casework.deadline-missed': { clock: ClockName; dueOn: string };
  'casework.acknowledged': { on: string; automatic: boolean; outgoingMessageId: string | null };
  'casework.acknowledgement-held': { because: string };
  'casework.reply-drafted': { by: string };
  'casework.reply-submitted': { by: string };
  'casework.reply-approved': { by: string };
  'casework.reply-sent-back': { by: string; reasonId: string; reasonCommitment: string };
  'casework.reply-sent': { on: string; channel: string; outgoingMessageId: string | null };
  /** Taken back within its undo window: nothing went out. `answered`: an earlier answer stands. */
  'casework.reply-recalled': {
    on: string;
    outgoingMessageId: string;
    answered: boolean;
    acknowledged: boolean;
    deadlines: DeadlineFact[];
  };
  'casework.holding-update-sent': { on: string; outgoingMessageId: string | null; nextUpdateBy: string | null };
  /** `reason` is a code; a person's own words are kept apart and stand as `other` here. */
  'casework.case-closed': { reason: string; on: string; reasonId?: string; reasonCommitment?: string };
  'casework.case-reopened': {
    on: string;
    because: string;
    reasonId?: string;
    reasonCommitment?: string;
    deadlines: DeadlineFact[];
  };
  'casework.case-linked': { linkedCaseId: string };
  'casework.case-unlinked': { linkedCaseId: string };
  /** What was on this case goes on in another. */
  'casework.case-joined': { intoCaseId: string; intoReference: string; because: string; on: string };
  /** What was on another case goes on in this one; its clocks count from the earlier receipt of the two. */
  'casework.case-absorbed': { caseId: string; reference: string; riskLevel: string; deadlines: DeadlineFact[] };
  'casework.note-added': { noteId: string };
  'casework.case-quarantined': { score: number };
  'casework.case-released': { deadlines: DeadlineFact[] };
  /** The risk screen flagged a letter: a person must look. */
  'casework.risk-raised': { level: string; messageId: string };
  'casework.risk-confirmed': { alertId: string };
  'casework.sender-confirmed': { messageId: string };
  /** From now on only these people see it; ids, the one who restricted it among them. */
  'casework.case-restricted': { people: string[]; reasonId: string; reasonCommitment: string };
  'casework.restriction-lifted': { reasonId: string; reasonCommitment: string };
  /** This person must not see the case any more; if it was theirs, it is nobody's. */
  'casework.conflict-declared': { person: string; reasonId: string; reasonCommitment: string };
  'casework.answer-bounced': { outgoingMessageId: string; severity: string };
  /** The virus scanner found something in a file; `finding` is its name of it. */
  'casework.virus-found': { attachmentId: string; messageId: string; finding: string };
  /** The sender no longer wants it dealt with. `closes` false: a person looks first. */
  'casework.sender-withdrew': { on: string; closes: boolean };
  /** The sender says that it was not answered. */
  'casework.sender-not-satisfied': { on: string };
}

export type CaseEventType = keyof CaseEventData;

export type CaseEvent = {
  [T in CaseEventType]: DomainEvent<T, CaseEventData[T] & JsonObject>;
}[CaseEventType];

/** Newest schema version of each type; stored data of older versions is upcast on reading. */
export const CASE_EVENT_VERSIONS: Readonly<Record<CaseEventType, number>> = {
  'casework.case-opened': 1,
  'casework.message-filed': 1,
  'casework.case-triaged': 1,
  'casework.case-routed': 1,
  'casework.case-allocated': 1,
  'casework.case-taken': 1,
  'casework.case-transferred': 1,
  'casework.case-forwarded': 1,
  'casework.case-paused': 1,
  'casework.case-resumed': 1,
  'casework.deadlines-set': 1,
  'casework.deadline-extended': 1,
  'casework.deadline-moved': 1,
  'casework.deadline-warned': 1,
  'casework.deadline-missed': 1,
  'casework.acknowledged': 1,
  'casework.acknowledgement-held': 1,
  'casework.reply-drafted': 1,
  'casework.reply-submitted': 1,
  'casework.reply-approved': 1,
  'casework.reply-sent-back': 1,
  'casework.reply-sent': 1,
  'casework.reply-recalled': 1,
  'casework.holding-update-sent': 1,
  'casework.case-closed': 1,
  'casework.case-reopened': 1,
  'casework.case-linked': 1,
  'casework.case-unlinked': 1,
  'casework.case-joined': 1,
  'casework.case-absorbed': 1,
  'casework.note-added': 1,
  'casework.case-quarantined': 1,
  'casework.case-released': 1,
  'casework.risk-raised': 1,
  'casework.risk-confirmed': 1,
  'casework.sender-confirmed': 1,
  'casework.case-restricted': 1,
  'casework.restriction-lifted': 1,
  'casework.conflict-declared': 1,
  'casework.answer-bounced': 1,
  'casework.virus-found': 1,
  'casework.sender-withdrew': 1,
  'casework.sender-not-satisfied': 1,
};
