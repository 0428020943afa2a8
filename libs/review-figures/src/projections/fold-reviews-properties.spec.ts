import fc from 'fast-check';
import { NO_PARTICULARS } from '@app/reviews';
import { foldReviews, type Known, type ReviewRow } from './fold-reviews';

const CASE = '11111111-1111-4111-8111-111111111111';
const MADE = '22222222-2222-4222-8222-222222222222';

type Fact = Parameters<typeof foldReviews>[2][number];

function fact(at: number, stream: string, type: string, data: object): Fact {
  const instant = new Date(Date.UTC(2026, 2, 1, 9, at));
  return {
    type,
    stream,
    office: 'west-mercia',
    data: data as Fact['data'],
    effectiveAt: instant,
    recordedAt: instant,
    position: at,
  };
}

const opened = { caseId: CASE, reference: 'WM-2026-000001-A', receivedOn: '2026-03-01', particulars: NO_PARTICULARS };
const clocks = [{ clock: 'decide', dueOn: '2026-05-01', rule: 'x', calendarVersion: 1 }];

/** A life of a review with everything that figures read, three of them at the same instant. */
const LIFE: readonly Fact[] = [
  fact(1, `case-${CASE}`, 'casework.case-opened', {
    ...{ channel: 'email', counted: true, acknowledgedOn: null },
    deadlines: [{ clock: 'acknowledge', dueOn: '2026-03-06', rule: 'x', calendarVersion: 1 }],
  }),
  fact(2, `case-${CASE}`, 'casework.acknowledged', { on: '2026-03-02' }),
  fact(3, `review-${CASE}`, 'reviews.review-opened', opened),
  fact(4, `review-${CASE}`, 'reviews.particulars-recorded', {
    particulars: { ...NO_PARTICULARS, handling: 'investigation' },
  }),
  fact(5, `review-${CASE}`, 'reviews.validity-decided', { validity: 'valid', on: '2026-03-04' }),
  fact(6, `review-${CASE}`, 'reviews.papers-requested', { on: '2026-03-05', papers: [], clocks: [] }),
  fact(7, `review-${CASE}`, 'reviews.papers-received', { on: '2026-03-20', complete: true, papers: [], clocks }),
  fact(8, `review-${CASE}`, 'reviews.paused', { from: '2026-03-23', because: 'waiting-on-force', clocks: [] }),
  fact(9, `review-${CASE}`, 'reviews.resumed', { on: '2026-03-25', clocks }),
  fact(10, `review-${CASE}`, 'reviews.allegation-added', { allegationId: 'a', category: 'other' }),
  fact(11, `review-${CASE}`, 'reviews.finding-recorded', {
    allegationId: 'a',
    finding: 'not-reasonable-and-proportionate',
  }),
  fact(12, `review-${CASE}`, 'reviews.submitted-for-quality-check', { outcome: 'upheld', on: '2026-04-01' }),
  fact(13, `review-${CASE}`, 'reviews.quality-check-passed', { on: '2026-04-02' }),
  fact(14, `review-${CASE}`, 'reviews.decided', { outcome: 'upheld', on: '2026-04-03' }),
  fact(15, `review-${CASE}`, 'reviews.decision-issued', { on: '2026-04-03' }),
  fact(16, `recommendation-${MADE}`, 'reviews.recommendation-made', {
    caseId: CASE,
    type: 'remedy',
    on: '2026-04-03',
    dueOn: '2026-05-01',
  }),
  fact(17, `recommendation-${MADE}`, 'reviews.recommendation-answered', { response: 'accepted', on: '2026-04-20' }),
  fact(18, `recommendation-${MADE}`, 'reviews.recommendation-implemented', { on: '2026-04-28' }),
  fact(19, `review-${CASE}`, 'reviews.closed', { on: '2026-04-30' }),
];

interface Held {
  current: Map<string, ReviewRow>;
  known: Map<string, Known>;
  ended: ReviewRow[];
}

function foldInBatches(cuts: readonly number[]): ReviewRow[] {
  const held: Held = { current: new Map(), known: new Map(), ended: [] };
  const edges = [0, ...[...cuts].sort((a, b) => a - b), LIFE.length];
  for (const [index, from] of edges.entries()) {
    const { rows, known } = foldReviews(held.current, held.known, LIFE.slice(from, edges[index + 1] ?? LIFE.length));
    held.ended.push(...rows.filter(({ recordedTo }) => recordedTo !== null));
    // As the tables give them back: through text.
    held.current = new Map(rows.filter(({ recordedTo }) => recordedTo === null).map((row) => [CASE, copied(row)]));
    for (const each of known) held.known.set(each.key, JSON.parse(JSON.stringify(each)) as Known);
  }
  return [...held.ended, ...held.current.values()];
}

function copied(row: ReviewRow): ReviewRow {
  return { ...row, facts: JSON.parse(JSON.stringify(row.facts)) as ReviewRow['facts'] };
}

describe('the history of a review', () => {
  it('comes out the same however its events are cut into batches', () => {
    const whole = foldInBatches([]);
    fc.assert(
      fc.property(fc.array(fc.nat(LIFE.length)), (cuts) => {
        expect(foldInBatches(cuts)).toEqual(whole);
      }),
    );
  });

  it('has no gap and no overlap, and ends with everything that happened', () => {
    const rows = foldInBatches([4, 9]);
    for (const [index, row] of rows.entries()) {
      expect(row.recordedTo).toEqual(rows[index + 1]?.recordedFrom ?? null);
    }
    expect(rows.at(-1)?.facts).toMatchObject({
      ...{ stage: 'closed', handling: 'investigation', acknowledgedOn: '2026-03-02', acknowledgeBy: '2026-03-06' },
      ...{ papersReceivedOn: '2026-03-20', decideBy: '2026-05-01', outcome: 'upheld', decidedOn: '2026-04-03' },
      pauses: [{ from: '2026-03-23', to: '2026-03-25', because: 'waiting-on-force' }],
      recommendations: [{ id: MADE, response: 'accepted', implementedOn: '2026-04-28', settledOn: '2026-03-01' }],
    });
  });
});
