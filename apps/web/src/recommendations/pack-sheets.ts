import { dayInWords } from '@app/kernel';
import type { Block, LetterDocument, Runs } from '@app/documents';
import type { MeetingPack, PackRecommendation } from '@app/reviews';
import { inWords } from '../staff/staff-page';
import { responseInWords, shortDate } from './recommendation-words';

/** A part of the pack: page, data file and paper show the same. */
export interface PackSheet {
  readonly key: string;
  readonly title: string;
  /** How it is counted. */
  readonly definition: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** What is said where there is nothing. */
  readonly nothing: string;
}

export interface PackFigure {
  readonly name: string;
  readonly value: number;
}

const MADE = ['Review', 'Force reference', 'Recommendation', 'Made', 'Response due'] as const;

/** The numbers on top of the pack. */
export function packFigures(pack: MeetingPack): PackFigure[] {
  return [
    { name: 'Recommendations made', value: pack.made.length },
    { name: 'Responses received', value: pack.answered.length },
    { name: 'Responses overdue', value: pack.overdue.length },
    { name: 'Implemented', value: pack.implemented.length },
    { name: 'Accepted, not yet implemented', value: pack.awaitingImplementation.length },
    { name: 'Reviews decided', value: pack.decided },
    { name: 'Reviews upheld', value: pack.upheld },
    { name: 'Reviews open', value: pack.open },
  ];
}

export function packSheets(pack: MeetingPack): PackSheet[] {
  const asOf = dayInWords(pack.asOf);
  return [
    recommendations(
      'overdue',
      'Responses overdue',
      `Recommendations whose day for the response, with any extension, was before ${asOf}, and that had no response then.`,
      pack.overdue,
      ['Days overdue', (each) => String(each.daysOverdue)],
    ),
    recommendations('made', 'Recommendations made', 'Made in the quarter.', pack.made, [
      'Response',
      ({ response }) => responseInWords(response) || 'None yet',
    ]),
    recommendations(
      'answered',
      'Responses received',
      'Responses that came in the quarter, whenever the recommendation was made.',
      pack.answered,
      ['Response', (each) => `${responseInWords(each.response)}, ${shortDate(each.respondedOn)}${lateBy(each)}`],
    ),
    recommendations('implemented', 'Implemented', 'Done in the quarter, with evidence.', pack.implemented, [
      'Implemented',
      ({ implementedOn }) => shortDate(implementedOn),
    ]),
    recommendations(
      'to-implement',
      'Accepted, not yet implemented',
      `Accepted, in whole or in part, and not done on ${asOf}.`,
      pack.awaitingImplementation,
      ['Response', (each) => `${responseInWords(each.response)}, ${shortDate(each.respondedOn)}`],
    ),
    {
      key: 'learning',
      title: 'Organisational learning by theme',
      definition: 'Suggestions made in the quarter. The force owes no answer to them.',
      columns: ['Theme', 'Suggestions', 'With feedback'],
      rows: pack.learning.map(({ name, count, answered }) => [name, String(count), String(answered)]),
      nothing: 'Nothing was suggested.',
    },
    {
      key: 'observations',
      title: 'Observations fed back',
      definition: 'Reviews decided in the quarter with observations for the force, whatever their outcome.',
      columns: ['Review', 'Force reference', 'Observations'],
      rows: pack.observations.map((each) => [each.reference, each.forceReference ?? '', String(each.count)]),
      nothing: 'No observation was fed back.',
    },
    {
      key: 'upheld',
      title: 'Upheld, by category of allegation',
      definition:
        'Allegations whose outcome was not reasonable and proportionate, in reviews decided as upheld in the quarter.',
      columns: ['Category', 'Allegations'],
      rows: pack.upheldByCategory.map(({ name, count }) => [name, String(count)]),
      nothing: 'No review was upheld.',
    },
    {
      key: 'open-longest',
      title: 'Open longest',
      definition: `The ten reviews that had waited longest on ${asOf}. Days are calendar days from receipt; net leaves pauses out. The stage is that of today.`,
      columns: ['Review', 'Force reference', 'Received', 'Papers asked for', 'Papers received', 'Stage', 'Days', 'Net'],
      rows: pack.openLongest.map((each) => [
        each.reference,
        each.forceReference ?? '',
        shortDate(each.receivedOn),
        shortDate(each.papersRequestedOn),
        shortDate(each.papersReceivedOn),
        inWords(each.stage),
        String(each.days),
        String(each.daysNet),
      ]),
      nothing: 'No review was open.',
    },
  ];
}

function recommendations(
  key: string,
  title: string,
  definition: string,
  all: readonly PackRecommendation[],
  [column, value]: readonly [string, (each: PackRecommendation) => string],
): PackSheet {
  return {
    ...{ key, title, definition },
    columns: [...MADE, column],
    rows: all.map((each) => [
      each.reference,
      each.forceReference ?? '',
      each.typeName,
      shortDate(each.madeOn),
      shortDate(each.dueOn),
      value(each),
    ]),
    nothing: 'None.',
  };
}

function lateBy({ daysOverdue }: PackRecommendation): string {
  return daysOverdue === 0 ? '' : ` (${daysOverdue === 1 ? '1 day' : `${String(daysOverdue)} days`} late)`;
}

/** One row a line, with the part that it belongs to: a spreadsheet can filter it. */
export function packLines(pack: MeetingPack): string[][] {
  const lines = packFigures(pack).map(({ name, value }) => ['Figures', name, String(value)]);
  for (const { title, columns, rows } of packSheets(pack)) {
    if (rows.length > 0) lines.push([title, ...columns]);
    for (const row of rows) lines.push([title, ...row]);
  }
  return lines;
}

const runs = (text: string): Runs => [{ text }];

/** The pack as a paper to print or to send. */
export function packPaper(pack: MeetingPack, title: string, period: string): LetterDocument {
  const blocks: Block[] = [
    { kind: 'heading', level: 1, runs: runs(title) },
    { kind: 'paragraph', runs: runs(`${period}, as on ${dayInWords(pack.asOf)}. No applicant is named.`) },
    {
      kind: 'table',
      header: [runs('Figure'), runs('Number')],
      rows: packFigures(pack).map(({ name, value }) => [runs(name), runs(String(value))]),
    },
  ];
  for (const { title: heading, definition, columns, rows, nothing } of packSheets(pack)) {
    blocks.push({ kind: 'heading', level: 2, runs: runs(heading) }, { kind: 'paragraph', runs: runs(definition) });
    if (rows.length === 0) blocks.push({ kind: 'paragraph', runs: runs(nothing) });
    else blocks.push({ kind: 'table', header: columns.map(runs), rows: rows.map((row) => row.map(runs)) });
  }
  return {
    ...{ title, language: 'en-GB', letterhead: null, addressee: [], date: null, subject: null, salutation: null },
    references: { ours: null, yours: null },
    blocks,
    ...{ signOff: null, enclosures: [], postscript: [], marking: 'OFFICIAL' },
  };
}
