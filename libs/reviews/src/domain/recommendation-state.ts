import type { DeadlinePolicy } from '@app/kernel';

/** R1.81: what the force says to a recommendation. It is not bound by one (R1.84). */
export const RESPONSES = ['accepted', 'part', 'rejected'] as const;
export type Response = (typeof RESPONSES)[number];

/** Where a recommendation stands. `overdue` is not one: it is counted from the day on which one looks. */
export const RECOMMENDATION_STATUSES = [
  'awaiting-response',
  'awaiting-implementation',
  'implemented',
  'not-implemented',
  'rejected',
  'withdrawn',
] as const;
export type RecommendationStatus = (typeof RECOMMENDATION_STATUSES)[number];

/** What people do with a recommendation: the actions of the API, by name. */
export const RECOMMENDATION_ACTIONS = [
  'extend',
  'chase',
  'record-response',
  'record-sent-to-applicant',
  'record-implementation',
  'record-not-implemented',
  'withdraw',
] as const;
export type RecommendationAction = (typeof RECOMMENDATION_ACTIONS)[number];

/** Something that was done later, with its words kept apart. */
export interface RecommendationStep {
  readonly on: string;
  readonly textId: string;
}

export interface ResponseExtension extends RecommendationStep {
  readonly from: string;
  readonly to: string;
}

/** When the force should have answered, with everything that explains it (R1.82). Extensions keep what was counted. */
export interface ResponseClock {
  readonly policy: DeadlinePolicy;
  readonly fromDay: string;
  readonly countedTo: string;
  readonly calendarVersion: number;
  readonly extensions: readonly ResponseExtension[];
}

export interface RecordedResponse extends RecommendationStep {
  readonly response: Response;
  /** R1.80: the applicant gets it too; null while nobody has said that they did. */
  readonly sentToApplicantOn: string | null;
}

/** Everything that the rules of a recommendation need to know. Stored as it is; ids, codes and days only. */
export interface RecommendationState {
  readonly id: string;
  readonly caseId: string;
  readonly office: string;
  /** The force that it is made to: the key of its local policing body. */
  readonly force: string;
  readonly type: string;
  /** The allegation that it follows from; null where it is about the whole. */
  readonly allegation: string | null;
  readonly textId: string;
  readonly madeOn: string;
  readonly madeBy: string;
  readonly clock: ResponseClock;
  readonly chasedOn: readonly string[];
  readonly response: RecordedResponse | null;
  readonly implemented: RecommendationStep | null;
  readonly notImplemented: RecommendationStep | null;
  readonly withdrawn: RecommendationStep | null;
  readonly settledOn: string | null;
  /** Events so far: the version of the stream. */
  readonly version: number;
}

/** The last day for the response: the latest extension, else as counted. */
export function responseDueOn({ extensions, countedTo }: ResponseClock): string {
  return extensions.at(-1)?.to ?? countedTo;
}

export function statusOf(state: RecommendationState): RecommendationStatus {
  if (state.withdrawn) return 'withdrawn';
  if (state.implemented) return 'implemented';
  if (state.notImplemented) return 'not-implemented';
  if (state.response === null) return 'awaiting-response';
  return state.response.response === 'rejected' ? 'rejected' : 'awaiting-implementation';
}

/** Whether the force has let the day pass without an answer, as of a day. */
export function isResponseOverdue(state: RecommendationState, today: string): boolean {
  return statusOf(state) === 'awaiting-response' && responseDueOn(state.clock) < today;
}

/** The one table of allowed actions: rules check it, and what is shown to people is read from it. */
const ALLOWED: Readonly<Record<RecommendationStatus, readonly RecommendationAction[]>> = {
  'awaiting-response': ['record-response', 'extend', 'chase', 'withdraw'],
  'awaiting-implementation': ['record-implementation', 'record-not-implemented', 'withdraw'],
  implemented: [],
  'not-implemented': [],
  rejected: [],
  withdrawn: [],
};

export function allowedRecommendationActions(state: RecommendationState): readonly RecommendationAction[] {
  const allowed = ALLOWED[statusOf(state)];
  const isOwed = state.response !== null && state.response.sentToApplicantOn === null && state.withdrawn === null;
  return isOwed ? [...allowed, 'record-sent-to-applicant'] : allowed;
}
