import type { Handling } from '../../domain/eligibility/eligibility-facts';
import { NO_PARTICULARS, type Particulars } from '../../domain/review-state';
import { IMPORT_FIELDS, type ImportMapping } from './import-fields';
import { readDay, readPauses, readYesNo, type ReadPause } from './read-cells';

export const IMPORT_STAGES = ['received', 'valid', 'papers-requested', 'papers-received'] as const;
export type ImportStage = (typeof IMPORT_STAGES)[number];

/** A review as the old list has it. */
export interface PlannedReview {
  readonly oldReference: string;
  readonly receivedOn: string;
  readonly applicant: {
    readonly name: string;
    readonly email: string | null;
    readonly phone: string | null;
    readonly postcode: string | null;
  };
  readonly subject: string;
  readonly grounds: string | null;
  readonly particulars: Particulars;
  readonly acknowledgedOn: string | null;
  readonly timeExtendedOn: string | null;
  readonly validOn: string | null;
  readonly forceNotifiedOn: string | null;
  readonly stage: ImportStage;
  /** An id. */
  readonly reviewer: string | null;
  readonly reviewerName: string | null;
  readonly papersRequestedOn: string | null;
  readonly papersReceivedOn: string | null;
  readonly pauses: readonly ReadPause[];
}

export interface PlanContext {
  readonly today: string;
  readonly office: string;
  /** Who may review for the office. */
  readonly reviewers: readonly { readonly id: string; readonly name: string }[];
}

export type RowPlan =
  | { readonly oldReference: string | null; readonly planned: PlannedReview; readonly problems: readonly [] }
  | { readonly oldReference: string | null; readonly planned: null; readonly problems: readonly string[] };

const DAYS = [
  'receivedOn',
  'complaintMadeOn',
  'letterDatedOn',
  'rightsNotifiedOn',
  'acknowledgedOn',
  'timeExtendedOn',
  'validOn',
  'forceNotifiedOn',
  'papersRequestedOn',
  'papersReceivedOn',
] as const;
type DayField = (typeof DAYS)[number];
const AFTER_RECEIPT: readonly DayField[] = [
  'acknowledgedOn',
  'timeExtendedOn',
  'validOn',
  'forceNotifiedOn',
  'papersRequestedOn',
  'papersReceivedOn',
];
const STAGE_NAMES: readonly (readonly [pattern: RegExp, stage: ImportStage])[] = [
  [/review|allegation|assess/i, 'papers-received'],
  [/papers? received|file received|bundle received/i, 'papers-received'],
  [/papers? requested|file requested|bundle requested|awaiting papers|await/i, 'papers-requested'],
  [/^valid/i, 'valid'],
  [/received|new|acknowledged/i, 'received'],
];

/** Reads one line. Everything that is wrong with it is named, so that it can be put right in one go. */
export function planRow(
  headers: readonly string[],
  cells: readonly string[],
  mapping: ImportMapping,
  context: PlanContext,
): RowPlan {
  const problems: string[] = [];
  const text = (key: string): string => {
    const at = headers.indexOf(mapping[key] ?? '\0');
    return at < 0 ? '' : (cells[at] ?? '').trim();
  };
  const nameOf = (key: string): string => mapping[key] ?? IMPORT_FIELDS.find((each) => each.key === key)?.name ?? key;
  const say = (key: string, message: string): void => void problems.push(`${nameOf(key)}: ${message}`);
  for (const { key, isRequired } of IMPORT_FIELDS) if (isRequired && text(key) === '') say(key, 'is missing');

  const days = Object.fromEntries(DAYS.map((key) => [key, dayIn(key, text(key), context.today, say)])) as Record<
    DayField,
    string | null
  >;
  const { receivedOn, validOn, papersRequestedOn, papersReceivedOn } = days;
  for (const key of AFTER_RECEIPT) {
    const day = days[key];
    if (receivedOn !== null && day !== null && day < receivedOn) say(key, 'is before the day of receipt');
  }
  if (validOn && papersRequestedOn && papersRequestedOn < validOn)
    say('papersRequestedOn', 'is before it was found valid');
  if (papersRequestedOn && papersReceivedOn && papersReceivedOn < papersRequestedOn)
    say('papersReceivedOn', 'is before the papers were asked for');

  const stage = stageIn(text('stage'), say);
  if (stage !== null) requireDaysOf(stage, days, say);
  const handling = handlingIn(text('handling'), say);
  const yesNo = (key: string): boolean | null => {
    const value = text(key) === '' ? null : readYesNo(text(key));
    if (text(key) !== '' && value === null) say(key, 'must be yes or no');
    return value;
  };
  const recordedUnderSchedule3 = yesNo('schedule3');
  const finalised = yesNo('finalised');
  const pauses = pausesIn(text('pauses'), receivedOn, context.today, say);
  const reviewer = reviewerIn(text('reviewer'), context, say);
  const email = text('applicantEmail');
  if (email !== '' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) say('applicantEmail', 'is no email address');
  if (text('oldReference').length > 100) say('oldReference', 'must be 100 characters or fewer');

  const oldReference = text('oldReference') || null;
  if (problems.length > 0 || receivedOn === null || stage === null || oldReference === null) {
    return { oldReference, planned: null, problems };
  }
  const particulars: Particulars = {
    ...NO_PARTICULARS,
    ...{ force: context.office, forceReference: text('forceReference').slice(0, 100) || null, handling },
    ...{ complaintMadeOn: days.complaintMadeOn, recordedUnderSchedule3, finalised, letterDatedOn: days.letterDatedOn },
    ...{ reviewRightsNotifiedOn: days.rightsNotifiedOn, applicant: 'complainant' },
    // The old office has decided that the review is its own: what another body must decide is not on its list.
    bodyTests: ALL_NO,
  };
  return {
    oldReference,
    problems: [],
    planned: {
      ...{ oldReference, receivedOn, stage, particulars, pauses, reviewer: reviewer?.id ?? null },
      applicant: {
        name: text('applicantName').slice(0, 200),
        email: email || null,
        phone: text('applicantPhone').slice(0, 50) || null,
        postcode: text('applicantPostcode').slice(0, 20) || null,
      },
      subject: text('subject').slice(0, 300) || 'Application for a review',
      grounds: text('grounds') || null,
      reviewerName: reviewer?.name ?? null,
      ...{ acknowledgedOn: days.acknowledgedOn, timeExtendedOn: days.timeExtendedOn, validOn },
      ...{ forceNotifiedOn: days.forceNotifiedOn, papersRequestedOn, papersReceivedOn },
    },
  };
}

