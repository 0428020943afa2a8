import { addDays, londonDate } from '@app/kernel';
import { systemCaller } from '@app/platform';
import { keepInformed } from '../case-answer';
import type { LivedCase, World } from '../world';
import { PastReview } from './past-review';
import { particularsFor, type Fate } from './review-fates';
import { ReviewDecision } from './review-decision';
import { paperDays } from './review-pace';

/** Every case that is sorted as a review becomes one, and one that is sorted as something else ceases to be. */
export function followTriage(world: World, lived: LivedCase, at: Date): void {
  const { worked, review } = lived;
  const then = { at, by: systemCaller('reviews.follow-triage', worked.id) };
  const isReview = worked.state.kind === 'review';
  if (isReview && review === null) lived.review = PastReview.open(world.log, worked, world.reviews.times, then);
  else if (isReview && review?.state.stage === 'returned')
    review.act(then, (own) => own.reconsider(null, review.times.counter, at));
  else if (!isReview && review?.state.stage === 'received') {
    review.act(then, (own) => own.returnToCorrespondence(null, at));
  }
}

/** What becomes of an application from the day on which somebody takes it up. */
export function liveReview(world: World, lived: LivedCase, reviewer: string, now: Date): void {
  const { review } = lived;
  if (review === null) return;
  const { dice, fates } = world.reviews;
  const fate = fates.draw();
  const isOnMerits = fate.includes('upheld');
  new ReviewLife(world, lived, review, reviewer, fate, isOnMerits && dice.chance(0.03)).begin(now);
}

class ReviewLife {
  constructor(
    private readonly world: World,
    private readonly lived: LivedCase,
    private readonly review: PastReview,
    private readonly reviewer: string,
    private readonly fate: Fate,
    private readonly isLetIn: boolean,
  ) {}

  begin(now: Date): void {
    const { world, lived, review, reviewer } = this;
    const { dice } = world.reviews;
    this.acknowledge(now);
    if (lived.worked.state.closedAt !== null) return;
    review.act(this.then(now), (own) => own.assign(reviewer, false, now));
    review.act(this.then(now), (own) => own.declareIndependence(reviewer, true, null, now));
    keepInformed(world, lived, reviewer, londonDate(now), addDays(londonDate(now), 60));
    const isFast = this.fate === 'forwarded';
    world.step(lived, now, isFast ? 0 : dice.int(0, 2), (at) => {
      this.recordParticulars(at);
      world.step(lived, at, isFast ? dice.weighted([0, 1, 3], (d) => [5, 3, 0, 1][d] ?? 1) : dice.int(0, 3), (then) =>
        this.test(then),
      );
    });
  }

  private acknowledge(now: Date): void {
    const { world, lived, reviewer } = this;
    const { dice } = world.reviews;
    const { worked } = lived;
    if (worked.state.acknowledgedAt !== null) return;
    world.step(lived, now, dice.chance(0.55) ? dice.int(0, 1) : dice.int(4, 8), async (at) => {
      if (worked.state.closedAt !== null || worked.state.acknowledgedAt !== null) return;
      world.deliver(lived, await worked.acknowledgeByPerson(world.then(at, reviewer, worked.state.office)), at);
    });
  }

  private recordParticulars(at: Date): void {
    const { review, world } = this;
    const particulars = particularsFor(this.fate, this.isLetIn, review.state, world.reviews.dice);
    const { rulesVersion } = review.assess(particulars);
    review.act(this.then(at), (own) => own.recordParticulars(particulars, rulesVersion, null, at));
  }

  /** Whether it is the office's, in time and enough to go on with. */
  private async test(at: Date): Promise<void> {
    const { world, lived, review, fate } = this;
    const { dice, words } = world.reviews;
    if (fate === 'forwarded') return this.forward(at);
    if (fate === 'insufficient-information') {
      this.pause('waiting-on-applicant', at);
      world.step(lived, at, dice.int(8, 13), (then) => {
        review.act(this.then(then), (own) => own.resume(review.times.counter, then));
        this.refuse('insufficient-information', then);
      });
      return;
    }
    if (fate === 'out-of-time') return this.refuse('out-of-time', at);
    if (this.isLetIn) {
      const kept = review.keep(words.reasons.extended);
      review.act(this.then(at), (own) => own.extendTime(this.reviewer, review.assessment, kept, at));
    }
    review.act(this.then(at), (own) => own.decideValidity('valid', review.assessment, this.reviewer, null, at));
    world.step(lived, at, dice.int(1, 4), (then) => this.askForPapers(then));
  }

