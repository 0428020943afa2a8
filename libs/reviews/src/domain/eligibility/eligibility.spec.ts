import { reviewDecisionTable, VALID_EXAMPLE } from './decision-table';
import { checkEligibility, type Eligibility } from './eligibility';
import type { EligibilityFacts } from './eligibility-facts';
import { VALIDITIES, type Obstacle } from './validity';
import { VALIDITY_TESTS } from './validity-tests';

const check = (changes: Partial<EligibilityFacts>): Eligibility => checkEligibility({ ...VALID_EXAMPLE, ...changes });
const rules = (texts: readonly { readonly rule: string }[]): string[] => texts.map(({ rule }) => rule);

describe('The right to a review', () => {
  it('R1.2 exists after a complaint under Schedule 3 that was handled otherwise than by investigation', () => {
    const answer = check({});
    expect(answer).toMatchObject({ validity: 'valid', obstacles: [], duties: [], discretion: [], warnings: [] });
    expect(rules(answer.reasons)).toEqual(['R1.2', 'R1.1', 'R1.32', 'R1.20']);
  });

  it.each([undefined, null, 'authority'] as const)(
    'R1.2 exists after an investigation by the authority on its own behalf (%s)',
    (investigationBy) => {
      expect(check({ handling: 'investigation', investigationBy }).validity).toBe('valid');
    },
  );

  it('R1.3 does not exist outside Schedule 3', () => {
    const { validity, reasons } = check({ recordedUnderSchedule3: false });
    expect(validity).toBe('no-right-outside-schedule-3');
    expect(rules(reasons)).toEqual(['R1.3']);
  });

  it.each(['iopc-directed', 'iopc-independent'] as const)('R1.4 does not exist after an investigation: %s', (by) => {
    expect(check({ handling: 'investigation', investigationBy: by }).validity).toBe('no-right-iopc-led');
    expect(check({ investigationBy: by }).validity).toBe('valid');
  });

  it('R1.5 is flagged, and no more, after the accelerated procedure', () => {
    const answer = check({ acceleratedProcedure: true });
    expect(answer.validity).toBe('valid');
    expect(rules(answer.warnings)).toEqual(['R1.5']);
  });

  it('R1.8 is premature until the force has finished and has written', () => {
    expect(check({ finalised: false, reviewRightsNotifiedOn: null })).toMatchObject({
      validity: 'premature',
      clock: 'not-started',
    });
  });
});

describe('The applicant', () => {
  it('R1.1 may be the complainant, whatever is said of consent', () => {
    for (const writtenConsent of [true, false, null, undefined])
      expect(check({ applicant: 'complainant', writtenConsent }).validity).toBe('valid');
  });

  it('R1.1 may be a representative with written consent, and not without', () => {
    expect(check({ applicant: 'representative', writtenConsent: true }).validity).toBe('valid');
    for (const writtenConsent of [false, null, undefined])
      expect(check({ applicant: 'representative', writtenConsent }).validity).toBe('no-consent');
  });

  it('R1.1 may be nobody else, such as the officer complained about, even with consent', () => {
    expect(check({ applicant: 'other', writtenConsent: true }).validity).toBe('not-complainant');
  });
});

describe('Required particulars', () => {
  it('R1.10 missing ones leave a discretion to proceed', () => {
    for (const changes of [{ force: null }, { force: '  ' }, { complaintMadeOn: null }]) {
      const answer = check(changes);
      expect(answer.validity).toBe('insufficient-information');
      expect(rules(answer.discretion)).toEqual(['R1.10']);
    }
    expect(check({ force: null, complaintMadeOn: null }).reasons).toEqual([
      {
        rule: 'R1.10',
        text: 'The application does not state the force whose decision is challenged, nor the day on which the complaint was made.',
      },
    ]);
  });

  it('R1.10 a review-rights notice that was never given is not a missing particular', () => {
    expect(check({ reviewRightsNotifiedOn: null })).toMatchObject({ validity: 'valid', discretion: [] });
  });
});

describe('The decision table', () => {
  const table = reviewDecisionTable();

  it('lists every answer, in the order of precedence of the contract', () => {
    expect(table.validities.map(({ validity }) => validity)).toEqual(VALIDITIES);
    expect(VALIDITIES).toEqual([
      'pre-2020-appeal',
      'no-right-outside-schedule-3',
      'no-right-iopc-led',
      'premature',
      'not-complainant',
      'no-consent',
      'wrong-body',
      'out-of-time',
      'insufficient-information',
      'valid',
    ]);
  });

  it.each(table.validities.map((row) => [row.rule, row.validity, row] as const))(
    '%s answers its own example with %s and nothing else',
    (_rule, validity, { answer }) => {
      expect(answer.validity).toBe(validity);
      expect(answer.obstacles).toEqual(validity === 'valid' ? [] : [validity]);
    },
  );

  it('gives each pair of obstacles the answer that comes first, and the reasons of both', () => {
    const byValidity = new Map(table.validities.map((row) => [row.validity, row]));
    const ruleOf = new Map(VALIDITY_TESTS.map(({ validity, rule }) => [validity, rule]));
    // These two exclude each other: nobody is both a representative and somebody else.
    const exclusive = (one: Obstacle, other: Obstacle): boolean =>
      [one, other].sort().join() === 'no-consent,not-complainant';
    // One complaint has one date: before 2020, or none.
    const sameFact = (one: Obstacle, other: Obstacle): boolean =>
      [one, other].sort().join() === 'insufficient-information,pre-2020-appeal';
    const obstacles = VALIDITIES.filter((each) => each !== 'valid');
    for (const [index, first] of obstacles.entries()) {
      for (const second of obstacles.slice(index + 1)) {
        if (exclusive(first, second) || sameFact(first, second)) continue;
        const both = { ...byValidity.get(second)?.changes, ...byValidity.get(first)?.changes };
        // A notice was given in the premature example too, so that it can be late.
        if ([first, second].includes('out-of-time')) both.reviewRightsNotifiedOn = '2025-04-01';
        const answer = check(both);
        expect([answer.validity, ...answer.obstacles]).toEqual([first, first, second]);
        expect(rules(answer.reasons)).toEqual([ruleOf.get(first), ruleOf.get(second)]);
        expect(answer.duties).toHaveLength(2);
      }
    }
  });

  it('names every reason when everything is wrong at once', () => {
    const answer = check({
      force: null,
      complaintMadeOn: '2019-01-15',
      recordedUnderSchedule3: false,
      handling: 'investigation',
      investigationBy: 'iopc-independent',
      finalised: false,
      applicant: 'representative',
      receivedOn: '2025-05-30',
      bodyTests: { ...VALID_EXAMPLE.bodyTests, seniorOfficer: 'unknown' },
    });
    expect(answer.validity).toBe('pre-2020-appeal');
    expect(rules(answer.reasons)).toEqual(['R1.6', 'R1.3', 'R1.4', 'R1.8', 'R1.1', 'R1.32', 'R1.20', 'R1.10']);
    expect(rules(answer.discretion)).toEqual(['R1.10', 'R1.25']);
  });
});
