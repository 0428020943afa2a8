import { promisesOf, publicStage, type PromiseFacts } from './public-stage';

const TODAY = '2026-11-23';
const facts = (changes: Partial<PromiseFacts> = {}): PromiseFacts => ({
  stage: 'received',
  acknowledgeBy: '2026-11-25',
  respondBy: '2026-12-18',
  updateBy: '2026-12-18',
  isAcknowledged: true,
  isAnswered: false,
  ...changes,
});

describe('what a sender is told of a case', () => {
  it.each([
    ['received', null, 'received'],
    ['triaged', null, 'received'],
    ['drafted', null, 'looking-into-it'],
    ['sent', null, 'answered'],
    ['paused', null, 'waiting'],
    ['closed', 'answered', 'closed'],
    ['closed', 'withdrawn', 'withdrawn'],
    ['no-reply-needed', null, 'closed'],
    ['quarantined', null, 'closed'],
  ])('%s (%s) is the stage %s', (status, closeReason, stage) => {
    expect(publicStage(status, closeReason)).toBe(stage);
  });

  it('names the answer, and an earlier word if there is one', () => {
    expect(promisesOf(facts(), TODAY)).toEqual([{ kind: 'reply', day: '2026-12-18' }]);
    expect(promisesOf(facts({ updateBy: '2026-12-20', isAcknowledged: false }), TODAY)).toEqual([
      { kind: 'acknowledge', day: '2026-11-25' },
      { kind: 'reply', day: '2026-12-18' },
      { kind: 'update', day: '2026-12-20' },
    ]);
  });

  it('owns up to a day that has passed', () => {
    expect(promisesOf(facts({ respondBy: '2026-11-20', updateBy: '2026-12-01' }), TODAY)).toEqual([
      { kind: 'late', day: '2026-11-20' },
      { kind: 'update', day: '2026-12-01' },
    ]);
  });

  it('promises no day while it waits, and nothing once it is answered', () => {
    expect(promisesOf(facts({ stage: 'waiting' }), TODAY)).toEqual([{ kind: 'paused', day: null }]);
    expect(promisesOf(facts({ isAnswered: true }), TODAY)).toEqual([{ kind: 'none', day: null }]);
    expect(promisesOf(facts({ respondBy: null, updateBy: null }), TODAY)).toEqual([{ kind: 'none', day: null }]);
  });
});
