import { isReviewEnded, type ReviewState } from '@app/reviews';

/** A step of a review (domain rules 1.13), as the page lists it. */
export interface ReviewStep {
  readonly name: string;
  readonly state: 'done' | 'current' | 'next';
  /** The state in words: nothing is said by colour alone. */
  readonly words: string;
  /** When it was done, where a day is known. */
  readonly on: string | null;
}

type Known = Pick<
  ReviewState,
  | 'stage'
  | 'receivedOn'
  | 'validity'
  | 'validityDecidedOn'
  | 'authorityNotifiedOn'
  | 'parties'
  | 'papersRequestedOn'
  | 'papersReceivedOn'
  | 'qualityCheck'
  | 'decidedOn'
  | 'issuedOn'
  | 'closedOn'
  | 'forwardedOn'
  | 'withdrawn'
>;

/** What happened outside the review itself. */
export interface Around {
  readonly acknowledgedOn: string | null;
  readonly openRecommendations: number;
}

const LAST: Readonly<Record<string, string>> = {
  invalid: 'Closed as not valid',
  forwarded: 'Forwarded to the body that must decide it',
  withdrawn: 'Withdrawn',
  returned: 'Back to ordinary correspondence',
};

/** The way of a review with what is done, what is being done and what comes. One that ended early shows how. */
export function stepsOf(state: Known, { acknowledgedOn, openRecommendations }: Around): ReviewStep[] {
  const { stage } = state;
  const at = (...stages: readonly string[]): boolean => stages.includes(stage);
  const isToldToAll =
    state.authorityNotifiedOn !== null && state.parties.every(({ notifiedOn }) => notifiedOn !== null);
  const isAfterReview = at('quality-check', 'checked', 'decided', 'issued', 'closed');
  const steps: { name: string; isDone: boolean; on: string | null }[] = [
    { name: 'Received', isDone: true, on: state.receivedOn },
    { name: 'Acknowledged', isDone: acknowledgedOn !== null, on: acknowledgedOn },
    { name: 'Validity decided', isDone: state.validity !== null, on: state.validityDecidedOn },
    { name: 'Force and parties notified', isDone: isToldToAll, on: isToldToAll ? state.authorityNotifiedOn : null },
    { name: 'Papers requested', isDone: state.papersRequestedOn !== null, on: state.papersRequestedOn },
    { name: 'Papers received', isDone: state.papersReceivedOn !== null, on: state.papersReceivedOn },
    { name: 'Reviewed', isDone: isAfterReview, on: state.qualityCheck?.submittedOn ?? null },
    {
      name: 'Quality checked',
      isDone: at('checked', 'decided', 'issued', 'closed'),
      on: state.qualityCheck?.checkedOn ?? null,
    },
    { name: 'Decided', isDone: state.decidedOn !== null, on: state.decidedOn },
    { name: 'Decision issued', isDone: state.issuedOn !== null, on: state.issuedOn },
    { name: 'Recommendations settled', isDone: at('closed') || (at('issued') && openRecommendations === 0), on: null },
    { name: 'Closed', isDone: at('closed'), on: state.closedOn },
  ];
  const early = LAST[stage];
  if (isReviewEnded(stage) && early !== undefined) {
    const on = state.withdrawn?.on ?? state.forwardedOn ?? state.validityDecidedOn;
    return [
      ...steps.filter(({ isDone }) => isDone).map(({ name, on: day }) => done(name, day)),
      done(early, stage === 'returned' ? null : on),
    ];
  }
  const current = steps.findIndex(({ isDone }) => !isDone);
  return steps.map(({ name, isDone, on }, index) => {
    if (isDone) return done(name, on);
    return index === current
      ? { name, state: 'current', words: 'Now', on: null }
      : { name, state: 'next', words: 'To come', on: null };
  });
}

function done(name: string, on: string | null): ReviewStep {
  return { name, state: 'done', words: 'Done', on };
}
