import { BODY_TESTS, type BodyTest, type BodyTestAnswers } from './eligibility-facts';

export type RelevantBody = 'local-policing-body' | 'iopc';

/** Each test as a statement that would make the review the IOPC's (Police Reform Act 2002, Schedule 3, paragraph 30). */
export const BODY_TEST_WORDS: Readonly<Record<BodyTest, string>> = {
  authorityIsLocalPolicingBody:
    'the appropriate authority is the local policing body itself, as for a complaint about the chief constable',
  seniorOfficer: 'the complaint is about the conduct of a senior officer, above the rank of chief superintendent',
  cannotExcludeSeriousMatter:
    'the force cannot satisfy itself, from the complaint alone, that the conduct, if proved, would not justify ' +
    'criminal or disciplinary proceedings, or would not infringe the rights to life and to freedom from torture and ' +
    'inhuman or degrading treatment (Articles 2 and 3)',
  referredOrMustBe: 'the complaint has been, or must be, referred to the IOPC',
  treatedAsReferred: 'the IOPC is treating the complaint as referred to it',
  sameIncident: 'it arises from the same incident as a complaint to which one of tests 2 to 5 applies',
  anyPart: 'a part of the complaint falls under one of tests 2 to 6, and so the whole review does',
};

/** R1.32: the local policing body only where all seven tests are no. Not knowing is not being satisfied. */
export function relevantBody(answers: BodyTestAnswers): RelevantBody {
  return testsMet(answers).length === 0 ? 'local-policing-body' : 'iopc';
}

/** The tests that make it the IOPC's: those answered yes, and those that nobody could answer. */
export function testsMet(answers: BodyTestAnswers): readonly BodyTest[] {
  return BODY_TESTS.filter((test) => answers[test] !== 'no');
}

/** The number under which R1.30 lists a test: 1 to 7. */
export function bodyTestNumber(test: BodyTest): number {
  return BODY_TESTS.indexOf(test) + 1;
}
