import type { Finding, Outcome } from '@app/reviews';
import { checkerOf } from '../staff';
import type { LivedCase, World } from '../world';
import type { PastReview } from './past-review';
import type { Fate } from './review-fates';
import { followDecision } from './review-aftermath';
import { allegationCount, reviewDays } from './review-pace';

/** From the papers to the decision, and what follows it. */
export class ReviewDecision {
  constructor(
    private readonly world: World,
    private readonly lived: LivedCase,
    private readonly review: PastReview,
    private readonly reviewer: string,
    private readonly fate: Fate,
  ) {}

  begin(papers: Date): void {
    const { world, lived, review } = this;
    const { dice } = world.reviews;
    const days = reviewDays(dice);
    world.step(lived, papers, Math.min(days - 3, dice.int(1, 4)), (at) => this.addAllegations(at));
    const isPaused = dice.chance(0.04) && days > 9;
    const wait = isPaused ? dice.int(15, 45) : 0;
    if (isPaused) {
      const { counter } = review.times;
      world.step(lived, papers, 5, (at) => {
        const kept = review.keep(world.reviews.words.reasons.pauses['criminal-proceedings']);
        review.act(this.then(at), (own) => own.pause('criminal-proceedings', kept, counter, at));
      });
      world.step(lived, papers, 5 + wait, (at) => review.act(this.then(at), (own) => own.resume(counter, at)));
    }
    world.step(lived, papers, days + wait - 2, (at) => this.find(at));
    world.step(lived, papers, days + wait, (at) => this.submit(at));
  }

  private addAllegations(at: Date): void {
    const { review, world } = this;
    const { dice, words } = world.reviews;
    for (let left = allegationCount(dice); left > 0; left--) {
      const kept = review.keep(dice.pick(words.allegations));
      const category = dice.pick(review.times.allegationCategories);
      review.act(this.then(at), (own) => own.addAllegation(world.log.newId(), category, kept, at));
    }
  }

  /** R1.61: at least one allegation of an upheld review was not dealt with reasonably, and none of any other. */
  private find(at: Date): void {
    const { review, world } = this;
    const { dice, words } = world.reviews;
    const papers = review.state.papers.map(({ paper }) => paper);
    for (const [index, { id }] of review.state.allegations.entries()) {
      const isBad = this.fate === 'upheld' && (index === 0 || dice.chance(0.3));
      const finding: Finding = isBad ? 'not-reasonable-and-proportionate' : 'reasonable-and-proportionate';
      const kept = review.keep(dice.pick(words.findings[finding]));
      const evidence = [{ paper: dice.pick(papers), page: String(dice.int(1, 90)) }];
      review.act(this.then(at), (own) => own.recordFinding(id, finding, evidence, kept, at));
    }
    const note = review.keep(JSON.stringify(words.test));
    review.act(this.then(at), (own) => own.noteTest(note, at));
  }

  private submit(at: Date): void {
    const { world, lived, review, reviewer } = this;
    const { dice, words } = world.reviews;
    const outcome = this.fate as Outcome;
    const observations = outcome === 'not-upheld-with-feedback' || (outcome === 'upheld' && dice.chance(0.3)) ? 1 : 0;
    const kept = observations === 1 ? [review.keep(dice.pick(words.observations)).textId] : [];
    review.act(this.then(at), (own) => own.submitForQualityCheck(outcome, kept, reviewer, at));
    const isSentBack = dice.chance(0.07);
    world.step(lived, at, dice.int(1, 4), (then) => {
      const checker = checkerOf(review.state.office, reviewer);
      const by = world.then(then, checker, review.state.office);
      if (!isSentBack) {
        review.act(by, (own) => own.passQualityCheck(checker, false, then));
        world.step(lived, then, dice.int(1, 4), (decided) => this.decide(decided));
        return;
      }
      const reason = review.keep(dice.pick(words.sendBacks));
      review.act(by, (own) => own.sendBack(checker, reason, then));
      world.step(lived, then, dice.int(2, 4), (again) => this.submit(again));
    });
  }

  private decide(at: Date): void {
    const { world, lived, review, reviewer } = this;
    review.act(this.then(at), (own) => own.decide(reviewer, false, at));
    world.step(lived, at, world.reviews.dice.int(1, 4), (then) => this.issue(then));
  }

  private issue(at: Date): void {
    const { world, lived, review, reviewer } = this;
    const { worked } = lived;
    const { dice, words } = world.reviews;
    const channel = worked.correspondent.email === null ? ('letter' as const) : ('email' as const);
    const letters = [
      { party: 'applicant', documentId: null, channel },
      { party: 'authority', documentId: null, channel: 'email' as const },
    ];
    review.act(this.then(at), (own) => own.issueDecision(letters, at));
    if (worked.may('send')) worked.sendSpoken('letter', words.decision, this.then(at));
    followDecision(world, lived, review, reviewer, at);
    world.step(lived, at, dice.int(2, 6), (then) => this.close(then));
  }

  private close(at: Date): void {
    const { world, lived, review } = this;
    const { worked } = lived;
    if (review.openParts() > 0) {
      world.step(lived, at, 10, (then) => this.close(then));
      return;
    }
    if (!review.may('close') || !worked.may('close')) return;
    review.act(this.then(at), (own) => own.close(0, at));
    worked.close('answered', this.then(at));
  }

  private then(at: Date): ReturnType<World['then']> {
    return this.world.then(at, this.reviewer, this.review.state.office);
  }
}
