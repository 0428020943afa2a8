import { mayFollow, mayHaveAnotherLink, type FollowFacts } from './follow-rules';

const facts: FollowFacts = {
  status: 'in-progress',
  answerable: true,
  riskLevel: 'none',
  isRiskConfirmed: false,
  isRestricted: false,
  email: 'asha.ferris@post.example',
  safeContactNote: null,
  isSenderUnconfirmed: false,
  isOwnMailbox: false,
};

describe('who may follow a case', () => {
  it('is the sender of an ordinary case, open or closed', () => {
    expect(mayFollow(facts)).toBe(true);
    expect(mayFollow({ ...facts, status: 'closed', riskLevel: 'medium' })).toBe(true);
    expect(mayFollow({ ...facts, riskLevel: 'critical', isRiskConfirmed: true })).toBe(true);
  });

  it.each<Partial<FollowFacts>>([
    { status: 'quarantined' },
    { answerable: false },
    { email: null },
    { safeContactNote: 'Never write by e-mail.' },
    { isRestricted: true },
    { isSenderUnconfirmed: true },
    { isOwnMailbox: true },
    { riskLevel: 'high' },
    { riskLevel: 'critical' },
  ])('is nobody with %j', (changes) => {
    expect(mayFollow({ ...facts, ...changes })).toBe(false);
  });

  it('gets three links an hour and eight a day at most', () => {
    expect([mayHaveAnotherLink(2, 7), mayHaveAnotherLink(3, 3), mayHaveAnotherLink(0, 8)]).toEqual([
      true,
      false,
      false,
    ]);
  });
});
