import { VALID_EXAMPLE } from './decision-table';
import { checkEligibility } from './eligibility';
import { BODY_TEST_ANSWERS, BODY_TESTS, type BodyTestAnswer, type BodyTestAnswers } from './eligibility-facts';

const NONE = VALID_EXAMPLE.bodyTests;
const check = (changes: Partial<BodyTestAnswers>): ReturnType<typeof checkEligibility> =>
  checkEligibility({ ...VALID_EXAMPLE, bodyTests: { ...NONE, ...changes } });

/** All 3^7 ways to answer the seven tests. */
function everyAnswer(): BodyTestAnswer[][] {
  return BODY_TESTS.reduce<BodyTestAnswer[][]>(
    (rows) => rows.flatMap((row) => BODY_TEST_ANSWERS.map((answer) => [...row, answer])),
    [[]],
  );
}

describe('The relevant review body', () => {
  it('R1.32 is the local policing body in one of the 2,187 combinations, all no, and the IOPC in every other', () => {
    const rows = everyAnswer();
    expect(rows).toHaveLength(2187);
    const wrong = rows.filter((row) => {
      const bodyTests = Object.fromEntries(BODY_TESTS.map((test, index) => [test, row[index]])) as BodyTestAnswers;
      const { relevantBody, validity, reasons } = checkEligibility({ ...VALID_EXAMPLE, bodyTests });
      const met = row.filter((answer) => answer !== 'no').length;
      const expected = met === 0 ? ['local-policing-body', 'valid', 4] : ['iopc', 'wrong-body', met];
      return [relevantBody, validity, reasons.length].join() !== expected.join();
    });
    expect(wrong).toEqual([]);
  });

  it.each(BODY_TESTS.map((test, index) => [index + 1, test] as const))(
    'R1.32 test %i (%s) alone, answered yes or unknown, makes it the IOPC’s',
    (number, test) => {
      for (const answer of ['yes', 'unknown'] as const) {
        const { relevantBody, validity, reasons, duties } = check({ [test]: answer });
        expect([relevantBody, validity]).toEqual(['iopc', 'wrong-body']);
        expect(reasons.map(({ text }) => text)).toEqual([expect.stringContaining(`Test ${number} makes the IOPC`)]);
        expect(reasons[0]?.text.includes('What is not known counts as yes')).toBe(answer === 'unknown');
        expect(duties.map(({ rule }) => rule)).toEqual(['R1.40']);
      }
    },
  );

  it('R1.33 sends the whole review to the IOPC for one part of the complaint', () => {
    const { relevantBody, reasons } = check({ anyPart: 'yes' });
    expect(relevantBody).toBe('iopc');
    expect(reasons).toEqual([{ rule: 'R1.33', text: expect.stringContaining('the whole review does') }]);
  });

  it('R1.40 says that it must be forwarded and that the applicant is told both things', () => {
    expect(check({ seniorOfficer: 'yes' }).duties[0]?.text).toMatch(/Forward it to the IOPC.*both.*forwarded/);
  });

  it('R1.40 is said of a late one too: the IOPC decides about the time', () => {
    const late = checkEligibility({
      ...VALID_EXAMPLE,
      receivedOn: '2025-05-06',
      bodyTests: { ...NONE, seniorOfficer: 'yes' },
    });
    expect(late.validity).toBe('wrong-body');
    expect(late.obstacles).toEqual(['wrong-body', 'out-of-time']);
    expect(late.discretion.find(({ rule }) => rule === 'R1.25')?.text).toMatch(/^The IOPC may extend/);
  });

  it('R1.34 names the force, and leaves it to people to pass on another force’s (R1.44)', () => {
    const own = checkEligibility(VALID_EXAMPLE, { ownForce: 'west mercia police' });
    expect(own).toMatchObject({ relevantForce: 'West Mercia Police', discretion: [] });
    const other = checkEligibility(VALID_EXAMPLE, { ownForce: 'Staffordshire Police' });
    expect(other).toMatchObject({ relevantForce: 'West Mercia Police', validity: 'valid' });
    expect(other.discretion).toEqual([{ rule: 'R1.34', text: expect.stringContaining('R1.44') }]);
    expect(checkEligibility({ ...VALID_EXAMPLE, force: ' ' }, { ownForce: 'X' }).relevantForce).toBeNull();
  });
});
