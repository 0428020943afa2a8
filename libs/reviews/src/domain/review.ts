import { Aggregate, londonDate, type DeadlinePolicy } from '@app/kernel';
import type { Validity } from './eligibility/validity';
import { recountClock, settleClock, startClock, type DayCounter, type HandlingClock } from './review-clock';
import { checkValidity, requireComplete, requireIndependent } from './review-rules';
import { allowedReviewActions, isReviewEnded, type ReviewAction } from './review-stage';
import { InvalidReviewInput, ReviewActionNotAllowed, ReviewRuleRefused } from './review.errors';
import {
  REVIEW_EVENT_VERSIONS,
  type HandlingClockFact,
  type ReviewEvent,
  type ReviewEventData,
  type ReviewEventType,
} from './review.events';
import {
  NO_PARTICULARS,
  type Assessment,
  type Evidence,
  type Finding,
  type IssuedLetter,
  type KeptWords,
  type Outcome,
  type Particulars,
  type PartyRole,
  type PauseReason,
  type ReviewState,
} from './review-state';

export interface ReviewOpening {
  readonly id: string;
  readonly office: string;
  readonly reference: string;
  readonly receivedOn: string;
  readonly particulars: Particulars;
  readonly grounds: KeptWords | null;
}

const EMPTY = {
  stage: 'received',
  validity: null,
  validityDecidedOn: null,
  assessment: null,
  timeExtended: null,
  forwardedTo: null,
  forwardedOn: null,
  reviewer: null,
  declarations: [],
  authorityNotifiedOn: null,
  parties: [],
  papers: [],
  papersRequestedOn: null,
  papersChasedOn: [],
  papersReceivedOn: null,
  clocks: [],
  pauses: [],
  allegations: [],
  testTextId: null,
  qualityCheck: null,
  outcome: null,
  observationTextIds: [],
  decidedOn: null,
  decidedBy: null,
  issuedOn: null,
  letters: [],
  withdrawn: null,
  judicialReview: [],
  closedOn: null,
  version: 0,
} as const;

/** A review of the outcome of a complaint (Police Reform Act 2002, Schedule 3): the rules of its life. */
export class Review extends Aggregate<ReviewEvent> {
  private constructor(private state: ReviewState) {
    super(state.id, state.version);
  }

  static open({ grounds, ...known }: ReviewOpening, now: Date): Review {
    const review = new Review({ ...EMPTY, ...known, groundsTextId: grounds?.textId ?? null });
    const { id: caseId, reference, receivedOn, particulars } = known;
    review.happened(
      'reviews.review-opened',
      {
        caseId,
        reference,
        receivedOn,
        particulars,
        groundsTextId: grounds?.textId ?? null,
        groundsCommitment: grounds?.textCommitment ?? null,
      },
      now,
      {},
    );
    return review;
  }

  static restore(state: ReviewState): Review {
    return new Review(state);
  }

  snapshot(): ReviewState {
    return this.state;
  }

  /** `grounds`: the applicant's own words, where they came with the particulars. */
  recordParticulars(particulars: Particulars, rulesVersion: string | null, grounds: KeptWords | null, now: Date): void {
    this.require('record-particulars');
    this.happened('reviews.particulars-recorded', { particulars, rulesVersion, ...maybe(grounds) }, now, {
      particulars,
      groundsTextId: grounds?.textId ?? this.state.groundsTextId,
    });
  }

  /** R1.25, R1.26: for special circumstances, by a named person with reasons. */
  extendTime(by: string, assessment: Assessment, reason: KeptWords, now: Date): void {
    this.require('extend-time');
    if (assessment.inTime !== false) throw new ReviewRuleRefused('It is not out of time.');
    const on = londonDate(now);
    this.happened('reviews.time-extended', { by, on, ...reason }, now, {
      timeExtended: { on, by, textId: reason.textId },
    });
  }

  decideValidity(validity: Validity, assessment: Assessment, by: string, reason: KeptWords | null, now: Date): void {
    this.require('decide-validity');
    checkValidity(validity, assessment, this.state.timeExtended !== null, reason !== null);
    const on = londonDate(now);
    const isValid = validity === 'valid';
    this.happened('reviews.validity-decided', { validity, assessment, by, on, ...maybe(reason) }, now, {
      validity,
      assessment,
      validityDecidedOn: on,
      stage: isValid ? this.stageOfPapers() : 'invalid',
      ...(isValid ? {} : this.stopped(on)),
    });
  }