  private async forward(at: Date): Promise<void> {
    const { world, lived, review, reviewer } = this;
    const { worked, contact } = lived;
    const kept = review.keep(world.reviews.words.reasons.forwarded);
    review.act(this.then(at), (own) => own.forward('iopc', review.state.receivedOn, review.assessment, kept, at));
    const by = world.then(at, reviewer, worked.state.office);
    if (worked.may('forward')) {
      const how = { destination: 'iopc', reason: world.reviews.words.reasons.forwarded, consent: false };
      const sent = await worked.forward({ ...how, itemId: contact.itemId, text: contact.text }, by);
      for (const message of sent) world.deliver(lived, message, at);
    }
    if (worked.may('close')) worked.close('forwarded', by);
  }

  private refuse(validity: 'out-of-time' | 'insufficient-information', at: Date): void {
    const { world, lived, review, reviewer } = this;
    const { worked } = lived;
    const { words, dice } = world.reviews;
    const kept = validity === 'out-of-time' ? null : review.keep(words.reasons[validity]);
    review.act(this.then(at), (own) => own.decideValidity(validity, review.assessment, reviewer, kept, at));
    const by = world.then(at, reviewer, worked.state.office);
    if (worked.may('send')) worked.sendSpoken('letter', words.invalid[validity], by);
    world.step(lived, at, dice.int(4, 16), (then) => {
      if (!review.may('close') || !worked.may('close')) return;
      review.act(this.then(then), (own) => own.close(0, then));
      worked.close('answered', world.then(then, reviewer, worked.state.office));
    });
  }

  private askForPapers(at: Date): void {
    const { world, lived, review } = this;
    const { dice } = world.reviews;
    const { particulars, office } = review.state;
    const parties = dice.chance(0.3)
      ? [review.addParty('person-complained-against', `Officer ${String(dice.int(1000, 9999))}`, this.then(at))]
      : [];
    review.act(this.then(at), (own) => own.notifyParties(true, parties, at));
    const papers = review.times.papersOf(particulars.handling ?? '');
    const policy = review.policy('papers');
    review.act(this.then(at), (own) => own.requestPapers(papers, policy, review.times.counter, at));
    const days = paperDays(office, dice);
    if (this.fate === 'withdrawn') {
      world.step(lived, at, Math.max(1, days - 1), (then) => this.withdraw(then));
      return;
    }
    if (days > 11) world.step(lived, at, 11, (then) => this.chase(then, days > 16));
    const isInParts = dice.chance(0.2) && days > 3;
    if (isInParts) world.step(lived, at, days - 2, (then) => this.receive(papers.slice(0, 4), then));
    world.step(lived, at, days, (then) => {
      if (review.state.pauses.some(({ to }) => to === null)) {
        review.act(this.then(then), (own) => own.resume(review.times.counter, then));
      }
      this.receive(papers, then);
      this.giveTime(then);
      new ReviewDecision(world, lived, review, this.reviewer, this.fate).begin(then);
    });
  }

  private chase(at: Date, isLong: boolean): void {
    const { review, world } = this;
    if (!review.may('chase-papers')) return;
    review.act(this.then(at), (own) => own.chasePapers(at));
    if (isLong && world.reviews.dice.chance(0.5)) this.pause('waiting-on-force', at);
  }

  private receive(papers: readonly string[], at: Date): void {
    const { review } = this;
    const policy = review.policy('decide');
    const on = londonDate(at);
    review.act(this.then(at), (own) => own.recordPapers(papers, on, false, policy, review.times.counter, at));
  }

  /** The answer to the applicant is due with the decision, which is counted from the papers. */
  private giveTime(at: Date): void {
    const { world, lived, review, reviewer } = this;
    const { worked } = lived;
    const due = worked.state.deadlines.find(({ clock, metOn }) => clock === 'reply' && metOn === null)?.dueOn ?? null;
    const decideBy = review.state.clocks.find(({ name }) => name === 'decide')?.dueOn ?? null;
    if (due === null || decideBy === null || decideBy <= due || !worked.may('extend')) return;
    worked.extend('reply', decideBy, 'Counted from the day on which the papers came.', {
      ...world.then(at, reviewer, worked.state.office),
    });
  }

  private withdraw(at: Date): void {
    const { world, lived, review, reviewer } = this;
    const kept = review.keep(world.reviews.words.reasons.withdrawn);
    review.act(this.then(at), (own) => own.withdraw('review', kept, at));
    const { worked } = lived;
    if (worked.may('close')) worked.close('withdrawn', world.then(at, reviewer, worked.state.office));
  }

  private pause(because: 'waiting-on-force' | 'waiting-on-applicant', at: Date): void {
    const { review, world } = this;
    const kept = review.keep(world.reviews.words.reasons.pauses[because]);
    review.act(this.then(at), (own) => own.pause(because, kept, review.times.counter, at));
  }

  private then(at: Date): ReturnType<World['then']> {
    return this.world.then(at, this.reviewer, this.review.state.office);
  }
}
