import { dayInWords, isDay } from '@app/kernel';
import {
  BODY_TESTS,
  bodyTestNumber,
  VALID_EXAMPLE,
  type DecisionTable,
  type Eligibility,
  type EligibilityFacts,
  type RuledText,
  type WorkedExample,
} from '@app/reviews';

interface Section {
  readonly title: string;
  readonly about: string;
  readonly columns: readonly string[];
  /** The first cell is the heading of its row. */
  readonly rows: readonly (readonly string[])[];
}

const FACT_WORDS: Readonly<Record<Exclude<keyof EligibilityFacts, 'bodyTests'>, string>> = {
  force: 'force',
  complaintMadeOn: 'complaint made',
  recordedUnderSchedule3: 'recorded under Schedule 3',
  handling: 'handled by',
  investigationBy: 'investigation by',
  finalised: 'finished, and letter sent',
  reviewRightsNotifiedOn: 'review-rights information provided',
  receivedOn: 'application received',
  receivedByWrongBodyOn: 'first received by another body',
  forwardedOn: 'forwarded by that body',
  applicant: 'applicant',
  writtenConsent: 'written consent',
  relatesToEarlierMatterBefore: 'about a matter still being handled, of',
  letterDatedOn: 'letter dated',
  sentToForceOn: 'sent to the force',
  acceleratedProcedure: 'accelerated procedure',
};
const TITLE = 'Complaint reviews: what the rules answer';
const INTRODUCTION =
  'Every answer below was given by the rules themselves when this was printed, with the bank holidays of this release. ' +
  'An example shows only what differs from the first, against which nothing stands.';

/** For a terminal, lines no longer than `width`. */
export function decisionTableAsText(table: DecisionTable, width: number): string {
  const lines = [TITLE.toUpperCase(), '', ...wrapped(INTRODUCTION, width), ''];
  for (const { title, about, columns, rows } of sectionsOf(table)) {
    lines.push('', title.toUpperCase(), '─'.repeat(title.length), ...wrapped(about, width), '');
    const labels = columns.slice(1);
    const indent = Math.max(...labels.map((label) => label.length)) + 4;
    for (const [heading = '', ...cells] of rows) {
      lines.push(...wrapped(heading, width));
      for (const [index, cell] of cells.entries()) {
        const [first = '', ...others] = cell.split('\n').flatMap((line) => wrapped(line, width - indent));
        lines.push(`  ${(labels[index] ?? '').padEnd(indent - 2)}${first}`);
        lines.push(...others.map((line) => ' '.repeat(indent) + line));
      }
      lines.push('');
    }
  }
  return lines.join('\n');
}

export function decisionTableAsMarkdown(table: DecisionTable): string {
  const cellOf = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', '<br>');
  const rowOf = (cells: readonly string[]): string => `| ${cells.map(cellOf).join(' | ')} |`;
  const sections = sectionsOf(table).map(({ title, about, columns, rows }) =>
    [
      `## ${title}`,
      '',
      about,
      '',
      rowOf(columns),
      rowOf(columns.map(() => '---')),
      ...rows.map((row) => rowOf(row)),
    ].join('\n'),
  );
  return [`# ${TITLE}`, INTRODUCTION, ...sections].join('\n\n') + '\n';
}