  /** R1.40: sent on to the body that must decide it; the applicant is told in the same act. */
  forward(to: string, receivedOn: string, assessment: Assessment, reason: KeptWords, now: Date): void {
    this.require('forward');
    const on = londonDate(now);
    this.happened('reviews.forwarded', { to, receivedOn, on, ...reason }, now, {
      stage: 'forwarded',
      validity: 'wrong-body',
      assessment,
      validityDecidedOn: on,
      forwardedTo: to,
      forwardedOn: on,
      ...this.stopped(on),
    });
  }

  /** Back to the question whether it is valid, as when new facts come. */
  reconsider(reason: KeptWords | null, counter: DayCounter, now: Date): void {
    this.require('reconsider');
    const on = londonDate(now);
    const clocks = this.runningAgain(counter);
    const facts = { from: this.state.stage, on, ...maybe(reason), clocks: factsOf(clocks) };
    this.happened('reviews.reconsidered', facts, now, {
      stage: 'received',
      validity: null,
      validityDecidedOn: null,
      assessment: null,
      forwardedTo: null,
      forwardedOn: null,
      withdrawn: null,
      closedOn: null,
      clocks,
    });
  }

  /** It is no application for a review: the case goes on as an ordinary one. */
  returnToCorrespondence(reason: KeptWords | null, now: Date): void {
    this.require('return-to-correspondence');
    const on = londonDate(now);
    this.happened('reviews.returned-to-correspondence', { on, ...maybe(reason) }, now, {
      stage: 'returned',
      ...this.stopped(on),
    });
  }

  /** `touched`: the person worked on the complaint before. @throws ReviewerNotIndependent */
  assign(reviewer: string, touched: boolean, now: Date): void {
    this.require('assign-reviewer');
    requireIndependent(this.state, reviewer, touched);
    this.happened('reviews.reviewer-assigned', { reviewer }, now, { reviewer });
  }

  /** A connection takes the review away from its reviewer. */
  declareIndependence(person: string, independent: boolean, reason: KeptWords | null, now: Date): void {
    this.require('declare-independence');
    if (!independent && reason === null) throw new InvalidReviewInput('/reason', 'say what the connection is');
    const on = londonDate(now);
    const declaration = { person, independent, on, textId: reason?.textId ?? null };
    this.happened('reviews.independence-declared', { person, independent, on, ...maybe(reason) }, now, {
      declarations: [...this.state.declarations, declaration],
      ...(!independent && this.state.reviewer === person ? { reviewer: null } : {}),
    });
  }

  addParty(partyId: string, role: PartyRole, now: Date): void {
    this.require('add-party');
    this.happened('reviews.party-added', { partyId, role }, now, {
      parties: [...this.state.parties, { id: partyId, role, notifiedOn: null }],
    });
  }

  /** R1.50: the force, interested persons and the persons complained against are told that a review was asked for. */
  notifyParties(authority: boolean, parties: readonly string[], now: Date): void {
    this.require('notify-parties');
    const unknown = parties.findIndex((id) => !this.state.parties.some((party) => party.id === id));
    if (unknown >= 0) throw new InvalidReviewInput(`/parties/${String(unknown)}`, 'is not a party of this review');
    if (!authority && parties.length === 0) throw new InvalidReviewInput('/parties', 'name somebody to notify');
    const on = londonDate(now);
    this.happened('reviews.parties-notified', { authority, parties: [...parties], on }, now, {
      authorityNotifiedOn: authority ? (this.state.authorityNotifiedOn ?? on) : this.state.authorityNotifiedOn,
      parties: this.state.parties.map((party) =>
        parties.includes(party.id) ? { ...party, notifiedOn: party.notifiedOn ?? on } : party,
      ),
    });
  }

  requestPapers(papers: readonly string[], policy: DeadlinePolicy, counter: DayCounter, now: Date): void {
    this.require('request-papers');
    const wanted = papers.filter((paper) => !this.state.papers.some((each) => each.paper === paper));
    if (wanted.length === 0) throw new InvalidReviewInput('/papers', 'name papers that were not requested yet');
    const on = londonDate(now);
    const isFirst = this.state.papersRequestedOn === null;
    const clocks = isFirst
      ? [...this.state.clocks, startClock('papers', policy, on, [], counter)]
      : [...this.state.clocks];
    this.happened('reviews.papers-requested', { papers: wanted, on, clocks: factsOf(clocks) }, now, {
      papers: [...this.state.papers, ...wanted.map((paper) => ({ paper, requestedOn: on, receivedOn: null }))],
      papersRequestedOn: this.state.papersRequestedOn ?? on,
      stage: this.state.stage === 'valid' ? 'papers-requested' : this.state.stage,
      clocks,
    });
  }

