import { decisionFields, REASONS_FOR_PARTY, type DecisionFacts } from './decision-words';

const FACTS: DecisionFacts = {
  outcome: 'upheld',
  force: 'West Mercia Police',
  papers: ['Complaint record and log'],
  allegations: [
    {
      category: 'Delivery of duties and service',
      text: 'Nobody rang back.\n\nMy daughter was ill at home.',
      finding: 'not-reasonable-and-proportionate',
      reasons: 'The log shows **no call** to the daughter’s ward.',
      evidence: ['Complaint record and log, page 3'],
    },
    {
      category: 'Individual behaviours',
      text: 'The officer was rude.',
      finding: 'reasonable-and-proportionate',
      reasons: 'The video was watched.',
      evidence: [],
    },
  ],
  observations: ['Ring back\nwithin a day.'],
  recommendations: [{ type: 'Remedy the dissatisfaction', text: 'Apologise\nin writing.', answerBy: '2026-03-30' }],
};
const whole = (fields: object): string => Object.values(fields).join('\n');

describe('R1.55: what each reader of a decision may see', () => {
  it('tells the applicant everything: what they said, what was found, why and where it is seen', () => {
    const fields = decisionFields(FACTS, 'applicant');
    expect(fields.decisionAllegations).toBe(
      [
        '## Allegation 1: Delivery of duties and service',
        'You said:',
        '> Nobody rang back.\n> My daughter was ill at home.',
        '**What we found.** The outcome of this part of the complaint, or the way it was reached, was not reasonable and proportionate.',
        '**Why.**',
        'The log shows **no call** to the daughter’s ward.',
        'We saw this in: Complaint record and log, page 3.',
        '## Allegation 2: Individual behaviours',
        'You said:',
        '> The officer was rude.',
        '**What we found.** The outcome of this part of the complaint was reasonable and proportionate.',
        '**Why.**',
        'The video was watched.',
      ].join('\n\n'),
    );
    expect(fields.decisionRecommendations).toBe(
      '- **Remedy the dissatisfaction.** Apologise in writing. The force should answer by Monday 30 March 2026.',
    );
    expect(fields.decisionFeedback).toBe('- Ring back within a day.');
  });

  it('tells the authority findings, observations and recommendations, and speaks of the complainant', () => {
    const fields = decisionFields(FACTS, 'authority');
    expect(whole(fields)).toContain('The complainant said:');
    expect(whole(fields)).not.toMatch(/\byour?\b/i);
    expect([fields.decisionFeedback, fields.decisionRecommendations]).not.toContain(null);
  });

  it('tells other persons the decision and nothing of the applicant’s circumstances', () => {
    const text = whole(decisionFields(FACTS, 'party'));
    expect(text).toContain('Allegation 1: Delivery of duties and service. The outcome of this part');
    expect(text).toContain(REASONS_FOR_PARTY);
    for (const secret of ['daughter', 'rang back', 'video', 'Ring back', 'Apologise', 'page 3']) {
      expect(text).not.toContain(secret);
    }
  });
});

describe('R1.60: what a decision means', () => {
  it.each(['upheld', 'not-upheld', 'not-upheld-with-feedback'] as const)('says what %s does not mean', (outcome) => {
    const { decisionMeaning, decisionOutcome } = decisionFields({ ...FACTS, outcome }, 'applicant');
    expect(decisionMeaning).toMatch(/does not decide whether an officer/);
    expect(decisionMeaning).toMatch(/does not mean that/);
    expect(decisionOutcome).toMatch(outcome === 'upheld' ? /\*\*uphold\*\*/ : /\*\*do not uphold\*\*/);
    expect(/feedback/.test(decisionOutcome)).toBe(outcome === 'not-upheld-with-feedback');
  });
});
