import { stepsOf, type ReviewStep } from './review-steps';

type State = Parameters<typeof stepsOf>[0];
const STATE: State = {
  stage: 'received',
  receivedOn: '2026-03-02',
  validity: null,
  validityDecidedOn: null,
  authorityNotifiedOn: null,
  parties: [],
  papersRequestedOn: null,
  papersReceivedOn: null,
  qualityCheck: null,
  decidedOn: null,
  issuedOn: null,
  closedOn: null,
  forwardedOn: null,
  withdrawn: null,
};
const AROUND = { acknowledgedOn: '2026-03-03', openRecommendations: 0 };
const by = (steps: readonly ReviewStep[], state: string): string[] =>
  steps.filter((step) => step.state === state).map(({ name }) => name);

describe('the steps of a review (domain rules 1.13)', () => {
  it('show what is done, what is being done and what comes', () => {
    const steps = stepsOf(STATE, AROUND);
    expect(by(steps, 'done')).toEqual(['Received', 'Acknowledged']);
    expect(by(steps, 'current')).toEqual(['Validity decided']);
    expect(by(steps, 'next')).toHaveLength(9);
  });

  it('do not count the notices as done while a party is not told', () => {
    const party = { id: 'p', role: 'interested-person', notifiedOn: null } as const;
    const told = { ...STATE, stage: 'valid', validity: 'valid', authorityNotifiedOn: '2026-03-04' } as const;
    expect(by(stepsOf(told, AROUND), 'current')).toEqual(['Papers requested']);
    expect(by(stepsOf({ ...told, parties: [party] }, AROUND), 'current')).toEqual(['Force and parties notified']);
  });

  it('wait for recommendations after the decision is issued', () => {
    const issued = { ...STATE, stage: 'issued', issuedOn: '2026-04-01', decidedOn: '2026-04-01' } as const;
    expect(by(stepsOf(issued, { ...AROUND, openRecommendations: 2 }), 'done')).not.toContain('Recommendations settled');
    expect(by(stepsOf(issued, AROUND), 'done')).toContain('Recommendations settled');
  });

  it.each([
    ['withdrawn', { withdrawn: { what: 'review', on: '2026-03-09' } }, 'Withdrawn', '2026-03-09'],
    ['forwarded', { forwardedOn: '2026-03-05' }, 'Forwarded to the body that must decide it', '2026-03-05'],
    ['invalid', { validity: 'premature', validityDecidedOn: '2026-03-06' }, 'Closed as not valid', '2026-03-06'],
    ['returned', {}, 'Back to ordinary correspondence', null],
  ] as const)('end early where it is %s', (stage, changes, name, on) => {
    const steps = stepsOf({ ...STATE, ...changes, stage }, AROUND);
    expect(steps.at(-1)).toEqual({ name, state: 'done', words: 'Done', on });
    expect(by(steps, 'current')).toEqual([]);
  });
});
