export { InvalidEligibilityFacts } from './domain/eligibility/check-facts';
export {
  reviewDecisionTable,
  VALID_EXAMPLE,
  type DecisionRow,
  type DecisionTable,
  type WorkedExample,
} from './domain/eligibility/decision-table';
export { checkEligibility, type Eligibility } from './domain/eligibility/eligibility';
export {
  APPLICANTS,
  BODY_TEST_ANSWERS,
  BODY_TESTS,
  HANDLINGS,
  INVESTIGATORS,
  type ApplicantRole,
  type BodyTest,
  type BodyTestAnswer,
  type BodyTestAnswers,
  type EligibilityFacts,
  type EligibilitySettings,
  type Handling,
  type Investigator,
} from './domain/eligibility/eligibility-facts';
export { BODY_TEST_WORDS, bodyTestNumber, type RelevantBody } from './domain/eligibility/relevant-body';
export { RULES_VERSIONS, rulesVersion, type RulesVersion } from './domain/eligibility/rules-version';
export { REVIEW_TIME_LIMIT_DAYS, type ReviewClock, type ReviewDayCount } from './domain/eligibility/time-limit';
export { VALIDITIES, type Obstacle, type Validity } from './domain/eligibility/validity';
export { VALIDITY_TESTS, type RuledText, type ValidityTest } from './domain/eligibility/validity-tests';
