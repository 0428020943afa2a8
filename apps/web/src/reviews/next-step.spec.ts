import { NO_PARTICULARS, type ReviewView } from '@app/reviews';
import { nextStepOf, type NextStepContext } from './next-step';

const ALLEGATION = { id: 'a', category: 'c', text: 't', finding: null, reasons: null, evidence: [] };
const CONTEXT: NextStepContext = {
  today: '2026-03-20',
  me: 'wren',
  openRecommendations: 0,
  isBlocked: false,
  mayCheck: true,
};
type State = Partial<ReviewView['state']>;

/** A review that wants nothing but findings, changed. */
function view(state: State, more: Partial<ReviewView> = {}): ReviewView {
  return {
    state: {
      stage: 'papers-received',
      particulars: NO_PARTICULARS,
      reviewer: 'wren',
      declarations: [{ person: 'wren', independent: true, on: '2026-03-02', textId: null }],
      authorityNotifiedOn: '2026-03-02',
      parties: [],
      papersRequestedOn: '2026-03-02',
      papersChasedOn: [],
      papersReceivedOn: '2026-03-12',
      qualityCheck: null,
      ...state,
    },
    clocks: [],
    allegations: [],
    test: null,
    allowedActions: [],
    ...more,
  } as unknown as ReviewView;
}
const papersDue = (dueOn: string): Partial<ReviewView> =>
  ({ clocks: [{ name: 'papers', dueOn, metOn: null }] }) as unknown as Partial<ReviewView>;
const found = { ...ALLEGATION, finding: 'reasonable-and-proportionate' as const };
const note = { complaint: 'a', handling: 'b', lawAndGuidance: 'c', conclusion: 'd' };

describe('what comes next in a review', () => {
  it.each<[string | null, State, Partial<ReviewView>]>([
    ['eligibility', { stage: 'received' }, {}],
    ['resume', {}, { allowedActions: ['resume'] }],
    ['assign-reviewer', { reviewer: null }, {}],
    ['declare-independence', { declarations: [] }, {}],
    [null, { declarations: [], reviewer: 'somebody' }, {}],
    ['notify-parties', { authorityNotifiedOn: null }, {}],
    ['request-papers', { stage: 'valid', papersRequestedOn: null, papersReceivedOn: null }, {}],
    ['record-papers', { stage: 'papers-requested', papersReceivedOn: null }, papersDue('2026-03-20')],
    ['chase-papers', { stage: 'papers-requested', papersReceivedOn: null }, papersDue('2026-03-19')],
    [
      'record-papers',
      { stage: 'papers-requested', papersReceivedOn: null, papersChasedOn: ['2026-03-19'] },
      papersDue('2026-03-18'),
    ],
    ['add-allegation', {}, {}],
    ['record-finding', {}, { allegations: [found, ALLEGATION] }],
    ['note-test', { stage: 'in-review' }, { allegations: [found] }],
    ['submit-for-quality-check', { stage: 'in-review' }, { allegations: [found], test: note }],
    [null, { stage: 'quality-check' }, {}],
    ['pass-quality-check', { stage: 'quality-check', reviewer: 'somebody' }, {}],
    ['decide', { stage: 'checked' }, {}],
    ['letters', { stage: 'decided' }, {}],
    ['close', { stage: 'issued' }, {}],
    [null, { stage: 'closed' }, {}],
  ])('is %s where it is %j', (action, state, more) => {
    expect(nextStepOf(view(state, more), CONTEXT).action).toBe(action);
  });

  it('never offers the reviewer’s own acts to somebody who must not review', () => {
    const blocked = { ...CONTEXT, isBlocked: true };
    expect(nextStepOf(view({ declarations: [] }), blocked).action).toBeNull();
    expect(nextStepOf(view({ stage: 'quality-check', reviewer: 'somebody' }), blocked).action).toBeNull();
  });
});
