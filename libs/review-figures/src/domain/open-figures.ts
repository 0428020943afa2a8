import { daysBetween } from '@app/kernel';
import { inTime } from './application-figures';
import { AGE_BANDS, ageBand, daysTaken } from './measures';
import { all, isWithin, type Counted, type ReviewFigureDefinition, type ReviewFrame } from './review-figure';
import { isCounted, isOpenOn, isPausedOn, type ReviewFacts } from './review-facts';

type Figure = ReviewFigureDefinition;

const AT_END = 'at the end of the period (or today, if that is earlier)';

/** What is open at the end of the period. */
export function openFigures(): Figure[] {
  const at = (
    key: string,
    title: string,
    definition: string,
    isIn: (each: Counted, frame: ReviewFrame) => boolean,
  ): Figure =>
    openFigure(key, title, definition, (reviews, frame) =>
      all(open(reviews, frame).filter((each) => isIn(each, frame))),
    );
  return [
    at('open', 'Open', `Applications received and not decided, refused, sent on or withdrawn ${AT_END}.`, () => true),
    ...AGE_BANDS.map(({ key, from, to }) =>
      at(
        `open-${key}`,
        `Open, ${to === null ? `over ${String(from - 1)}` : `${String(from)} to ${String(to)}`} days old`,
        `Of the reviews open ${AT_END}, those received ${to === null ? `more than ${String(from - 1)}` : `${String(from)} to ${String(to)}`} calendar days before. Pauses are not taken off.`,
        ({ days }) => ageBand(days) === key,
      ),
    ),
    {
      ...openFigure(
        'oldest-open',
        'Oldest open',
        `How many calendar days ago the oldest review that is open ${AT_END} was received.`,
        (reviews, frame) => {
          const waiting = open(reviews, frame);
          const longest = Math.max(...waiting.map(({ days }) => days));
          return { counted: waiting.filter(({ days }) => days === longest), outOf: waiting };
        },
      ),
      unit: 'calendar-days',
      measure: 'longest',
    },
    at(
      'paused',
      'Paused',
      `Of the reviews open ${AT_END}, those whose clock stood still then.`,
      ({ review }, { openDay }) => isPausedOn(review, openDay),
    ),
    at(
      'overdue',
      'Past the day to decide',
      `Of the reviews open ${AT_END}, those whose decision was due on an earlier day.`,
      ({ review }, { openDay }) =>
        review.decideBy !== null && review.decideBy < openDay && !isPausedOn(review, openDay),
    ),
    openFigure(
      'decided-not-issued',
      'Decided, letters not yet issued',
      `Reviews decided by the end of the period (or today, if that is earlier) whose letters had not gone out by then.`,
      (reviews, { openDay }) =>
        all(
          reviews.flatMap((review) => {
            const { decidedOn, issuedOn } = review;
            const isWaiting = decidedOn !== null && decidedOn <= openDay && (issuedOn === null || issuedOn > openDay);
            return isWaiting && isCounted(review) ? [{ review, on: decidedOn, days: 0 }] : [];
          }),
        ),
    ),
  ];
}

/** How long the force takes with its papers. */
export function paperFigures(): Figure[] {
  const section = 'Papers from the force';
  return [
    ...(['average', 'median'] as const).flatMap((measure) =>
      (['calendar-days', 'working-days'] as const).map((unit): Figure => ({
        key: `papers-${measure}-${unit}`,
        section,
        title: `Days the force took: ${measure} ${unit === 'calendar-days' ? 'calendar days' : 'working days'}`,
        definition:
          'Of the reviews whose last paper came in the period, the days from the first request to that day. The day of the request is day 0.',
        unit,
        measure,
        isAtEnd: false,
        select: (reviews, frame) =>
          all(
            reviews.flatMap((review) => {
              const { papersRequestedOn, papersReceivedOn } = review;
              if (papersRequestedOn === null || !isWithin(papersReceivedOn, frame)) return [];
              const days = daysTaken(unit, papersRequestedOn, papersReceivedOn, frame.calendar);
              return [{ review, on: papersReceivedOn, days }];
            }),
          ),
      })),
    ),
    {
      key: 'papers-in-time',
      section,
      title: 'Papers in time',
      definition:
        'Of the reviews whose papers were due from the force in the period, those whose last paper came on or before that day: ten working days after the request, or what the standard in force then says. One whose papers have not come and are not yet past their day is neither a hit nor a miss.',
      unit: 'share',
      measure: 'share',
      isAtEnd: false,
      select: (reviews, frame) =>
        inTime(
          reviews,
          frame,
          ({ papersDueOn }) => papersDueOn,
          ({ papersReceivedOn }) => papersReceivedOn,
          (review) => isOpenOn(review, frame.asOfDay),
        ),
    },
    {
      ...openFigure(
        'papers-overdue',
        'Papers overdue',
        `Of the reviews open ${AT_END}, those whose papers had not all come though they were due on an earlier day.`,
        (reviews, frame) =>
          all(
            open(reviews, frame).filter(({ review: { papersDueOn, papersReceivedOn } }) => {
              const isMissing = papersReceivedOn === null || papersReceivedOn > frame.openDay;
              return isMissing && papersDueOn !== null && papersDueOn < frame.openDay;
            }),
          ),
      ),
      section,
    },
  ];
}

function openFigure(key: string, title: string, definition: string, select: Figure['select']): Figure {
  return { key, section: 'Open', title, definition, unit: 'reviews', measure: 'count', isAtEnd: true, select };
}

/** `days`: how old it is. */
function open(reviews: readonly ReviewFacts[], { openDay }: ReviewFrame): Counted[] {
  return reviews
    .filter((review) => isOpenOn(review, openDay))
    .map((review) => ({ review, on: review.receivedOn, days: daysBetween(review.receivedOn, openDay) }));
}
