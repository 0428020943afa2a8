import type { CaseEventData, CaseEventType, DeadlineFact } from '@app/casework';
import type { ReviewEventData, ReviewEventType } from '@app/reviews';
import type { ReviewFacts } from '../domain/review-facts';

type Changes = Partial<ReviewFacts>;

/** What a case brings into a review: it may have been acknowledged long before anybody saw that it is one. */
export type CaseStart = Pick<ReviewFacts, 'channel' | 'counted' | 'acknowledgeBy' | 'acknowledgedOn'>;

type CaseChange<T extends CaseEventType> = (before: CaseStart, data: CaseEventData[T]) => Partial<CaseStart>;
type ReviewChange<T extends ReviewEventType> = (before: ReviewFacts, data: ReviewEventData[T]) => Changes;

/** The start of a case. */
export function startOf(data: CaseEventData['casework.case-opened']): CaseStart {
  const { channel, counted, acknowledgedOn, deadlines } = data;
  return { channel, counted, acknowledgedOn, acknowledgeBy: dueOn(deadlines) };
}

/** What events of a case change for the figures of a review. */
export const CASE_CHANGES: { readonly [T in CaseEventType]?: CaseChange<T> } = {
  'casework.deadlines-set': (before, { deadlines }) => running(before, deadlines),
  'casework.case-paused': (before, { deadlines }) => running(before, deadlines),
  'casework.case-resumed': (before, { deadlines }) => running(before, deadlines),
  'casework.deadline-extended': (_, { clock, to }) => (clock === 'acknowledge' ? { acknowledgeBy: to } : {}),
  'casework.deadline-moved': (_, { clock, to }) => (clock === 'acknowledge' ? { acknowledgeBy: to } : {}),
  'casework.acknowledged': ({ acknowledgedOn }, { on }) => ({ acknowledgedOn: acknowledgedOn ?? on }),
  'casework.reply-sent': ({ acknowledgedOn }, { on }) => ({ acknowledgedOn: acknowledgedOn ?? on }),
  'casework.reply-recalled': (before, { acknowledged }) => ({
    acknowledgedOn: acknowledged ? before.acknowledgedOn : null,
  }),
  'casework.case-joined': () => ({ counted: false }),
  'casework.case-quarantined': () => ({ counted: false }),
  'casework.case-released': (before, { deadlines }) => ({ counted: true, ...running(before, deadlines) }),
  'casework.case-reopened': (before, { deadlines }) => ({
    counted: before.counted || deadlines.length > 0,
    ...running(before, deadlines),
  }),
};

/** The state with which a review begins. */
export function openedReview(
  office: string,
  start: CaseStart,
  { caseId, reference, receivedOn, particulars }: ReviewEventData['reviews.review-opened'],
): ReviewFacts {
  return {
    caseId,
    office,
    reference,
    receivedOn,
    ...start,
    stage: 'received',
    handling: particulars.handling,
    validity: null,
    validityDecidedOn: null,
    timeExtendedOn: null,
    forwardedTo: null,
    forwardedOn: null,
    withdrawnOn: null,
    papersRequestedOn: null,
    papersDueOn: null,
    papersReceivedOn: null,
    decideBy: null,
    pauses: [],
    allegations: [],
    checkedOn: [],
    sentBackOn: [],
    outcome: null,
    decidedOn: null,
    issuedOn: null,
    closedOn: null,
    recommendations: [],
    learning: [],
  };
}