  chasePapers(now: Date): void {
    this.require('chase-papers');
    if (this.missingPapers().length === 0) throw new ReviewRuleRefused('No paper that was requested is missing.');
    const on = londonDate(now);
    this.happened('reviews.papers-chased', { on }, now, { papersChasedOn: [...this.state.papersChasedOn, on] });
  }

  /** `complete`: the bundle has all that is needed, though not all that was asked for. Starts the clock to decide. */
  recordPapers(
    papers: readonly string[],
    on: string,
    complete: boolean,
    policy: DeadlinePolicy,
    counter: DayCounter,
    now: Date,
  ): void {
    this.require('record-papers');
    const { papersRequestedOn, receivedOn } = this.state;
    if (on > londonDate(now)) throw new InvalidReviewInput('/on', 'must not be in the future');
    if (on < receivedOn) throw new InvalidReviewInput('/on', 'must not be before the application was received');
    const known = new Map(this.state.papers.map((paper) => [paper.paper, paper]));
    for (const paper of papers) {
      const asked = known.get(paper) ?? { paper, requestedOn: papersRequestedOn ?? on, receivedOn: null };
      known.set(paper, { ...asked, receivedOn: asked.receivedOn ?? on });
    }
    const all = [...known.values()];
    const isComplete = complete || (all.length > 0 && all.every((paper) => paper.receivedOn !== null));
    const starts = isComplete && this.state.papersReceivedOn === null;
    const clocks = starts
      ? [
          ...settleClock(this.state.clocks, 'papers', on),
          startClock('decide', policy, on, this.pausesFor('decide'), counter),
        ]
      : this.state.clocks;
    this.happened(
      'reviews.papers-received',
      { papers: [...papers], on, complete: isComplete, clocks: factsOf(clocks) },
      now,
      {
        papers: all,
        clocks,
        ...(starts
          ? {
              papersReceivedOn: on,
              stage: ['valid', 'papers-requested'].includes(this.state.stage) ? 'papers-received' : this.state.stage,
            }
          : {}),
      },
    );
  }

  pause(because: PauseReason, reason: KeptWords | null, counter: DayCounter, now: Date): void {
    this.require('pause');
    const from = londonDate(now);
    const pauses = [...this.state.pauses, { from, to: null, because, textId: reason?.textId ?? null }];
    const clocks = this.recounted(pauses, counter);
    this.happened('reviews.paused', { from, because, ...maybe(reason), clocks: factsOf(clocks) }, now, {
      pauses,
      clocks,
    });
  }

  resume(counter: DayCounter, now: Date): void {
    this.require('resume');
    const on = londonDate(now);
    const pauses = this.state.pauses.map((pause) => (pause.to === null ? { ...pause, to: on } : pause));
    const clocks = this.recounted(pauses, counter);
    this.happened('reviews.resumed', { on, clocks: factsOf(clocks) }, now, { pauses, clocks });
  }

  /** A new holiday calendar: running clocks are counted again, settled ones never move. */
  recountClocks(counter: DayCounter, because: string, now: Date): void {
    const clocks = this.recounted(this.state.pauses, counter);
    if (!clocks.some((clock, index) => clock.dueOn !== this.state.clocks[index]?.dueOn)) return;
    this.happened('reviews.clocks-recounted', { because, clocks: factsOf(clocks) }, now, { clocks });
  }

  addAllegation(allegationId: string, category: string, words: KeptWords, now: Date): void {
    this.require('add-allegation');
    const { textId } = words;
    const added = { id: allegationId, category, textId, finding: null, findingTextId: null, evidence: [] };
    this.happened('reviews.allegation-added', { allegationId, category, ...words }, now, {
      allegations: [...this.state.allegations, added],
    });
  }