const ALL_NO: Particulars['bodyTests'] = {
  authorityIsLocalPolicingBody: 'no',
  seniorOfficer: 'no',
  cannotExcludeSeriousMatter: 'no',
  referredOrMustBe: 'no',
  treatedAsReferred: 'no',
  sameIncident: 'no',
  anyPart: 'no',
};

type Say = (key: string, message: string) => void;

function dayIn(key: string, text: string, today: string, say: Say): string | null {
  if (text === '') return null;
  const day = readDay(text);
  if (day === null || day < '1990-01-01') say(key, 'is no day: write it as 2026-03-02 or 02/03/2026');
  else if (day > today) say(key, 'is in the future');
  else return day;
  return null;
}

function stageIn(text: string, say: Say): ImportStage | null {
  if (text === '') return null;
  const plain = text.replaceAll('-', ' ');
  if (/closed|decided|issued|withdrawn|invalid|upheld|complete/i.test(plain)) {
    say('stage', 'only open reviews are taken over');
    return null;
  }
  const stage = STAGE_NAMES.find(([pattern]) => pattern.test(plain))?.[1] ?? null;
  if (stage === null) say('stage', 'must be received, valid, papers requested, papers received or in review');
  return stage;
}

/** The days without which a stage cannot have been reached. */
function requireDaysOf(stage: ImportStage, days: Readonly<Record<DayField, string | null>>, say: Say): void {
  const at = IMPORT_STAGES.indexOf(stage);
  if (at >= 1 && days.validOn === null) say('validOn', 'is missing, though the review has come further');
  if (at >= 2 && days.papersRequestedOn === null)
    say('papersRequestedOn', 'is missing, though the review has come further');
  if (at >= 3 && days.papersReceivedOn === null) say('papersReceivedOn', 'is missing, though the papers are there');
  if (at < 1 && days.validOn !== null) say('validOn', 'has a day, though the stage is before that');
  if (at < 2 && days.papersRequestedOn !== null) say('papersRequestedOn', 'has a day, though the stage is before that');
  if (at < 3 && days.papersReceivedOn !== null) say('papersReceivedOn', 'has a day, though the stage is before that');
}

function handlingIn(text: string, say: Say): Handling | null {
  if (text === '') return null;
  if (/otherwise|other than|not investigat|non.?investigat|proportionate/i.test(text))
    return 'otherwise-than-by-investigation';
  if (/investigat/i.test(text)) return 'investigation';
  say('handling', 'must be investigation, or otherwise than by investigation');
  return null;
}

function pausesIn(text: string, receivedOn: string | null, today: string, say: Say): readonly ReadPause[] {
  if (text === '') return [];
  const pauses = readPauses(text);
  if (pauses === null) {
    say('pauses', 'must read like 2026-03-02 to 2026-03-16 waiting on force, several with semicolons between them');
    return [];
  }
  pauses.forEach(({ from, to }, index) => {
    const before = pauses[index - 1];
    if ((receivedOn !== null && from < receivedOn) || from > today || (to !== null && to > today)) {
      say('pauses', 'lie before the receipt or in the future');
    } else if (to !== null && to < from) say('pauses', 'one ends before it begins');
    else if (before && (before.to === null || before.to > from)) say('pauses', 'lie over each other');
  });
  return pauses;
}

function reviewerIn(
  text: string,
  { reviewers }: PlanContext,
  say: Say,
): { readonly id: string; readonly name: string } | null {
  if (text === '') return null;
  const found = reviewers.filter(({ id, name }) => id === text || name.toLowerCase() === text.toLowerCase());
  if (found.length === 1) return found[0] ?? null;
  say(
    'reviewer',
    found.length === 0 ? `nobody called ${text} may review for this office` : `several people are called ${text}`,
  );
  return null;
}