/** What each event of a review changes. Types that are not here change no figure. */
export const REVIEW_CHANGES: { readonly [T in ReviewEventType]?: ReviewChange<T> } = {
  'reviews.particulars-recorded': (_, { particulars }) => ({ handling: particulars.handling }),
  'reviews.time-extended': (_, { on }) => ({ timeExtendedOn: on }),
  'reviews.validity-decided': (before, { validity, on }) => ({
    validity,
    validityDecidedOn: on,
    stage: validity === 'valid' ? stageOfPapers(before) : 'invalid',
    ...(validity === 'valid' ? {} : endPause(before, on)),
  }),
  'reviews.forwarded': (before, { to, on }) => ({
    stage: 'forwarded',
    validity: 'wrong-body',
    validityDecidedOn: on,
    forwardedTo: to,
    forwardedOn: on,
    ...endPause(before, on),
  }),
  'reviews.reconsidered': (before, { clocks }) => ({
    ...clocksOf(before, clocks),
    stage: 'received',
    validity: null,
    validityDecidedOn: null,
    forwardedTo: null,
    forwardedOn: null,
    withdrawnOn: null,
    closedOn: null,
  }),
  'reviews.returned-to-correspondence': (before, { on }) => ({ stage: 'returned', ...endPause(before, on) }),
  'reviews.papers-requested': (before, { on, clocks }) => ({
    papersRequestedOn: before.papersRequestedOn ?? on,
    stage: before.stage === 'valid' ? 'papers-requested' : before.stage,
    ...clocksOf(before, clocks),
  }),
  'reviews.papers-received': (before, { on, complete, clocks }) => ({
    ...(complete && before.papersReceivedOn === null
      ? {
          papersReceivedOn: on,
          stage: ['valid', 'papers-requested'].includes(before.stage) ? 'papers-received' : before.stage,
        }
      : {}),
    ...clocksOf(before, clocks),
  }),
  'reviews.paused': (before, { from, because, clocks }) => ({
    pauses: [...before.pauses, { from, to: null, because }],
    ...clocksOf(before, clocks),
  }),
  'reviews.resumed': (before, { on, clocks }) => ({ ...endPause(before, on), ...clocksOf(before, clocks) }),
  'reviews.clocks-recounted': (before, { clocks }) => clocksOf(before, clocks),
  'reviews.allegation-added': ({ allegations }, { allegationId, category }) => ({
    allegations: [...allegations, { id: allegationId, category, finding: null }],
  }),
  'reviews.finding-recorded': ({ allegations }, { allegationId, finding }) => ({
    allegations: allegations.map((each) => (each.id === allegationId ? { ...each, finding } : each)),
    stage: 'in-review',
  }),
  'reviews.submitted-for-quality-check': (_, { outcome }) => ({ stage: 'quality-check', outcome }),
  'reviews.quality-check-passed': ({ checkedOn }, { on }) => ({ stage: 'checked', checkedOn: [...checkedOn, on] }),
  'reviews.sent-back': ({ sentBackOn }, { on }) => ({
    stage: 'in-review',
    outcome: null,
    sentBackOn: [...sentBackOn, on],
  }),
  'reviews.decided': (before, { outcome, on }) => ({
    stage: 'decided',
    outcome,
    decidedOn: on,
    ...endPause(before, on),
  }),
  'reviews.decision-issued': (_, { on }) => ({ stage: 'issued', issuedOn: on }),
  'reviews.withdrawn': (before, { on }) => ({ stage: 'withdrawn', withdrawnOn: on, ...endPause(before, on) }),
  'reviews.closed': (_, { on }) => ({ stage: 'closed', closedOn: on }),
};

/** How far the papers have come: a review that is taken up again goes on from there. */
function stageOfPapers({ papersRequestedOn, papersReceivedOn, allegations }: ReviewFacts): string {
  if (papersReceivedOn !== null) {
    return allegations.some(({ finding }) => finding !== null) ? 'in-review' : 'papers-received';
  }
  return papersRequestedOn === null ? 'valid' : 'papers-requested';
}

/** Only running clocks are named: the last day of one that is met stays known. */
function clocksOf(before: ReviewFacts, clocks: ReviewEventData['reviews.paused']['clocks']): Changes {
  const due = (name: string, known: string | null): string | null => {
    const found = clocks.find(({ clock }) => clock === name);
    return found ? found.dueOn : known;
  };
  return { papersDueOn: due('papers', before.papersDueOn), decideBy: due('decide', before.decideBy) };
}

function endPause({ pauses }: ReviewFacts, on: string): Changes {
  return { pauses: pauses.map((pause) => (pause.to === null ? { ...pause, to: on } : pause)) };
}

function running(before: CaseStart, deadlines: readonly DeadlineFact[]): Partial<CaseStart> {
  return before.acknowledgedOn === null ? { acknowledgeBy: dueOn(deadlines) } : {};
}

function dueOn(deadlines: readonly DeadlineFact[]): string | null {
  return deadlines.find(({ clock }) => clock === 'acknowledge')?.dueOn ?? null;
}