function sectionsOf(table: DecisionTable): readonly Section[] {
  const examples = (rows: readonly WorkedExample[]): string[][] =>
    rows.map(({ rule, title, changes, answer }) => [
      `${rule}  ${title}`,
      factsInWords(changes),
      answerInWords(answer),
      listed([...answer.reasons.filter(isAboutTime), ...answer.warnings, ...answer.discretion]),
    ]);
  return [
    {
      title: 'The first example',
      about: 'What nothing stands against.',
      columns: ['Fact', 'Value'],
      rows: [[`${VALID_EXAMPLE.applicant}, ${VALID_EXAMPLE.force ?? ''}`, factsInWords(VALID_EXAMPLE)]],
    },
    {
      title: 'Answers, in order of precedence',
      about: 'The first that applies is the answer; the reasons name every one that does.',
      columns: ['Answer', 'When', 'Then', 'Example', 'Answered', 'Because'],
      rows: table.validities.map((row, index) => [
        `${index + 1}. ${row.validity} (${row.rule})`,
        row.condition,
        row.consequence,
        factsInWords(row.changes),
        answerInWords(row.answer),
        listed(row.answer.reasons),
      ]),
    },
    {
      title: 'Several at once',
      about: 'What comes first, and what stays to be decided.',
      columns: ['Example', 'Facts', 'Answered', 'Because', 'To decide'],
      rows: table.together.map(({ rule, title, changes, answer }) => [
        `${rule}  ${title}`,
        factsInWords(changes),
        answerInWords(answer),
        listed(answer.reasons),
        listed(answer.discretion),
      ]),
    },
    {
      title: 'The 28 days',
      about: 'Calendar days: the day after the review-rights information was provided is day 1 (R1.20 to R1.23).',
      columns: ['Example', 'Facts', 'Answered', 'Because'],
      rows: examples(table.dates),
    },
    {
      title: 'Days at another body',
      about: 'Between the mistaken receipt and the forwarding, days are left out (R1.24); days with the force are not.',
      columns: ['Example', 'Facts', 'Answered', 'Because'],
      rows: examples(table.transit),
    },
    {
      title: 'The relevant review body',
      about: 'The local policing body only where all seven tests are no; not knowing counts as yes (R1.30 to R1.33).',
      columns: ['Test', 'Answered'],
      rows: table.bodies.map(({ rule, title, answer }) => [`${rule}  ${title}`, answerInWords(answer)]),
    },
    {
      title: 'Which regulations govern',
      about: 'By the day of the complaint, or of an earlier matter that was still being handled (R1.6, R1.7).',
      columns: ['Example', 'Facts', 'Regulations', 'Answered'],
      rows: table.versions.map(({ rule, title, changes, answer }) => [
        `${rule}  ${title}`,
        factsInWords(changes),
        answer.rulesVersion ?? 'not known',
        answerInWords(answer),
      ]),
    },
  ];
}

function isAboutTime({ rule }: RuledText): boolean {
  return rule === 'R1.20';
}

function listed(texts: readonly RuledText[]): string {
  return texts.length === 0 ? 'Nothing.' : texts.map(({ rule, text }) => `${rule}: ${text}`).join('\n');
}

function answerInWords({ validity, relevantBody, clock, lastDay, madeOn, count }: Eligibility): string {
  const body = relevantBody === 'iopc' ? 'IOPC' : 'local policing body';
  const late = count.daysLate === 0 ? '' : `, ${count.daysLate} ${count.daysLate === 1 ? 'day' : 'days'} late`;
  const time = lastDay === null ? 'the days have not begun' : `last day ${dayInWords(lastDay)}`;
  const excluded = count.excludedDays === 0 ? '' : `; ${count.excludedDays} days left out`;
  return `${validity}; ${body}; clock ${clock}, ${time}${late}; made ${dayInWords(madeOn)}${excluded}`;
}

function factsInWords({ bodyTests, ...facts }: Partial<EligibilityFacts>): string {
  const plain = (Object.entries(facts) as [keyof typeof FACT_WORDS, unknown][]).map(
    ([fact, value]) => `${FACT_WORDS[fact]}: ${valueInWords(value)}`,
  );
  if (bodyTests === undefined) return plain.join('; ') || 'as it is';
  const tests = BODY_TESTS.filter((test) => bodyTests[test] !== 'no');
  const words = tests.map((test) => `test ${bodyTestNumber(test)}: ${bodyTests[test]}`);
  return [...plain, ...(words.length > 0 ? words : ['all seven tests: no'])].join('; ');
}

function valueInWords(value: unknown): string {
  if (isDay(value)) return dayInWords(value);
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return typeof value === 'string' ? value.replaceAll('-', ' ') : 'not stated';
}

/** Words are kept whole. */
function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
