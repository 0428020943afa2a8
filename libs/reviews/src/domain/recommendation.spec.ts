import { countDeadline, HolidayCalendar, type DeadlinePolicy } from '@app/kernel';
import type { Handling } from './eligibility/eligibility-facts';
import { Learning } from './learning';
import { isTypeAllowed, Recommendation, type RecommendationType } from './recommendation';
import { isResponseOverdue, responseDueOn, statusOf } from './recommendation-state';
import { Review, emptyOpening } from './review';
import type { DayCounter } from './review-clock';
import { InvalidReviewInput, ReviewRuleRefused } from './review.errors';
import type { ReviewState } from './review-state';

const POLICY: DeadlinePolicy = {
  rule: 'response-28-calendar-days',
  unit: 'calendar-days',
  count: 28,
  region: 'england-and-wales',
  dayZero: 'receipt',
  rollForward: 'none',
  startedBy: 'Recommendation made',
  source: 'R1.82',
};
const CALENDAR = new HolidayCalendar({ version: 3, holidays: [] });
const COUNTER: DayCounter = {
  calendarVersion: 3,
  dueOn: (policy, from, pauses) => countDeadline(policy, from, CALENDAR, pauses).deadline,
};
const REMEDY: RecommendationType = { key: 'remedy', handlings: ['investigation', 'otherwise-than-by-investigation'] };
const INVESTIGATE: RecommendationType = { key: 'investigate', handlings: ['otherwise-than-by-investigation'] };
const CASE_TO_ANSWER: RecommendationType = { key: 'case-to-answer', handlings: ['investigation'] };
const on = (day: string): Date => new Date(`${day}T12:00:00Z`);
const words = (id: string): { textId: string; textCommitment: string } => ({ textId: id, textCommitment: `c-${id}` });

function aReview(changes: Partial<ReviewState> = {}, handling: Handling | null = 'investigation'): ReviewState {
  const known = { id: 'case', office: 'west-mercia', reference: 'WM-2026-000123-K', receivedOn: '2026-02-02' };
  const opened = Review.open(emptyOpening(known), on('2026-02-02')).snapshot();
  const allegations = [
    { id: 'a1', category: 'other', textId: 't', finding: null, findingTextId: null, evidence: [] },
  ] as const;
  const particulars = { ...opened.particulars, handling };
  return { ...opened, particulars, allegations, stage: 'decided', outcome: 'upheld', ...changes };
}

function make(
  review: ReviewState = aReview(),
  type: RecommendationType = REMEDY,
  allegation: string | null = null,
): Recommendation {
  const making = { id: 'r1', type, allegation, by: 'reviewer', policy: POLICY, words: words('t1') };
  return Recommendation.make(review, making, COUNTER, on('2026-03-02'));
}

