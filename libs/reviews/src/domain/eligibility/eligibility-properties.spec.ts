import fc from 'fast-check';
import { addDays, daysBetween } from '@app/kernel';
import { checkEligibility } from './eligibility';
import {
  APPLICANTS,
  BODY_TEST_ANSWERS,
  BODY_TESTS,
  HANDLINGS,
  INVESTIGATORS,
  type BodyTestAnswer,
  type BodyTestAnswers,
  type EligibilityFacts,
} from './eligibility-facts';
import { VALIDITIES } from './validity';
import { VALIDITY_TESTS } from './validity-tests';

const answers: fc.Arbitrary<BodyTestAnswers> = fc.record(
  Object.fromEntries(
    BODY_TESTS.map((test) => [test, fc.constantFrom<BodyTestAnswer>('no', 'no', 'no', ...BODY_TEST_ANSWERS)]),
  ) as Record<keyof BodyTestAnswers, fc.Arbitrary<BodyTestAnswer>>,
);
const after = (most: number): fc.Arbitrary<number | null> => fc.option(fc.integer({ min: 0, max: most }));

/** Facts that do not contradict each other, from 2017 to 2030, leap years and both changes of the clocks among them. */
const facts: fc.Arbitrary<EligibilityFacts> = fc
  .record({
    complaint: fc.integer({ min: 0, max: 4700 }),
    isComplaintKnown: fc.boolean(),
    notified: after(120),
    received: fc.integer({ min: 0, max: 200 }),
    wrongBody: after(200),
    forwarded: after(40),
    earlier: after(400),
    force: fc.constantFrom('West Mercia Police', null, ''),
    recordedUnderSchedule3: fc.boolean(),
    handling: fc.constantFrom(...HANDLINGS),
    investigationBy: fc.constantFrom(undefined, null, ...INVESTIGATORS),
    finalised: fc.boolean(),
    applicant: fc.constantFrom(...APPLICANTS),
    writtenConsent: fc.constantFrom(undefined, null, true, false),
    bodyTests: answers,
  })
  .map((drawn) => {
    const complaint = addDays('2017-06-01', drawn.complaint);
    const from = (day: string, days: number | null): string | null => (days === null ? null : addDays(day, days));
    const wrongBody = from(complaint, drawn.wrongBody);
    return {
      force: drawn.force,
      complaintMadeOn: drawn.isComplaintKnown ? complaint : null,
      recordedUnderSchedule3: drawn.recordedUnderSchedule3,
      handling: drawn.handling,
      investigationBy: drawn.investigationBy,
      finalised: drawn.finalised,
      reviewRightsNotifiedOn: from(complaint, drawn.notified),
      receivedOn: addDays(complaint, drawn.received),
      receivedByWrongBodyOn: wrongBody,
      forwardedOn: wrongBody === null ? null : from(wrongBody, drawn.forwarded),
      applicant: drawn.applicant,
      writtenConsent: drawn.writtenConsent,
      bodyTests: drawn.bodyTests,
      relatesToEarlierMatterBefore: drawn.earlier === null ? null : addDays(complaint, -drawn.earlier),
    };
  });

const notified = facts.filter(({ reviewRightsNotifiedOn }) => reviewRightsNotifiedOn !== null);
const direct = notified.map((each) => ({ ...each, receivedByWrongBodyOn: null, forwardedOn: null }));