  recordFinding(
    allegationId: string,
    finding: Finding,
    evidence: readonly Evidence[],
    words: KeptWords,
    now: Date,
  ): void {
    this.require('record-finding');
    if (!this.state.allegations.some(({ id }) => id === allegationId)) {
      throw new InvalidReviewInput('/allegation', 'is not an allegation of this review');
    }
    const found = { finding, findingTextId: words.textId, evidence: [...evidence] };
    this.happened('reviews.finding-recorded', { allegationId, finding, evidence: [...evidence], ...words }, now, {
      allegations: this.state.allegations.map((each) => (each.id === allegationId ? { ...each, ...found } : each)),
      stage: 'in-review',
    });
  }

  /** R1.60, as a structured note. */
  noteTest(words: KeptWords, now: Date): void {
    this.require('note-test');
    this.happened('reviews.test-noted', { ...words }, now, { testTextId: words.textId });
  }

  submitForQualityCheck(outcome: Outcome, observationTextIds: readonly string[], by: string, now: Date): void {
    this.require('submit-for-quality-check');
    requireComplete(this.state, outcome, observationTextIds.length);
    const on = londonDate(now);
    const facts = { by, on, outcome, observationTextIds: [...observationTextIds] };
    this.happened('reviews.submitted-for-quality-check', facts, now, {
      outcome,
      observationTextIds: [...observationTextIds],
      qualityCheck: { submittedBy: by, submittedOn: on, checkedBy: null, checkedOn: null },
      stage: 'quality-check',
    });
  }

  /** By a second person, who is independent as well. */
  passQualityCheck(by: string, touched: boolean, now: Date): void {
    this.require('pass-quality-check');
    const { qualityCheck, reviewer } = this.state;
    if (qualityCheck === null || by === qualityCheck.submittedBy || by === reviewer) {
      throw new ReviewRuleRefused('A second person checks the quality, not the reviewer.');
    }
    requireIndependent(this.state, by, touched);
    const on = londonDate(now);
    this.happened('reviews.quality-check-passed', { by, on }, now, {
      qualityCheck: { ...qualityCheck, checkedBy: by, checkedOn: on },
      stage: 'checked',
    });
  }

  sendBack(by: string, reason: KeptWords, now: Date): void {
    this.require('send-back');
    this.happened('reviews.sent-back', { by, on: londonDate(now), ...reason }, now, {
      qualityCheck: null,
      outcome: null,
      observationTextIds: [],
      stage: 'in-review',
    });
  }

  decide(by: string, touched: boolean, now: Date): void {
    this.require('decide');
    const { outcome, observationTextIds } = this.state;
    if (outcome === null) throw new ReviewRuleRefused('No outcome was submitted.');
    requireIndependent(this.state, by, touched);
    const on = londonDate(now);
    this.happened('reviews.decided', { outcome, by, on, observations: observationTextIds.length }, now, {
      decidedOn: on,
      decidedBy: by,
      stage: 'decided',
      ...this.stopped(on),
    });
  }

  /** R1.55: with reasons, to the applicant, the force and whoever else must be told. */
  issueDecision(letters: readonly IssuedLetter[], now: Date): void {
    this.require('issue-decision');
    const unknown = letters.findIndex(({ party }) => !this.partiesToTell().includes(party));
    if (unknown >= 0)
      throw new InvalidReviewInput(`/letters/${String(unknown)}/party`, 'is not a party of this review');
    for (const party of ['applicant', 'authority']) {
      if (!letters.some((letter) => letter.party === party)) {
        throw new InvalidReviewInput('/letters', `there is no letter to the ${party}`);
      }
    }
    const on = londonDate(now);
    this.happened('reviews.decision-issued', { on, letters: [...letters] }, now, {
      issuedOn: on,
      letters: [...letters],
      stage: 'issued',
    });
  }

  /** R1.90, R1.91: the review alone, or the complaint, which the force must be told of. */
  withdraw(what: 'review' | 'complaint', reason: KeptWords | null, now: Date): void {
    this.require('withdraw');
    const on = londonDate(now);
    this.happened('reviews.withdrawn', { what, on, ...maybe(reason) }, now, {
      withdrawn: { what, on },
      stage: 'withdrawn',
      ...this.stopped(on),
    });
  }

  /** The only challenge to a decision; it happens outside and is recorded here. */
  recordJudicialReview(step: string, on: string, reason: KeptWords | null, now: Date): void {
    this.require('record-judicial-review');
    if (on > londonDate(now)) throw new InvalidReviewInput('/on', 'must not be in the future');
    this.happened('reviews.judicial-review-recorded', { step, on, ...maybe(reason) }, now, {
      judicialReview: [...this.state.judicialReview, { step, on, textId: reason?.textId ?? null }],
    });
  }

