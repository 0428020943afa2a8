import { dayInWords } from '@app/kernel';
import type { Finding, Outcome } from '../../domain/review-state';

/** What a decision letter is made of. Texts are the reviewer's own, in the simple markup of letters. */
export interface DecisionFacts {
  readonly outcome: Outcome;
  readonly force: string | null;
  /** Names of the papers that were looked at. */
  readonly papers: readonly string[];
  readonly allegations: readonly {
    readonly category: string;
    readonly text: string;
    readonly finding: Finding;
    readonly reasons: string;
    /** "Complaint record, page 3" */
    readonly evidence: readonly string[];
  }[];
  readonly observations: readonly string[];
  readonly recommendations: readonly {
    readonly type: string;
    readonly text: string;
    readonly answerBy: string | null;
  }[];
}

/** Who reads it: each may see something else (R1.55). */
export type DecisionReader = 'applicant' | 'authority' | 'party';

/** The parts that a template of the configuration puts together; null where there is nothing of that kind. */
export interface DecisionFields {
  readonly decisionForce: string;
  readonly decisionOutcome: string;
  readonly decisionPapers: string | null;
  readonly decisionAllegations: string;
  readonly decisionMeaning: string;
  readonly decisionRecommendations: string | null;
  readonly decisionFeedback: string | null;
}

/** Of `DecisionFields`, those that our own people wrote, in markup. */
export const WRITTEN_FIELDS: readonly (keyof DecisionFields)[] = [
  'decisionOutcome',
  'decisionPapers',
  'decisionAllegations',
  'decisionMeaning',
  'decisionRecommendations',
  'decisionFeedback',
];

/** What somebody must write by hand before the letter can be approved: the service cannot know what concerns whom. */
export const REASONS_FOR_PARTY = '[[why, as far as it concerns this person]]';

/** R1.55, R1.60: the decision in plain English for one kind of reader. */
export function decisionFields(facts: DecisionFacts, reader: DecisionReader): DecisionFields {
  const isParty = reader === 'party';
  return {
    decisionForce: facts.force ?? 'the force',
    decisionOutcome: outcomeFor(facts.outcome, reader),
    decisionPapers: isParty ? null : listOrNull(facts.papers),
    decisionAllegations: isParty ? forParty(facts) : inFull(facts, reader),
    decisionMeaning: meaningFor(facts.outcome, reader),
    decisionRecommendations: isParty ? null : recommendations(facts),
    decisionFeedback: isParty ? null : listOrNull(facts.observations),
  };
}

function outcomeFor(outcome: Outcome, reader: DecisionReader): string {
  const [application, complaint] = theirs(reader);
  if (outcome === 'upheld') {
    return `We **uphold** ${application}. The outcome of ${complaint}, or the way it was reached, was not reasonable and proportionate.`;
  }
  const feedback =
    outcome === 'not-upheld-with-feedback' && reader !== 'party'
      ? ' We have given the force feedback, which is below.'
      : '';
  return `We **do not uphold** ${application}. The outcome of ${complaint} was reasonable and proportionate.${feedback}`;
}

/** R1.60: upheld is no finding against anybody, and not upheld is no judgement of the complainant. */
function meaningFor(outcome: Outcome, reader: DecisionReader): string {
  const [, complaint] = theirs(reader);
  const both =
    'A review looks at how the complaint was dealt with. It does not investigate the complaint again, and it does not decide whether an officer or a member of staff did something wrong.';
  const own =
    outcome === 'upheld'
      ? `That we uphold the application does not mean that anybody is found to have done wrong. It means that the outcome of ${complaint}, or the way it was reached, was not what was appropriate in the circumstances.`
      : reader === 'applicant'
        ? 'That we do not uphold your application does not mean that we doubt what you told us, or how it affected you. It means that what the force decided was appropriate in the circumstances.'
        : 'That we do not uphold the application means that what the force decided was appropriate in the circumstances.';
  return `${both}\n\n${own}`;
}

function inFull({ allegations }: DecisionFacts, reader: DecisionReader): string {
  const said = reader === 'applicant' ? 'You said:' : 'The complainant said:';
  return allegations
    .map(({ category, text, finding, reasons, evidence }, index) =>
      [
        `## ${numbered(index, allegations.length)}: ${category}`,
        said,
        quoted(text),
        `**What we found.** ${foundFor(finding)}`,
        '**Why.**',
        reasons.trim(),
        ...(evidence.length === 0 ? [] : [`We saw this in: ${evidence.join('; ')}.`]),
      ].join('\n\n'),
    )
    .join('\n\n');
}

/** Not the complainant's words and not the reasons, which speak of the complainant's circumstances. */
function forParty({ allegations }: DecisionFacts): string {
  const findings = allegations.map(
    ({ category, finding }, index) => `- ${numbered(index, allegations.length)}: ${category}. ${foundFor(finding)}`,
  );
  return `${findings.join('\n')}\n\n${REASONS_FOR_PARTY}`;
}

function foundFor(finding: Finding): string {
  return finding === 'reasonable-and-proportionate'
    ? 'The outcome of this part of the complaint was reasonable and proportionate.'
    : 'The outcome of this part of the complaint, or the way it was reached, was not reasonable and proportionate.';
}

function recommendations({ recommendations: all }: DecisionFacts): string | null {
  return listOrNull(
    all.map(({ type, text, answerBy }) => {
      const due = answerBy === null ? '' : ` The force should answer by ${dayInWords(answerBy)}.`;
      return `**${type}.** ${onOneLine(text)}${due}`;
    }),
  );
}

function theirs(reader: DecisionReader): readonly [application: string, complaint: string] {
  return reader === 'applicant' ? ['your application', 'your complaint'] : ['the application', 'the complaint'];
}

function numbered(index: number, of: number): string {
  return of === 1 ? 'The allegation' : `Allegation ${String(index + 1)}`;
}

/** Every line of it stays within the quotation. */
function quoted(text: string): string {
  return text
    .trim()
    .split(/\n+/)
    .map((line) => `> ${line.trim()}`)
    .join('\n');
}

function listOrNull(items: readonly string[]): string | null {
  return items.length === 0 ? null : items.map((item) => `- ${onOneLine(item)}`).join('\n');
}

function onOneLine(text: string): string {
  return text.trim().replace(/\s*\n\s*/g, ' ');
}