describe('a recommendation', () => {
  it('R1.8 is made only on a review that is upheld, once it is decided and until it is closed', () => {
    for (const stage of ['decided', 'issued'] as const)
      expect(make(aReview({ stage })).releaseEvents()).toHaveLength(1);
    for (const stage of ['valid', 'in-review', 'quality-check', 'checked', 'closed', 'withdrawn'] as const) {
      expect(() => make(aReview({ stage }))).toThrow(ReviewRuleRefused);
    }
    for (const outcome of ['not-upheld', 'not-upheld-with-feedback', null] as const) {
      expect(() => make(aReview({ outcome }))).toThrow(ReviewRuleRefused);
    }
  });

  it.each([
    ['investigation', REMEDY, true],
    ['investigation', INVESTIGATE, false],
    ['investigation', CASE_TO_ANSWER, true],
    ['otherwise-than-by-investigation', REMEDY, true],
    ['otherwise-than-by-investigation', INVESTIGATE, true],
    ['otherwise-than-by-investigation', CASE_TO_ANSWER, false],
    [null, REMEDY, true],
    [null, INVESTIGATE, false],
    [null, CASE_TO_ANSWER, false],
  ] as const)('R1.8 after %s takes only what the law allows', (handling, type, isAllowed) => {
    expect(isTypeAllowed(type, handling)).toBe(isAllowed);
    const attempt = (): unknown => make(aReview({}, handling), type);
    if (isAllowed) expect(attempt).not.toThrow();
    else expect(attempt).toThrow(InvalidReviewInput);
  });

  it('R1.82 made on Monday 2 March 2026 is to be answered by Monday 30 March 2026', () => {
    const made = make();
    expect(responseDueOn(made.snapshot().clock)).toBe('2026-03-30');
    expect(isResponseOverdue(made.snapshot(), '2026-03-30')).toBe(false);
    expect(isResponseOverdue(made.snapshot(), '2026-03-31')).toBe(true);
    const [event] = made.releaseEvents();
    expect(event).toMatchObject({
      type: 'reviews.recommendation-made',
      data: { on: '2026-03-02', dueOn: '2026-03-30', rule: 'response-28-calendar-days', calendarVersion: 3 },
    });
  });

  it('R1.82 is extended to a later day only, and keeps what was counted', () => {
    const made = make();
    expect(() => made.extend('2026-03-30', words('t2'), on('2026-03-20'))).toThrow(InvalidReviewInput);
    made.extend('2026-04-10', words('t2'), on('2026-03-20'));
    const { clock } = made.snapshot();
    expect([clock.countedTo, responseDueOn(clock)]).toEqual(['2026-03-30', '2026-04-10']);
    expect(() => made.extend('2026-04-05', words('t3'), on('2026-03-21'))).toThrow(InvalidReviewInput);
    expect(isResponseOverdue(made.snapshot(), '2026-04-10')).toBe(false);
  });

  it('R1.81 is settled by a rejection with reasons', () => {
    const made = make();
    made.recordResponse('rejected', '2026-03-18', '2026-03-19', words('t2'), on('2026-03-20'));
    expect([statusOf(made.snapshot()), made.snapshot().settledOn]).toEqual(['rejected', '2026-03-20']);
    expect(made.allowed()).toEqual([]);
  });

  it('R1.80 asks whether the applicant has the response, until somebody says so', () => {
    const made = make();
    made.recordResponse('rejected', '2026-03-18', null, words('t2'), on('2026-03-20'));
    expect(made.allowed()).toEqual(['record-sent-to-applicant']);
    made.recordSentToApplicant('2026-03-21', on('2026-03-22'));
    expect(made.snapshot().response?.sentToApplicantOn).toBe('2026-03-21');
    expect(made.allowed()).toEqual([]);
  });

  it.each(['accepted', 'part'] as const)('R1.85 %s is followed until it is implemented', (response) => {
    const made = make();
    made.recordResponse(response, '2026-03-18', '2026-03-18', words('t2'), on('2026-03-18'));
    expect([statusOf(made.snapshot()), made.snapshot().settledOn]).toEqual(['awaiting-implementation', null]);
    // Once it is answered, nothing is overdue any more.
    expect(isResponseOverdue(made.snapshot(), '2027-01-01')).toBe(false);
    made.recordImplementation('2026-04-01', words('t3'), on('2026-04-02'));
    expect([statusOf(made.snapshot()), made.snapshot().settledOn]).toEqual(['implemented', '2026-04-02']);
  });

  it('R1.84 does not bind the force: what it accepted may be recorded as not implemented, with the reason', () => {
    const made = make();
    expect(() => made.recordNotImplemented(words('t2'), on('2026-03-18'))).toThrow();
    made.recordResponse('accepted', '2026-03-18', '2026-03-18', words('t2'), on('2026-03-18'));
    made.recordNotImplemented(words('t3'), on('2026-05-01'));
    expect([statusOf(made.snapshot()), made.snapshot().settledOn]).toEqual(['not-implemented', '2026-05-01']);
  });

  it('refuses days in the future and before it was made, and records nothing', () => {
    const made = make();
    made.releaseEvents();
    for (const day of ['2026-03-01', '2026-03-21']) {
      expect(() => made.recordResponse('accepted', day, null, words('t'), on('2026-03-20'))).toThrow(
        InvalidReviewInput,
      );
    }
    expect(made.releaseEvents()).toEqual([]);
  });

  it('is about an allegation of this review, or about the whole', () => {
    expect(make(aReview(), REMEDY, 'a1').snapshot().allegation).toBe('a1');
    expect(() => make(aReview(), REMEDY, 'another')).toThrow(InvalidReviewInput);
  });

  it('is counted again by a new holiday calendar only while it is waited for and was not extended', () => {
    const later: DayCounter = { calendarVersion: 4, dueOn: () => '2026-03-31' };
    const made = make();
    made.recount(later, 'version 4', on('2026-03-10'));
    expect(responseDueOn(made.snapshot().clock)).toBe('2026-03-31');
    const extended = make();
    extended.extend('2026-04-10', words('t2'), on('2026-03-20'));
    extended.recount(later, 'version 4', on('2026-03-21'));
    expect(responseDueOn(extended.snapshot().clock)).toBe('2026-04-10');
  });
});

describe('organisational learning', () => {
  const about = { id: 'l1', theme: 'timeliness', by: 'reviewer', words: words('t1') };

  it('R1.70 is suggested on a review that is dealt with on its merits, whatever its outcome', () => {
    for (const stage of ['valid', 'in-review', 'issued', 'closed'] as const) {
      expect(Learning.suggest(aReview({ stage, outcome: null }), about, on('2026-03-02')).snapshot().theme).toBe(
        'timeliness',
      );
    }
    for (const stage of ['received', 'invalid', 'forwarded', 'returned'] as const) {
      expect(() => Learning.suggest(aReview({ stage }), about, on('2026-03-02'))).toThrow(ReviewRuleRefused);
    }
  });

  it('R1.70 owes no answer; what the force says is noted with its day', () => {
    const learning = Learning.suggest(aReview(), about, on('2026-03-02'));
    expect(() => learning.noteFeedback('2026-03-01', words('t2'), on('2026-03-09'))).toThrow(InvalidReviewInput);
    learning.noteFeedback('2026-03-08', words('t2'), on('2026-03-09'));
    expect(learning.snapshot().feedback).toEqual([{ on: '2026-03-08', textId: 't2' }]);
  });
});