describe('every application', () => {
  it('has an answer, the first obstacle of the order, with a reason for each and a rule for every text', () => {
    fc.assert(
      fc.property(facts, (given) => {
        const answer = checkEligibility(given);
        const ranks = answer.obstacles.map((each) => VALIDITIES.indexOf(each));
        expect(ranks).toEqual([...new Set(ranks)].sort((a, b) => a - b));
        expect(answer.validity).toBe(answer.obstacles[0] ?? 'valid');
        expect(answer.duties).toHaveLength(answer.obstacles.length);
        for (const obstacle of answer.obstacles) {
          const rule = VALIDITY_TESTS.find(({ validity }) => validity === obstacle)?.rule;
          const rules = answer.reasons.map((reason) => reason.rule);
          expect(rules.some((each) => each === rule || (rule === 'R1.32' && each === 'R1.33'))).toBe(true);
        }
        for (const { rule, text } of [...answer.reasons, ...answer.discretion, ...answer.duties, ...answer.warnings]) {
          expect(rule).toMatch(/^R1\.\d{1,2}$/);
          expect(text).toMatch(/^[A-Z].*\.$/);
        }
      }),
    );
  });

  it('R1.20 is in time exactly until 28 days after the notice', () => {
    fc.assert(
      fc.property(direct, fc.integer({ min: 0, max: 60 }), (given, days) => {
        const start = given.reviewRightsNotifiedOn ?? '';
        const { inTime, lastDay, clock, count } = checkEligibility({ ...given, receivedOn: addDays(start, days) });
        expect(inTime).toBe(days <= 28);
        expect(daysBetween(start, lastDay ?? '')).toBe(28);
        expect(clock).toBe(days <= 28 ? 'running' : 'expired');
        expect(count.daysLate).toBe(Math.max(0, days - 28));
      }),
    );
  });

  it('R1.22 that is late stays late when it is received later', () => {
    fc.assert(
      fc.property(direct, fc.integer({ min: 1, max: 90 }), (given, days) => {
        const now = checkEligibility(given);
        const later = checkEligibility({ ...given, receivedOn: addDays(given.receivedOn, days) });
        expect(later.inTime === true && now.inTime === false).toBe(false);
        expect(later.count.daysLate).toBeGreaterThanOrEqual(now.count.daysLate);
        const others = (each: typeof now): string[] => each.obstacles.filter((obstacle) => obstacle !== 'out-of-time');
        expect(others(later)).toEqual(others(now));
      }),
    );
  });

  it('R1.24 is judged by its first receipt at another body, with the formula of the regulation', () => {
    const transit = notified.filter((each) => (each.forwardedOn ?? null) !== null);
    fc.assert(
      fc.property(transit, (given) => {
        const answer = checkEligibility(given);
        const [first, forwarded] = [given.receivedByWrongBodyOn ?? '', given.forwardedOn ?? ''];
        expect(answer.inTime).toBe(
          checkEligibility({ ...given, receivedOn: first, receivedByWrongBodyOn: null, forwardedOn: null }).inTime,
        );
        expect(answer.madeOn).toBe(forwarded);
        expect(addDays(answer.madeOn, -answer.count.excludedDays) <= (answer.lastDay ?? '')).toBe(answer.inTime);
      }),
    );
  });

  it('R1.32 is the same whether a test is unknown or yes', () => {
    const yesFor = (given: BodyTestAnswers): BodyTestAnswers =>
      Object.fromEntries(
        BODY_TESTS.map((test) => [test, given[test] === 'unknown' ? 'yes' : given[test]]),
      ) as unknown as BodyTestAnswers;
    fc.assert(
      fc.property(facts, (given) => {
        const unknown = checkEligibility(given);
        const yes = checkEligibility({ ...given, bodyTests: yesFor(given.bodyTests) });
        expect([yes.relevantBody, yes.obstacles]).toEqual([unknown.relevantBody, unknown.obstacles]);
      }),
    );
  });

  it('R1.32 never comes back from the IOPC for another yes', () => {
    fc.assert(
      fc.property(facts, fc.constantFrom(...BODY_TESTS), (given, test) => {
        const more = checkEligibility({ ...given, bodyTests: { ...given.bodyTests, [test]: 'yes' } });
        expect([more.relevantBody, more.obstacles.includes('wrong-body')]).toEqual(['iopc', true]);
      }),
    );
  });

  it('R1.20 without a notice has no last day, and is never late', () => {
    fc.assert(
      fc.property(facts, (given) => {
        const answer = checkEligibility({ ...given, reviewRightsNotifiedOn: null });
        expect(answer).toMatchObject({ clock: 'not-started', lastDay: null, inTime: null });
        expect(answer.obstacles).not.toContain('out-of-time');
      }),
    );
  });
});
