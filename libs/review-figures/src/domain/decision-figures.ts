import { inTime, inWords } from './application-figures';
import { daysTaken, type DayUnit } from './measures';
import {
  all,
  isWithin,
  onDay,
  part,
  type Counted,
  type ReviewFigureDefinition,
  type ReviewFrame,
} from './review-figure';
import type { ReviewFacts } from './review-facts';

type Figure = ReviewFigureDefinition;

const COMPLETED =
  'A review is completed on the day of its decision; its letters go out then or within days (see “Decided, letters not yet issued”).';
const NET =
  'Net: days on which the clock was paused, as for criminal proceedings or while the force was waited for, are taken off.';

const OUTCOMES = [
  ['upheld', 'Upheld', 'the outcome of the complaint was not reasonable and proportionate'],
  ['not-upheld', 'Not upheld', 'the outcome of the complaint was reasonable and proportionate'],
  [
    'not-upheld-with-feedback',
    'Not upheld, with feedback to the force',
    'the outcome was reasonable and proportionate and something was fed back to the force',
  ],
] as const;

const FINDINGS = [
  ['not-reasonable-and-proportionate', 'Allegations: outcome not reasonable and proportionate'],
  ['reasonable-and-proportionate', 'Allegations: outcome reasonable and proportionate'],
] as const;

/** What was decided. */
export function decisionFigures(): Figure[] {
  const section = 'Decisions';
  const common = { section, isAtEnd: false } as const;
  return [
    {
      ...common,
      key: 'completed',
      title: 'Completed',
      definition: `Reviews decided on their merits in the period, by the day of the decision. ${COMPLETED}`,
      unit: 'reviews',
      measure: 'count',
      select: (reviews, frame) => all(completed(reviews, frame)),
    },
    ...OUTCOMES.map(([outcome, title, meaning]): Figure => ({
      ...common,
      key: outcome,
      title,
      definition: `Of the reviews completed in the period, those in which ${meaning}.`,
      unit: 'share',
      measure: 'share',
      select: (reviews, frame) => part(completed(reviews, frame), ({ review }) => review.outcome === outcome),
    })),
    ...FINDINGS.map(([finding, title]): Figure => ({
      ...common,
      key: `allegations-${finding}`,
      title,
      definition: `Of all allegations of the reviews completed in the period, those with this finding. A review has several (R1.61).`,
      unit: 'share',
      measure: 'share',
      select: (reviews, frame) => {
        const findings = completed(reviews, frame).flatMap(({ review, on }) =>
          review.allegations.map((allegation) => ({ review, on, days: 0, found: allegation.finding })),
        );
        return { outOf: findings, counted: findings.filter(({ found }) => found === finding) };
      },
    })),
    {
      ...common,
      key: 'decided-in-time',
      title: 'Decided in time',
      definition:
        'Of the reviews whose decision was due in the period, those decided on or before that day: 28 working days from the day on which all papers had come, or what the standard in force then says, later by any pause. One that is not decided and not yet past its day is neither a hit nor a miss; one that was withdrawn or sent on is left out.',
      unit: 'share',
      measure: 'share',
      select: (reviews, frame) =>
        inTime(
          reviews,
          frame,
          ({ decideBy }) => decideBy,
          ({ decidedOn }) => decidedOn,
          isUndecided,
        ),
    },
    {
      ...common,
      key: 'quality-checked',
      title: 'Quality checks done',
      definition:
        'Reviews that a second person checked in the period and found sound. One that was checked anew counts once for each check.',
      unit: 'reviews',
      measure: 'count',
      select: (reviews, frame) => all(eachDay(reviews, frame, ({ checkedOn }) => checkedOn)),
    },
    {
      ...common,
      key: 'sent-back',
      title: 'Sent back after the quality check',
      definition: 'How often a second person wanted more before a decision, in the period.',
      unit: 'reviews',
      measure: 'count',
      select: (reviews, frame) => all(eachDay(reviews, frame, ({ sentBackOn }) => sentBackOn)),
    },
  ];
}

/** How long it took: from receipt and from the papers, gross and net, average and median, in both kinds of days. */
export function timeFigures(): Figure[] {
  const figures: Figure[] = [];
  for (const start of ['receipt', 'papers'] as const) {
    for (const span of ['gross', 'net'] as const) {
      for (const measure of ['average', 'median'] as const) {
        for (const unit of ['calendar-days', 'working-days'] as const) {
          figures.push({
            key: `from-${start}-${measure}-${unit}-${span}`,
            section: 'Time to decide',
            title: `From ${start === 'receipt' ? 'receipt' : 'the papers'}, ${span}: ${measure} ${inWords(unit)}`,
            definition: `Of the reviews completed in the period, the ${measure} number of ${inWords(unit)} from ${
              start === 'receipt' ? 'receipt of the application' : 'the day on which all papers had come'
            } to the decision. The first day is day 0. ${span === 'net' ? NET : 'Gross: pauses are not taken off.'}${
              start === 'papers' ? ' A review decided without papers is left out.' : ''
            }`,
            unit,
            measure,
            isAtEnd: false,
            select: (reviews, frame) => all(timed(reviews, frame, start, unit, span === 'net')),
          });
        }
      }
    }
  }
  return figures;
}

function completed(reviews: readonly ReviewFacts[], frame: ReviewFrame): Counted[] {
  return onDay(reviews, frame, ({ decidedOn }) => decidedOn);
}

function timed(
  reviews: readonly ReviewFacts[],
  frame: ReviewFrame,
  start: 'receipt' | 'papers',
  unit: DayUnit,
  isNet: boolean,
): Counted[] {
  return completed(reviews, frame).flatMap(({ review, on }) => {
    const from = start === 'receipt' ? review.receivedOn : review.papersReceivedOn;
    if (from === null || from > on) return [];
    return [{ review, on, days: daysTaken(unit, from, on, frame.calendar, isNet ? review.pauses : []) }];
  });
}

function eachDay(
  reviews: readonly ReviewFacts[],
  frame: ReviewFrame,
  daysOf: (review: ReviewFacts) => readonly string[],
): Counted[] {
  return reviews.flatMap((review) =>
    daysOf(review)
      .filter((on) => isWithin(on, frame))
      .map((on) => ({ review, on, days: 0 })),
  );
}

function isUndecided({ withdrawnOn, forwardedOn, validity }: ReviewFacts): boolean {
  return withdrawnOn === null && forwardedOn === null && validity === 'valid';
}
