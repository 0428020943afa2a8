import { londonDate } from '@app/kernel';
import type { LivedCase, World } from '../world';
import type { PastReview } from './past-review';

type Acts = Readonly<{ world: World; lived: LivedCase; review: PastReview; reviewer: string }>;

/** Recommendations to the force on what is upheld, what becomes of them, and what the force could learn. */
export function followDecision(world: World, lived: LivedCase, review: PastReview, reviewer: string, at: Date): void {
  const { dice, words } = world.reviews;
  const { outcome, allegations, particulars } = review.state;
  const then = world.then(at, reviewer, review.state.office);
  const isUpheld = outcome === 'upheld';
  if (dice.chance(isUpheld ? 0.4 : outcome === 'not-upheld-with-feedback' ? 0.45 : 0.05)) {
    review.suggestLearning(dice.pick(review.times.learningThemes), dice.pick(words.learning), then);
  }
  if (!isUpheld) return;
  const bad = allegations.filter(({ finding }) => finding === 'not-reasonable-and-proportionate');
  const types = review.times.recommendationTypes
    .filter(({ handlings }) => particulars.handling !== null && handlings.includes(particulars.handling))
    .map(({ key }) => key);
  for (let left = dice.chance(0.4) ? 2 : 1; left > 0; left--) {
    // Most are remedies; some ask for another look; few for more.
    const type = dice.weighted(types, (key) => WEIGHTS[key] ?? 0.3);
    const id = review.recommend(type, dice.pick(bad).id, dice.pick(words.recommendations), then);
    respond({ world, lived, review, reviewer }, id, at);
  }
}

const WEIGHTS: Readonly<Record<string, number>> = { remedy: 10, investigate: 3, reinvestigate: 3 };

/** The force answers, mostly in its 28 days; some it lets pass, and now and then it is given longer. */
function respond(acts: Acts, id: string, made: Date): void {
  const { world, lived, review } = acts;
  const { dice, words } = world.reviews;
  const isLate = dice.chance(0.26);
  const days = isLate ? dice.int(23, 55) : dice.int(6, 19);
  if (isLate && dice.chance(0.3)) {
    world.step(lived, made, 16, (at) => {
      const to = world.hours.after(londonDate(made), 26);
      const reason = review.keep('The officer who dealt with it is on leave; the force asked for two weeks more.');
      review.actOnRecommendation(id, thenOf(acts, at), (own) => own.extend(to, reason, at));
    });
  } else if (isLate) {
    world.step(lived, made, 21, (at) => {
      review.actOnRecommendation(id, thenOf(acts, at), (own) => own.chase(true, at));
    });
  }
  world.step(lived, made, days, (at) => {
    const response = dice.weighted(RESPONSES, (each) => ({ accepted: 66, part: 14, rejected: 20 })[each]);
    const text = words.responses[RESPONSES.indexOf(response)] ?? '';
    const on = londonDate(at);
    review.actOnRecommendation(id, thenOf(acts, at), (own) =>
      own.recordResponse(response, on, dice.chance(0.8) ? on : null, review.keep(text), at),
    );
    if (response !== 'rejected') carryOut(acts, id, at);
  });
}

function carryOut(acts: Acts, id: string, answered: Date): void {
  const { world, lived, review } = acts;
  const { dice } = world.reviews;
  const isDone = dice.chance(0.92);
  world.step(lived, answered, dice.int(5, 40), (at) => {
    const words = review.keep(isDone ? 'The force sent a copy of its letter.' : 'The film no longer exists.');
    review.actOnRecommendation(id, thenOf(acts, at), (own) => {
      if (isDone) own.recordImplementation(londonDate(at), words, at);
      else own.recordNotImplemented(words, at);
    });
  });
}

const RESPONSES = ['accepted', 'part', 'rejected'] as const;

function thenOf({ world, review, reviewer }: Acts, at: Date): ReturnType<World['then']> {
  return world.then(at, reviewer, review.state.office);
}
