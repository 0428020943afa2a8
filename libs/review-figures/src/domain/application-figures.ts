import { daysTaken, type DayUnit } from './measures';
import {
  all,
  isWithin,
  onDay,
  part,
  type Counted,
  type FigureChoices,
  type ReviewFigureDefinition,
  type ReviewFrame,
} from './review-figure';
import type { ReviewFacts } from './review-facts';

const SECTION = 'Applications';
const DAY_ZERO = 'The day of receipt is day 0.';

type Figure = ReviewFigureDefinition;

/** What comes in, and what is found about it before its merits. */
export function applicationFigures({ invalidReasons }: FigureChoices): Figure[] {
  return [
    figure('received', 'Received', {
      definition:
        'Applications for a review that reached the office in the period, by the day they arrived (London time). One that turned out to be something else is left out.',
      select: (reviews, frame) => all(onDay(reviews, frame, ({ receivedOn }) => receivedOn)),
    }),
    figure('acknowledged-in-time', 'Acknowledged in time', {
      definition:
        'Of the applications whose acknowledgement was due in the period, those acknowledged on or before that day: five working days after receipt, or what the standard in force then says. One made in conversation was acknowledged there and then and has no such day; one that is not acknowledged and not yet past its day is neither a hit nor a miss.',
      measure: 'share',
      select: (reviews, frame) =>
        inTime(
          reviews,
          frame,
          ({ acknowledgeBy }) => acknowledgeBy,
          ({ acknowledgedOn }) => acknowledgedOn,
        ),
    }),
    figure('valid', 'Valid', {
      definition:
        'Of the applications on whose validity it was decided in the period, sending on to another body included, those that were valid. By the day of that decision; the newest decision counts.',
      measure: 'share',
      select: (reviews, frame) => part(tested(reviews, frame), ({ review }) => review.validity === 'valid'),
    }),
    figure('invalid', 'Not valid', {
      definition:
        'Of the applications on whose validity it was decided in the period, those that were not valid, for whatever reason. One that was sent on to another body is not among them.',
      measure: 'share',
      select: (reviews, frame) => part(tested(reviews, frame), ({ review }) => isRefused(review.validity)),
    }),
    ...invalidReasons.map(({ key, name }) =>
      figure(`invalid-${key}`, `Not valid: ${name}`, {
        definition: `Of the applications on whose validity it was decided in the period, those that were not valid because: ${name}.`,
        measure: 'share',
        select: (reviews, frame) => part(tested(reviews, frame), ({ review }) => review.validity === key),
      }),
    ),
    figure('forwarded', 'Sent on to another body', {
      definition:
        'Of the applications on whose validity it was decided in the period, those that another body must decide and that were sent on to it, by the day they were sent on.',
      measure: 'share',
      select: (reviews, frame) => part(tested(reviews, frame), ({ review }) => review.forwardedOn !== null),
    }),
    figure('forwarded-in-time', 'Sent on within the target', {
      definition:
        'Of the applications sent on to another body in the period, those sent on by the day that the office sets itself: two working days after receipt, or what the standard in force then says. The law sets no number of days.',
      measure: 'share',
      select: (reviews, frame) =>
        part(forwarded(reviews, frame, 'calendar-days'), ({ review, on }) => on <= frame.forwardBy(review)),
    }),
    ...(['calendar-days', 'working-days'] as const).flatMap((unit) =>
      (['average', 'median'] as const).map((measure) =>
        figure(`forwarding-${measure}-${unit}`, `Days until sent on: ${measure} ${inWords(unit)}`, {
          definition: `Of the applications sent on to another body in the period, the ${measure} number of ${inWords(unit)} from receipt to sending on. ${DAY_ZERO} These days are the office’s own; they are left out of the applicant’s 28.`,
          measure,
          unit,
          select: (reviews, frame) => all(forwarded(reviews, frame, unit)),
        }),
      ),
    ),
    figure('withdrawn', 'Withdrawn', {
      definition: 'Reviews that the applicant withdrew in the period, alone or with the complaint.',
      select: (reviews, frame) => all(onDay(reviews, frame, ({ withdrawnOn }) => withdrawnOn)),
    }),
    figure('time-extended', 'Late, and let in', {
      definition:
        'Applications out of time for which the 28 days were extended in the period, for special circumstances and with reasons.',
      select: (reviews, frame) => all(onDay(reviews, frame, ({ timeExtendedOn }) => timeExtendedOn)),
    }),
  ];
}

/** Of what was due in the period, what was done on or before its day. Not done and not past its day: neither. */
export function inTime(
  reviews: readonly ReviewFacts[],
  frame: ReviewFrame,
  dueOn: (review: ReviewFacts) => string | null,
  doneOn: (review: ReviewFacts) => string | null,
  isWaited: (review: ReviewFacts) => boolean = () => true,
): ReturnType<typeof part> {
  const due = onDay(reviews, frame, dueOn).filter(
    ({ review, on }) => doneOn(review) !== null || (on < frame.asOfDay && isWaited(review)),
  );
  return part(due, ({ review, on }) => {
    const done = doneOn(review);
    return done !== null && done <= on;
  });
}

function figure(
  key: string,
  title: string,
  {
    definition,
    select,
    measure = 'count',
    unit = measure === 'share' ? 'share' : 'reviews',
  }: Pick<Figure, 'definition' | 'select'> & Partial<Pick<Figure, 'measure' | 'unit'>>,
): Figure {
  return { key, section: SECTION, title, definition, unit, measure, isAtEnd: false, select };
}

/** Applications on whose validity it was decided. */
function tested(reviews: readonly ReviewFacts[], frame: ReviewFrame): Counted[] {
  return onDay(reviews, frame, ({ validityDecidedOn }) => validityDecidedOn);
}

function isRefused(validity: string | null): boolean {
  return validity !== null && validity !== 'valid' && validity !== 'wrong-body';
}

function forwarded(reviews: readonly ReviewFacts[], frame: ReviewFrame, unit: DayUnit): Counted[] {
  return reviews.flatMap((review) => {
    const { forwardedOn, receivedOn } = review;
    if (!isWithin(forwardedOn, frame)) return [];
    return [{ review, on: forwardedOn, days: daysTaken(unit, receivedOn, forwardedOn, frame.calendar) }];
  });
}

export function inWords(unit: DayUnit): string {
  return unit === 'calendar-days' ? 'calendar days' : 'working days';
}
