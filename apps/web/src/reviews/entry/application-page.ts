import { dayInWords } from '@app/kernel';
import { BODY_TESTS, type Eligibility, type ReviewView } from '@app/reviews';
import { officeInWords } from '../../worklist/worklist-choices';
import { daysInWords, validityInWords } from '../review-words';

/** What the law's tests say of an application, for its page. */
export interface ApplicationModel {
  readonly verdict: string;
  readonly isValid: boolean;
  readonly lead: string;
  readonly contradictions: readonly string[];
  readonly unknown: readonly string[];
  readonly parts: readonly { readonly title: string; readonly items: readonly RuledLine[] }[];
  readonly facts: readonly (readonly [name: string, value: string])[];
  readonly bodyTests: readonly { readonly number: number; readonly answer: string }[];
  readonly rules: string | null;
}

interface RuledLine {
  readonly rule: string;
  readonly text: string;
}

const RULES: Readonly<Record<string, string>> = {
  'appeals-2012': 'The Police (Complaints and Misconduct) Regulations 2012: an appeal',
  'reviews-2020': 'The Police (Complaints and Misconduct) Regulations 2020',
  'reviews-2025': 'The Regulations of 2020 as amended from 28 May 2025',
};
const UNKNOWN_WORDS: Readonly<Record<string, string>> = {
  recordedUnderSchedule3: 'whether the complaint was recorded under Schedule 3',
  handling: 'how it was handled',
  finalised: 'whether the force has finished',
  applicant: 'who applies',
  writtenConsent: 'whether the complainant has consented in writing',
};
const ANSWERS: Readonly<Record<string, string>> = { yes: 'Yes', no: 'No', unknown: 'Not known: counts as yes' };

/** Shows what was found and what may still be decided, each with its rule. */
export function applicationModel(view: ReviewView): ApplicationModel {
  const { eligibility, state, contradictions, unknown } = view;
  return {
    verdict: eligibility === null ? 'The particulars contradict each other' : validityInWords(eligibility.validity),
    isValid: eligibility?.validity === 'valid',
    lead: eligibility === null ? 'Put them right first.' : leadOf(eligibility),
    contradictions: contradictions.map(({ message }) => message),
    unknown: unknown.map((each) => UNKNOWN_WORDS[each] ?? each),
    parts: eligibility === null ? [] : partsOf(eligibility),
    facts: factsOf(view),
    bodyTests: BODY_TESTS.map((test, index) => ({
      number: index + 1,
      answer: ANSWERS[state.particulars.bodyTests[test]] ?? '',
    })),
    rules: eligibility?.rulesVersion ? (RULES[eligibility.rulesVersion] ?? null) : null,
  };
}

function leadOf({ count, inTime, relevantBody }: Eligibility): string {
  const body = relevantBody === 'iopc' ? 'The IOPC is the relevant review body.' : 'We are the relevant review body.';
  if (count.lastDay === null) return `${body} The time has not begun: no review-rights information was given.`;
  if (inTime === true) return `${body} It came in time: the last day is ${dayInWords(count.lastDay)}.`;
  return `${body} It came ${daysInWords(count.daysLate)} late: the last day was ${dayInWords(count.lastDay)}.`;
}

function partsOf({ reasons, discretion, duties, warnings }: Eligibility): ApplicationModel['parts'] {
  return [
    { title: 'Why', items: reasons },
    { title: 'What you may still decide', items: discretion },
    { title: 'What must be done', items: duties },
    { title: 'Look at this first', items: warnings },
  ].filter(({ items }) => items.length > 0);
}

function factsOf({
  state: { particulars: p, receivedOn, timeExtended, validity, validityDecidedOn },
}: ReviewView): [string, string][] {
  const day = (value: string | null): string => (value === null ? 'Not known' : dayInWords(value));
  const force = p.force === null ? 'Not known' : p.force === 'another-force' ? 'Another force' : officeInWords(p.force);
  return [
    ['First received', dayInWords(receivedOn)],
    ['Force', p.forceReference === null ? force : `${force}, ${p.forceReference}`],
    ['Complaint made', day(p.complaintMadeOn)],
    ['Outcome letter dated', day(p.letterDatedOn)],
    ['Told of the right to a review', day(p.reviewRightsNotifiedOn)],
    ...(p.receivedByWrongBodyOn === null
      ? []
      : ([['Received by another body', day(p.receivedByWrongBodyOn)]] as [string, string][])),
    ...(p.forwardedOn === null ? [] : ([['Sent on to us', day(p.forwardedOn)]] as [string, string][])),
    ...(timeExtended === null ? [] : ([['Time extended', dayInWords(timeExtended.on)]] as [string, string][])),
    ...(validity === null
      ? []
      : ([['Decided', `${validityInWords(validity)}, ${day(validityDecidedOn)}`]] as [string, string][])),
  ];
}
