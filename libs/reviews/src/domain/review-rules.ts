import { InvalidReviewInput, ReviewerNotIndependent, ReviewRuleRefused } from './review.errors';
import type { Validity } from './eligibility/validity';
import type { Allegation, Assessment, Declaration, Outcome, ReviewState } from './review-state';

/** Who may be given a review of an office. */
export const REVIEWER_ROLES: readonly string[] = ['review-manager', 'manager'];

/**
 * R1.10, R1.25: the office may go on although something is missing, and although it is late where the time was
 * extended. Whatever else the tests say is put right in the particulars, not overruled.
 * @throws InvalidReviewInput, ReviewRuleRefused
 */
export function checkValidity(
  decided: Validity,
  { validity, obstacles }: Assessment,
  isTimeExtended: boolean,
  hasReason: boolean,
): void {
  if (decided === 'valid') {
    for (const obstacle of obstacles) requireDiscretion(obstacle, isTimeExtended, hasReason);
    return;
  }
  if (decided === 'wrong-body') {
    throw new ReviewRuleRefused('Another body must decide it: forward it, which also tells the applicant (R1.40).');
  }
  if (obstacles.includes(decided)) return;
  if (decided !== 'insufficient-information') {
    throw new InvalidReviewInput('/validity', `the particulars say “${validity}”: put them right, or decide that`);
  }
  if (!hasReason) throw new InvalidReviewInput('/reason', 'say what is missing');
}

function requireDiscretion(obstacle: Validity, isTimeExtended: boolean, hasReason: boolean): void {
  if (obstacle === 'out-of-time') {
    if (isTimeExtended) return;
    throw new ReviewRuleRefused('It is out of time: extend the time for special circumstances first (R1.25).');
  }
  if (obstacle !== 'insufficient-information') {
    throw new InvalidReviewInput('/validity', `the particulars say “${obstacle}”: put them right first`);
  }
  if (!hasReason) throw new InvalidReviewInput('/reason', 'say why it goes on although something is missing (R1.10)');
}

/** The newest declaration of a person counts. */
export function declarationOf(declarations: readonly Declaration[], person: string): Declaration | null {
  return declarations.filter((each) => each.person === person).at(-1) ?? null;
}

/** Domain rules 1.11. @throws ReviewerNotIndependent */
export function requireIndependent(state: ReviewState, person: string, touched: boolean): void {
  if (declarationOf(state.declarations, person)?.independent === false) {
    throw new ReviewerNotIndependent('This person has declared a connection with the matter.');
  }
  if (touched) {
    throw new ReviewerNotIndependent('This person dealt with the complaint before, and cannot review it.');
  }
}

/** R1.61: a finding on every allegation, and an outcome that agrees with them. @throws ReviewRuleRefused */
export function requireComplete(state: ReviewState, outcome: Outcome, observations: number): void {
  const { allegations, reviewer, testTextId, authorityNotifiedOn, declarations } = state;
  if (reviewer === null) throw new ReviewRuleRefused('Nobody is named as the reviewer.');
  if (declarationOf(declarations, reviewer)?.independent !== true) {
    throw new ReviewRuleRefused('The reviewer has not declared their independence.');
  }
  if (authorityNotifiedOn === null) throw new ReviewRuleRefused('The force has not been notified (R1.50).');
  if (allegations.length === 0) throw new ReviewRuleRefused('No allegation is recorded (R1.61).');
  if (allegations.some(({ finding }) => finding === null)) {
    throw new ReviewRuleRefused('An allegation has no finding yet (R1.61).');
  }
  if (testTextId === null) throw new ReviewRuleRefused('The reasonable and proportionate test is not noted (R1.60).');
  if (outcome === 'not-upheld-with-feedback' && observations === 0) {
    throw new InvalidReviewInput('/observations', 'say what is fed back to the force (R1.62)');
  }
  if (isUpheld(outcome) !== allegations.some(notReasonable)) {
    throw new InvalidReviewInput(
      '/outcome',
      isUpheld(outcome)
        ? 'every finding says that it was reasonable and proportionate'
        : 'a finding says that it was not reasonable and proportionate',
    );
  }
}

export function isUpheld(outcome: Outcome | null): boolean {
  return outcome === 'upheld';
}

function notReasonable({ finding }: Allegation): boolean {
  return finding === 'not-reasonable-and-proportionate';
}
