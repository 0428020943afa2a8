import { NO_FILTER, queueHref, readQueue, toReviewFilter } from './queue-query';

describe('the address of the queue of reviews', () => {
  it('comes back as it was made, and says nothing where nothing is chosen', () => {
    const state = { office: 'west-mercia', stage: 'papers', reviewer: 'none', late: 'papers', recommendations: true };
    const query = Object.fromEntries(new URL(queueHref(state), 'http://x').searchParams);
    expect(readQueue(query)).toEqual(state);
    expect(queueHref(NO_FILTER)).toBe('/staff/reviews');
  });

  it('leaves out what makes no sense', () => {
    expect(
      readQueue({ stage: 'constructor', late: 'toString', office: ['a', 'b'], reviewer: 'x'.repeat(101) }),
    ).toEqual(NO_FILTER);
  });

  it.each([
    [{}, { stages: 'open', reviewer: null, notReviewer: null, late: null, overdue: false }],
    [{ stage: 'ended' }, { stages: 'ended' }],
    [{ stage: 'review' }, { stages: ['papers-received', 'in-review'] }],
    [{ reviewer: 'me' }, { reviewer: 'wren', notReviewer: null }],
    [{ reviewer: 'others' }, { reviewer: null, notReviewer: 'wren' }],
    [{ reviewer: 'none' }, { reviewer: 'none' }],
    [{ late: 'any' }, { overdue: true, late: null, stages: 'open' }],
    [{ late: 'decide' }, { overdue: false, late: 'decide', stages: 'open' }],
    // A recommendation outlives its review.
    [{ late: 'response' }, { late: 'response', stages: null }],
    [{ recommendations: true }, { withOpenRecommendations: true, stages: null }],
  ])('%j asks for %j', (changes, expected) => {
    expect(toReviewFilter({ ...NO_FILTER, ...changes }, 'wren')).toMatchObject(expected);
  });
});