  /** `openRecommendations`: those that wait for the force; they are followed to the end first (R1.85). */
  close(openRecommendations: number, now: Date): void {
    this.require('close');
    if (openRecommendations > 0) {
      throw new ReviewRuleRefused('A recommendation is not settled yet: it is followed to the end first.');
    }
    const on = londonDate(now);
    this.happened('reviews.closed', { on }, now, { closedOn: on, stage: 'closed' });
  }

  isEnded(): boolean {
    return isReviewEnded(this.state.stage);
  }

  isPaused(): boolean {
    return this.state.pauses.some(({ to }) => to === null);
  }

  /** Requested papers that have not come. */
  missingPapers(): string[] {
    return this.state.papers.filter(({ receivedOn }) => receivedOn === null).map(({ paper }) => paper);
  }

  partiesToTell(): string[] {
    return ['applicant', 'authority', ...this.state.parties.map(({ id }) => id)];
  }

  allowed(): readonly ReviewAction[] {
    return allowedReviewActions(this.state.stage, this.isPaused());
  }

  /** The force's delay stops the clock to decide, never the one that says when it should have sent the papers. */
  private pausesFor(name: HandlingClock['name'], pauses = this.state.pauses): { from: string; to: string | null }[] {
    return pauses
      .filter(({ because }) => name === 'decide' || because !== 'waiting-on-force')
      .map(({ from, to }) => ({ from, to }));
  }

  private recounted(pauses: ReviewState['pauses'], counter: DayCounter): HandlingClock[] {
    return this.state.clocks.map((clock) => recountClock(clock, this.pausesFor(clock.name, pauses), counter));
  }

  /** How far the papers have come: a review that is taken up again goes on from there. */
  private stageOfPapers(): ReviewState['stage'] {
    const { papersRequestedOn, papersReceivedOn, allegations } = this.state;
    if (papersReceivedOn !== null) {
      return allegations.some(({ finding }) => finding !== null) ? 'in-review' : 'papers-received';
    }
    return papersRequestedOn === null ? 'valid' : 'papers-requested';
  }

  /** What the end had settled is owed again. */
  private runningAgain(counter: DayCounter): HandlingClock[] {
    const arrived = this.state.papersReceivedOn !== null;
    return this.state.clocks.map((clock) =>
      clock.metOn !== null && (clock.name === 'decide' || !arrived)
        ? recountClock({ ...clock, metOn: null }, this.pausesFor(clock.name), counter)
        : clock,
    );
  }

  /** Nothing runs on: clocks are settled and an open pause ends. */
  private stopped(on: string): Pick<ReviewState, 'clocks' | 'pauses'> {
    return {
      clocks: this.state.clocks.map((clock) => (clock.metOn === null ? { ...clock, metOn: on } : clock)),
      pauses: this.state.pauses.map((pause) => (pause.to === null ? { ...pause, to: on } : pause)),
    };
  }

  private require(action: ReviewAction): void {
    if (!this.allowed().includes(action)) throw new ReviewActionNotAllowed(action, this.state.stage);
  }

  private happened<T extends ReviewEventType>(
    type: T,
    data: ReviewEventData[T],
    now: Date,
    changes: Partial<ReviewState>,
  ): void {
    this.record({ type, schemaVersion: REVIEW_EVENT_VERSIONS[type], data, effectiveAt: now } as ReviewEvent);
    this.state = { ...this.state, ...changes, version: this.state.version + 1 };
  }
}

/** Nothing is known yet: as when a letter turns out to be an application. */
export function emptyOpening(known: Omit<ReviewOpening, 'particulars' | 'grounds'>): ReviewOpening {
  return { ...known, particulars: NO_PARTICULARS, grounds: null };
}

function factsOf(clocks: readonly HandlingClock[]): HandlingClockFact[] {
  return clocks
    .filter(({ metOn }) => metOn === null)
    .map(({ name, dueOn, policy, calendarVersion }) => ({ clock: name, dueOn, rule: policy.rule, calendarVersion }));
}

function maybe(words: KeptWords | null): KeptWords | { textId: null; textCommitment: null } {
  return words ?? { textId: null, textCommitment: null };
}
